import type { Db } from '#lib/base/sql.server.ts';
import type { ObjectKind } from '#lib/forum/access.ts';
import { reach } from '#lib/forum/objects.server.ts';
import { pathOf } from '#lib/forum/paths.ts';
import type { Person } from '#lib/people/person.ts';

/** The note a term was proposed in. */
export type TermOrigin = { href: string; authorName: string };

/** By term, for a forum's glossary: only notes this person may read. The caller has judged the member. */
export async function termOrigins(
	db: Db,
	person: Person,
	forumId: string
): Promise<Record<string, TermOrigin>> {
	const rows = await db<
		{ termId: string; id: string; kind: ObjectKind; objectId: string; authorName: string }[]
	>`
		select x.term_id "termId", a.id, o.kind, o.id "objectId", p.name "authorName"
		from terms t
		join annotation_terms x on x.term_id = t.id
		join annotations a on a.id = x.annotation_id
		join objects o on o.id = a.object_id
		join persons p on p.id = a.author_id
		where t.forum_id = ${forumId} and ${reach(db, person, 'read')}
			and (a.author_id = ${person.id}
				or exists (select from annotation_shares s where s.annotation_id = a.id))`;
	return Object.fromEntries(
		rows.map(({ termId, id, kind, objectId, authorName }) => [
			termId,
			{ href: `${pathOf(kind, objectId)}#note-${id}`, authorName }
		])
	);
}
