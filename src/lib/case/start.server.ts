import type { Db, Tx } from '#lib/base/sql.server.ts';
import { refuse } from '#lib/base/errors.ts';
import { SECTIONS } from '#lib/brief/brief.ts';
import { judge, reach } from '#lib/forum/objects.server.ts';
import type { Person } from '#lib/people/person.ts';
import * as documents from '#lib/document/documents.server.ts';
import { EMPTY, isEmpty, type Content } from '#lib/document/content.ts';

/** What a case takes over from the published brief it is made from (C1). */
export async function fromBrief(tx: Tx, person: Person, forumId: string, briefId: string) {
	const { facts } = await judge(tx, person, 'read', briefId);
	if (facts.kind !== 'brief' || facts.forumId !== forumId)
		refuse('base.not_found', { status: 404 });
	// A draft is private to its authors; a case would show its text and figures to the whole forum.
	if (facts.phase !== 'published') refuse('case.brief_not_published', { status: 409 });
	const [brief] = await tx<{ title: string; question: string }[]>`
		select o.title, b.question from briefs b join objects o on o.id = b.id where b.id = ${briefId}`;
	const document = await documents.ofObject(tx, briefId);
	const content = document ? await documents.content(tx, document.id) : {};
	return {
		title: brief!.title,
		question: brief!.question,
		text: (sections: string[]) => toCase(content, sections),
		/** Each keeps the time it was added to the brief: that is when the forum got the figure (C3). */
		figuresBecomeEvidence: (caseId: string) => tx`
			insert into evidence (case_id, kind, title, note, figure_id, added_by, added_at)
			select ${caseId}, 'figure', title, why, id, created_by, created_at
			from figures where brief_id = ${briefId} and removed_at is null
			order by position`
	};
}

/**
 * The brief's text as a case's: its recommendations and consequences where the case has a place for them, and
 * all the rest, in reading order, as background. Nothing of it is left behind.
 */
function toCase(
	content: Record<string, Content | undefined>,
	sections: string[]
): Record<string, Content> {
	const places = { recommendations: 'recommendation', consequences: 'consequences' } as const;
	const placed = Object.entries(places).filter(
		([from, to]) => sections.includes(to) && !isEmpty(content[from])
	);
	const rest = SECTIONS.filter((from) => !placed.some(([taken]) => taken === from));
	return {
		...Object.fromEntries(placed.map(([from, to]) => [to, together([content[from]])])),
		background: together(rest.map((from) => content[from]))
	};
}

function together(parts: (Content | undefined)[]): Content {
	const content = parts.flatMap((part) => part?.content ?? []).filter((node) => !isEmpty(node));
	return content.length ? { type: 'doc', content } : EMPTY;
}

/** Published briefs of the forum a case may be made from, newest first. */
export async function readableBriefs(db: Db, person: Person, forumId: string) {
	return await db<{ id: string; title: string; question: string }[]>`
		select o.id, o.title, b.question from briefs b join objects o on o.id = b.id
		where o.forum_id = ${forumId} and o.phase = 'published' and ${reach(db, person, 'read')}
		order by b.published_at desc nulls last`;
}
