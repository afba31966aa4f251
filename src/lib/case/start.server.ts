import type { Tx } from '#lib/base/sql.server.ts';
import { refuse } from '#lib/base/errors.ts';
import { judge } from '#lib/forum/objects.server.ts';
import type { Person } from '#lib/people/person.ts';
import * as documents from '#lib/document/documents.server.ts';
import type { TextNode } from './changes.ts';

type Doc = TextNode & { type: 'doc' };

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
		background: together([content.headline, content.messages, content.story]),
		/** Each keeps the time it was added to the brief: that is when the forum got the figure (C3). */
		figuresBecomeEvidence: (caseId: string) => tx`
			insert into evidence (case_id, kind, title, note, figure_id, added_by, added_at)
			select ${caseId}, 'figure', title, why, id, created_by, created_at
			from figures where brief_id = ${briefId} and removed_at is null
			order by position`
	};
}

/** Typed text as a document: a blank line starts a paragraph. */
export function plain(text: string): Doc {
	const paragraphs = text
		.trim()
		.split(/\n\s*\n/)
		.map((paragraph) => paragraph.replace(/\s+/g, ' ').trim())
		.filter(Boolean);
	return {
		type: 'doc',
		content: paragraphs.length
			? paragraphs.map((words) => ({ type: 'paragraph', content: [{ type: 'text', text: words }] }))
			: [{ type: 'paragraph' }]
	};
}

function together(parts: (TextNode | undefined)[]): Doc {
	const content = parts.flatMap((part) => part?.content ?? []).filter(hasWords);
	return content.length ? { type: 'doc', content } : plain('');
}

const hasWords = (node: TextNode): boolean =>
	Boolean(node.text?.trim()) || (node.content ?? []).some(hasWords);
