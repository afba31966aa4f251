import type { Db } from '../base/sql.server.ts';
import type { Person } from '../people/person.ts';
import type { ObjectKind } from './access.ts';
import { reach } from './objects.server.ts';

/** What the forum's objects of a kind are called, of those one may read: for offering names where one is written. */
export async function titlesOf(
	db: Db,
	person: Person,
	forumId: string,
	kind: ObjectKind
): Promise<string[]> {
	const rows = await db<{ title: string }[]>`
		select distinct o.title collate "da-x-icu" title from objects o
		where o.forum_id = ${forumId} and o.kind = ${kind} and ${reach(db, person, 'read')} order by 1`;
	return rows.map(({ title }) => title);
}
