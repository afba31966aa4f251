import type { Db, Tx } from '../base/sql.server.ts';
import { may } from '../forum/access.ts';
import { members } from '../forum/forums.server.ts';
import { judge, reach, standings } from '../forum/objects.server.ts';
import type { Person } from '../people/person.ts';
import { prepared, type Prepared } from './reading.ts';

/**
 * What is left to read (C10). That someone has opened a case is their own row: no event tells of it, nobody
 * else is shown it, and the chair is given counts with a floor.
 */

/** Whether a version was sent out that this person has not opened. The caller has judged. */
export async function isUnopened(db: Db, person: Person, caseId: string): Promise<boolean> {
	const [row] = await db`
		select from (select id from circulations where case_id = ${caseId} order by at desc limit 1) u
		where not exists (select from circulation_openings
			where circulation_id = u.id and person_id = ${person.id})`;
	return row !== undefined;
}

/** Notes for the person themselves that they have opened what was sent last. Twice is once. */
export async function opened(tx: Tx, person: Person, caseId: string): Promise<void> {
	await judge(tx, person, 'read', caseId);
	await tx`
		insert into circulation_openings (circulation_id, person_id)
		select id, ${person.id} from circulations where case_id = ${caseId} order by at desc limit 1
		on conflict do nothing`;
}

/** Item → how many of the others have opened it, for the chair of the meeting's forum; empty for everyone else. */
export async function preparedness(
	db: Db,
	person: Person,
	meetingId: string
): Promise<Record<string, Prepared | null>> {
	const { standing, facts } = await judge(db, person, 'read', meetingId);
	if (!standing.chair) return {};
	const sent = await db<{ itemId: string; caseId: string; openers: string[] }[]>`
		select i.id "itemId", i.case_id "caseId",
			array(select x.person_id from circulation_openings x where x.circulation_id = u.id) openers
		from agenda_items i
		join lateral (select id from circulations where item_id = i.id order by at desc limit 1) u on true
		where i.meeting_id = ${meetingId} and i.removed_at is null`;
	const others = (await members(db, facts.forumId)).filter(
		({ personId, role }) => role !== 'observer' && personId !== person.id
	);
	const stands = await standings(
		db,
		sent.flatMap(({ caseId }) =>
			others.map(({ personId }) => ({ person: personId, object: caseId }))
		)
	);
	return Object.fromEntries(
		sent.map(({ itemId, openers }, i) => {
			const readers = others.filter((_, j) => {
				const one = stands[i * others.length + j];
				return one && may(one.standing, 'read', one.facts);
			});
			const count = readers.filter(({ personId }) => openers.includes(personId)).length;
			return [itemId, prepared(count, readers.length)];
		})
	);
}

export type ToRead = { id: string; title: string; where: string; due: string };

/** Cases sent out for a coming meeting that this person has not opened. Not their own: they wrote those. */
export async function waitingFor(db: Db, person: Person): Promise<ToRead[]> {
	return await db<ToRead[]>`
		select c.id, o.title, mo.title "where", (g.starts_at at time zone 'Europe/Copenhagen')::date::text due
		from agenda_items i
		join meetings g on g.id = i.meeting_id
		join objects mo on mo.id = g.id and mo.phase in ('circulated', 'open')
		join cases c on c.id = i.case_id and c.owner_id <> ${person.id}
		join objects o on o.id = c.id and o.phase = 'on_agenda'
		join lateral (select id from circulations where item_id = i.id order by at desc limit 1) u on true
		where i.removed_at is null and g.starts_at > now() - interval '1 day'
			and not exists (select from circulation_openings x where x.circulation_id = u.id and x.person_id = ${person.id})
			and ${reach(db, person, 'read')}`;
}
