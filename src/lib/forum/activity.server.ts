import type { Db } from '../base/sql.server.ts';
import { notAllowed } from '../base/errors.ts';
import type { Person } from '../people/person.ts';
import type { ObjectKind, Role } from './access.ts';
import { membership } from './forums.server.ts';
import { reach } from './objects.server.ts';

/** What happened in a forum, told to those who may know of it. */

export type Happening = {
	id: number;
	at: Date;
	/** null: the system itself. */
	personName: string | null;
	personId: string | null;
	verb: string;
	kind: string | null;
	objectId: string | null;
	/** null where there is no object, or one may know of it but not read it. */
	title: string | null;
	/** The member it was about, where it was about one. */
	aboutName: string | null;
};

/** Directors and the secretary see the log; what lies outside their reach is not in it. */
export const mayReadLog = (role: Role): boolean => role === 'director' || role === 'secretary';

/** The forum's log, newest first; `before` is the id to go on from. */
export async function log(
	db: Db,
	person: Person,
	slugOrId: string,
	{ before, limit = 100 }: { before?: number; limit?: number } = {}
): Promise<Happening[]> {
	const forum = await membership(db, person, slugOrId);
	if (!mayReadLog(forum.role)) return notAllowed();
	return await db<Happening[]>`
		select e.id::float8, e.at, p.name "personName", p.id "personId", e.verb, e.object_kind kind,
			o.id "objectId", case when ${reach(db, person, 'read')} then o.title end title, about.name "aboutName"
		from events e
		left join persons p on p.id = e.person_id
		left join persons about on about.id::text = coalesce(e.detail->>'member', e.detail->>'author', e.detail->>'owner')
		left join objects o on o.id = e.object_id
		where e.forum_id = ${forum.id} and (o.id is null or ${reach(db, person)})
			${before ? db`and e.id < ${before}` : db``}
		order by e.id desc limit ${limit}`;
}

export type Change = {
	id: string;
	kind: ObjectKind;
	title: string;
	verb: string;
	at: Date;
	personName: string | null;
};

/** What one can read in the forum that changed last: each object once, with the newest that happened to it. */
export async function changes(
	db: Db,
	person: Person,
	forumId: string,
	limit = 8
): Promise<Change[]> {
	return await db<Change[]>`
		select o.id, o.kind, o.title, e.verb, e.at, p.name "personName"
		from objects o
		join lateral (
			select verb, at, person_id from events where object_id = o.id order by id desc limit 1
		) e on true
		left join persons p on p.id = e.person_id
		where o.forum_id = ${forumId} and ${reach(db, person, 'read')}
		order by e.at desc limit ${limit}`;
}
