import type { Db, Tx } from '../base/sql.server.ts';
import { record } from '../base/events.server.ts';
import { notAllowed, refuse } from '../base/errors.ts';
import type { Person } from '../people/person.ts';
import { forget } from '../case/offrecord.server.ts';
import * as objects from '../forum/objects.server.ts';
import type { Phase } from './meeting.ts';

/** Meetings: a dated agenda of cases, opened and closed by the secretary or the chair. */

export type MeetingRow = {
	id: string;
	forumId: string;
	title: string;
	startsAt: Date;
	place: string;
	phase: Phase;
	items: number;
};

export type NewMeeting = { forumId: string; title: string; startsAt: Date; place: string };

export async function create(tx: Tx, person: Person, meeting: NewMeeting): Promise<string> {
	const id = await objects.register(tx, person, {
		kind: 'meeting',
		forumId: meeting.forumId,
		departmentId: null,
		title: meeting.title,
		phase: 'planned'
	});
	await tx`
		insert into meetings (id, forum_id, starts_at, place)
		values (${id}, ${meeting.forumId}, ${meeting.startsAt}, ${meeting.place})`;
	await record(tx, {
		person: person.id,
		verb: 'meeting.created',
		kind: 'meeting',
		object: id,
		forum: meeting.forumId
	});
	return id;
}

/** The forum's meetings, the coming ones first and nearest, then the held ones, newest first. */
export async function list(db: Db, person: Person, forumId: string): Promise<MeetingRow[]> {
	return await db<MeetingRow[]>`
		${rows(db)}
		where o.forum_id = ${forumId} and ${objects.reach(db, person)}
		order by o.phase = 'closed', case when o.phase = 'closed' then -extract(epoch from g.starts_at) else extract(epoch from g.starts_at) end`;
}

/** The meeting the forum goes to next: the open one, else the nearest not yet held. */
export async function next(db: Db, person: Person, forumId: string): Promise<MeetingRow | null> {
	const [row] = await db<MeetingRow[]>`
		${rows(db)}
		where o.forum_id = ${forumId} and o.phase <> 'closed' and ${objects.reach(db, person)}
		order by o.phase = 'open' desc, g.starts_at limit 1`;
	return row ?? null;
}

/** The next meeting of each forum one is in. `due` is its day in Denmark. */
export async function upcoming(
	db: Db,
	person: Person
): Promise<{ id: string; title: string; due: string }[]> {
	return await db<{ id: string; title: string; due: string }[]>`
		select distinct on (o.forum_id) o.id, o.title,
			(g.starts_at at time zone 'Europe/Copenhagen')::date::text due
		from meetings g join objects o on o.id = g.id
		where o.phase <> 'closed' and g.starts_at > now() - interval '1 day'
			and ${objects.reach(db, person, 'read')}
		order by o.forum_id, g.starts_at`;
}

export async function one(db: Db, person: Person, id: string): Promise<MeetingRow> {
	await objects.judge(db, person, 'read', id);
	const [row] = await db<MeetingRow[]>`${rows(db)} where o.id = ${id}`;
	return row!;
}

/** The meetings one case has been on, for the walk from case to meeting. */
export async function ofCase(db: Db, caseId: string): Promise<MeetingRow[]> {
	return await db<MeetingRow[]>`
		${rows(db)}
		where exists (select from agenda_items i where i.meeting_id = g.id and i.case_id = ${caseId} and i.removed_at is null)
		order by g.starts_at desc`;
}

/** Case → the day in Denmark of the nearest coming meeting it stands on; without those on none. */
export async function daysOf(db: Db, caseIds: string[]): Promise<Map<string, string>> {
	if (caseIds.length === 0) return new Map();
	const rows = await db<{ caseId: string; day: string }[]>`
		select i.case_id "caseId", min((g.starts_at at time zone 'Europe/Copenhagen')::date)::text "day"
		from agenda_items i join meetings g on g.id = i.meeting_id join objects o on o.id = g.id
		where i.case_id = any(${caseIds}) and i.removed_at is null and o.phase <> 'closed'
		group by i.case_id`;
	return new Map(rows.map(({ caseId, day }) => [caseId, day]));
}

/** Opens the meeting: from now on screens follow the case in hand. */
export async function open(tx: Tx, person: Person, id: string): Promise<void> {
	await turn(tx, person, id, ['planned', 'circulated'], 'open');
	await tx`update meetings set opened_at = clock_timestamp() where id = ${id}`;
}

/**
 * Closes the meeting. What was not settled stays as it is, ready for another agenda; what was written in a sparring
 * off the record is removed.
 */
export async function close(tx: Tx, person: Person, id: string): Promise<void> {
	await turn(tx, person, id, ['open'], 'closed');
	await tx`update meetings set closed_at = clock_timestamp() where id = ${id}`;
	await tx`
		update vote_rounds set closed_at = clock_timestamp()
		where closed_at is null and item_id in (select id from agenda_items where meeting_id = ${id})`;
	const items = await tx<{ caseId: string }[]>`
		select case_id "caseId" from agenda_items where meeting_id = ${id} and removed_at is null`;
	for (const { caseId } of items) await forget(tx, person, caseId);
}

async function turn(tx: Tx, person: Person, id: string, from: Phase[], to: Phase): Promise<void> {
	const { facts } = await objects.judge(tx, person, 'manage', id);
	await tx`select from objects where id = ${id} for update`;
	const [now] = await tx<{ phase: Phase }[]>`select phase from objects where id = ${id}`;
	if (!now || !from.includes(now.phase)) refuse('meeting.already_turned', { status: 409 });
	await objects.setPhase(tx, id, to);
	await record(tx, {
		person: person.id,
		verb: to === 'open' ? 'meeting.opened' : 'meeting.closed',
		kind: 'meeting',
		object: id,
		forum: facts.forumId
	});
}

export type Attendee = { personId: string; name: string; role: string; present: boolean };

/** Who is in the room, of the forum's members. */
export async function attendance(db: Db, id: string): Promise<Attendee[]> {
	return await db<Attendee[]>`
		select p.id "personId", p.name, m.role, coalesce(a.present, false) present
		from meetings g
		join members m on m.forum_id = g.forum_id and m.role <> 'observer'
		join persons p on p.id = m.person_id and p.deactivated_at is null
		left join attendance a on a.meeting_id = g.id and a.person_id = p.id
		where g.id = ${id}
		order by p.name collate "da-x-icu"`;
}

/** Says that a member is present or not: oneself, or anyone by whoever runs the meeting. */
export async function attend(
	tx: Tx,
	person: Person,
	id: string,
	memberId: string,
	present: boolean
): Promise<void> {
	const own = memberId === person.id;
	const { facts, standing } = await objects.judge(tx, person, own ? 'read' : 'manage', id);
	if (standing.role === 'observer' || facts.phase === 'closed') notAllowed();
	const [member] = await tx`
		select from members where forum_id = ${facts.forumId} and person_id = ${memberId}`;
	if (!member) refuse('meeting.not_a_member');
	await tx`
		insert into attendance (meeting_id, person_id, present, by)
		values (${id}, ${memberId}, ${present}, ${person.id})
		on conflict (meeting_id, person_id)
		do update set present = excluded.present, by = excluded.by, at = clock_timestamp()`;
	await record(tx, {
		person: person.id,
		verb: 'meeting.attendance_noted',
		kind: 'meeting',
		object: id,
		forum: facts.forumId,
		detail: { person: memberId, present }
	});
}

function rows(db: Db) {
	return db`
		select o.id, o.forum_id "forumId", o.title, g.starts_at "startsAt", g.place, o.phase,
			(select count(*)::int from agenda_items i where i.meeting_id = g.id and i.removed_at is null) items
		from meetings g join objects o on o.id = g.id`;
}
