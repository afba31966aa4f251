import { refuse } from '../base/errors.ts';
import { notify } from '../base/notify.server.ts';
import type { Db, Tx } from '../base/sql.server.ts';
import type { Person } from '../people/person.ts';
import type { Facts } from './access.ts';
import { memberships, type Membership } from './forums.server.ts';

/** Forums that an object is lent to beside its own. The act that lends it has judged, and says so. */

/** Lends it, until it is taken back. False when that forum has it already. */
export async function lend(
	tx: Tx,
	person: Person,
	{ id, forumId }: Facts,
	to: string
): Promise<boolean> {
	if (to === forumId) refuse('forum.lent_to_itself', { field: 'forum' });
	const added = await tx`
		insert into lendings (object_id, forum_id, lent_by) values (${id}, ${to}, ${person.id})
		on conflict (object_id, forum_id) where until is null do nothing returning id`;
	if (added.length > 0) await notify(tx, { type: 'access', object: id });
	return added.length > 0;
}

/** Takes it back. False when that forum did not have it. */
export async function takeBack(
	tx: Tx,
	person: Person,
	{ id }: Facts,
	from: string
): Promise<boolean> {
	const ended = await tx`
		update lendings set until = clock_timestamp(), taken_by = ${person.id}
		where object_id = ${id} and forum_id = ${from} and until is null returning id`;
	if (ended.length > 0) await notify(tx, { type: 'access', object: id });
	return ended.length > 0;
}

/** How a forum stands to an object that is not its own. Held until the transaction ends: what rests on it is not overtaken. */
export async function lentTo(
	tx: Tx,
	objectId: string,
	forumId: string
): Promise<'now' | 'before' | null> {
	await tx`select from lendings where object_id = ${objectId} and forum_id = ${forumId} for share`;
	return await standsTo(tx, objectId, forumId);
}

/** The same, of this moment. */
export async function standsTo(
	db: Db,
	objectId: string,
	forumId: string
): Promise<'now' | 'before' | null> {
	const rows = await db<{ now: boolean }[]>`
		select until is null now from lendings where object_id = ${objectId} and forum_id = ${forumId}`;
	if (rows.some(({ now }) => now)) return 'now';
	return rows.length > 0 ? 'before' : null;
}

/** The objects of a forum and those lent to it, as a condition on `objects o`. */
export const keptOrLent = (db: Db, forumId: string) => db`
	(o.forum_id = ${forumId} or exists (
		select from lendings l where l.object_id = o.id and l.forum_id = ${forumId} and l.until is null))`;

/** The forum through which a person reads an object: its own, else one it is lent to; null for neither. */
export async function seenFrom(
	db: Db,
	person: Person,
	{ id, forumId }: { id: string; forumId: string }
): Promise<Membership | null> {
	const mine = await memberships(db, person);
	const own = mine.find((forum) => forum.id === forumId);
	if (own) return own;
	const lent = await db<{ id: string }[]>`
		select forum_id id from lendings where object_id = ${id} and until is null`;
	return mine.find((forum) => lent.some((one) => one.id === forum.id)) ?? null;
}

export type Lending = {
	forumId: string;
	name: string;
	byName: string | null;
	at: Date;
	until: Date | null;
};

/** To whom an object is lent, and was: the newest for each forum. The caller has judged the reader. */
export async function lendingsOf(db: Db, objectId: string): Promise<Lending[]> {
	const rows = await db<Lending[]>`
		select distinct on (l.forum_id) l.forum_id "forumId", f.name, p.name "byName", l.at, l.until
		from lendings l join forums f on f.id = l.forum_id left join persons p on p.id = l.lent_by
		where l.object_id = ${objectId} order by l.forum_id, l.id desc`;
	return [...rows].sort((a, b) => a.name.localeCompare(b.name, 'da'));
}
