import type { Db, Tx } from '../base/sql.server.ts';
import { record } from '../base/events.server.ts';
import { placed } from '../base/order.ts';
import { refuse } from '../base/errors.ts';
import type { Person } from '../people/person.ts';
import * as objects from '../forum/objects.server.ts';
import type { Step } from '../case/approval.ts';
import * as cases from '../case/cases.server.ts';
import { hold } from '../case/hold.server.ts';
import type { CaseKind } from '../case/template.ts';
import { membership } from '../forum/forums.server.ts';
import { bar, deadline } from './deadline.ts';
import { moved, type AgendaItem } from './meeting.ts';
import { running } from './written.read.server.ts';

/** The agenda: cases in order, each with its time and presenter. */

export async function items(db: Db, person: Person, meetingId: string): Promise<AgendaItem[]> {
	return await db<AgendaItem[]>`
		select i.id, c.id "caseId", c.number "caseNumber", c.kind, o.phase state, i.minutes,
			case when ${objects.reach(db, person, 'read')} then o.title else '' end title,
			case when ${objects.reach(db, person, 'read')} then c.question else '' end question,
			${objects.reach(db, person, 'read')} readable,
			i.presenter_id "presenterId", p.name "presenterName", i.late, i.after_deadline "afterDeadline",
			(select step from approvals a where a.case_id = c.id order by a.id desc limit 1) approval,
			case when ${objects.reach(db, person, 'read')}
				then (select reason from urgencies u where u.case_id = c.id and u.lifted_at is null) end urgent,
			(select max(at) from circulations u where u.item_id = i.id) "circulatedAt",
			exists (select from circulations u join circulation_openings x on x.circulation_id = u.id
				where u.item_id = i.id and x.person_id = ${person.id}) opened
		from agenda_items i
		join cases c on c.id = i.case_id
		join objects o on o.id = c.id
		left join persons p on p.id = i.presenter_id
		where i.meeting_id = ${meetingId} and i.removed_at is null
		order by i.position`;
}

export type Candidate = {
	id: string;
	number: number;
	title: string;
	state: string;
	kind: CaseKind;
	approval: Step | null;
	urgent: boolean;
	/** An earlier meeting did not settle it, or put it off. */
	carried: boolean;
};

/**
 * Cases that could go on this agenda: not settled, not being answered in writing, and not waiting
 * on it. What an earlier meeting left comes first (C8).
 */
export async function candidates(db: Db, person: Person, meetingId: string): Promise<Candidate[]> {
	return await db<Candidate[]>`
		select c.id, c.number, o.title, o.phase state, c.kind,
			(select step from approvals a where a.case_id = c.id order by a.id desc limit 1) approval,
			exists (select from urgencies u where u.case_id = c.id and u.lifted_at is null) urgent,
			o.phase = 'deferred' or o.phase = 'on_agenda' and not exists (
				select from agenda_items i join objects x on x.id = i.meeting_id and x.phase <> 'closed'
				where i.case_id = c.id and i.removed_at is null) carried
		from cases c join objects o on o.id = c.id join meetings g on g.id = ${meetingId} and g.forum_id = c.forum_id
		where o.phase not in ('decided', 'in_follow_up', 'closed') and ${objects.reach(db, person, 'read')}
			and not (o.phase = 'on_agenda' and exists (
				select from agenda_items i where i.meeting_id = g.id and i.case_id = c.id and i.removed_at is null))
			and not exists (select from written_procedures w where w.case_id = c.id and w.ended is null)
		order by carried desc, o.phase = 'ready' desc, c.number`;
}

/**
 * Puts a case on the agenda, last; one that left it and is ready again, where it stood. Once the agenda has gone out, it
 * is marked as late; once the day of handing in has passed, as that. What the charter asks for first (approval,
 * urgency) may stop it.
 */
export async function add(
	tx: Tx,
	person: Person,
	meetingId: string,
	item: { caseId: string; minutes: number }
): Promise<string> {
	const { facts } = await objects.judge(tx, person, 'manage', meetingId);
	const [meeting] = await tx<{ startsAt: Date }[]>`
		select starts_at "startsAt" from meetings where id = ${meetingId} for update`;
	const found = await hold(tx, person, 'state', item.caseId);
	if (found.facts.forumId !== facts.forumId) refuse('meeting.case_of_another_forum');
	const charter = await membership(tx, person, facts.forumId);
	const past = deadline(meeting!.startsAt, charter.handInWorkdays)?.past ?? false;
	const [subject] = await tx<Pick<Candidate, 'kind' | 'urgent' | 'approval'>[]>`
		select c.kind, exists (select from urgencies u where u.case_id = c.id and u.lifted_at is null) urgent,
			(select step from approvals a where a.case_id = c.id order by a.id desc limit 1) approval
		from cases c where c.id = ${item.caseId}`;
	const stopped = subject && bar(charter, { ...subject, past });
	if (stopped) refuse(stopped, { status: 409 });
	if (await running(tx, item.caseId)) refuse('meeting.written_is_open', { status: 409 });
	const [there] = await tx<{ id: string }[]>`
		update agenda_items set minutes = ${item.minutes}
		where meeting_id = ${meetingId} and case_id = ${item.caseId} and removed_at is null returning id`;
	if (there && found.facts.phase === 'on_agenda')
		refuse('meeting.case_is_on_agenda', { status: 409 });
	const [row] = there
		? [there]
		: await tx<{ id: string }[]>`
			insert into agenda_items (meeting_id, case_id, position, minutes, presenter_id, late, after_deadline, added_by)
			select ${meetingId}, c.id,
				(select coalesce(max(position), 0) + 1 from agenda_items where meeting_id = ${meetingId}),
				${item.minutes}, c.owner_id, ${facts.phase !== 'planned'}, ${past}, ${person.id}
			from cases c where c.id = ${item.caseId} returning id`;
	// Carried over from another agenda, it is on one already.
	if (found.facts.phase !== 'on_agenda')
		await cases.setState(tx, person, item.caseId, 'on_agenda', { via: 'agenda' });
	await noted(tx, person, meetingId, 'meeting.item_added', { case: item.caseId });
	return row!.id;
}

/** Changes an item's time, or moves it: a step up or down, or to a place counted from 0. */
export async function arrange(
	tx: Tx,
	person: Person,
	meetingId: string,
	itemId: string,
	change: { minutes?: number; step?: -1 | 1; to?: number }
): Promise<void> {
	await objects.judge(tx, person, 'manage', meetingId);
	await tx`select from meetings where id = ${meetingId} for update`;
	if (change.minutes !== undefined)
		await tx`
			update agenda_items set minutes = ${change.minutes} where id = ${itemId} and meeting_id = ${meetingId}`;
	if (change.step !== undefined || change.to !== undefined) {
		const before = await items(tx, person, meetingId);
		const order =
			change.step !== undefined
				? moved(before, itemId, change.step)
				: placed(before, itemId, change.to!);
		for (const [i, item] of order.entries())
			await tx`update agenda_items set position = ${i + 1} where id = ${item.id}`;
	}
	await noted(tx, person, meetingId, 'meeting.agenda_arranged', { item: itemId });
}

/** Takes a case off the agenda; it returns to being ready, unless it stands on another one to come. */
export async function remove(
	tx: Tx,
	person: Person,
	meetingId: string,
	itemId: string
): Promise<void> {
	await objects.judge(tx, person, 'manage', meetingId);
	await tx`select from meetings where id = ${meetingId} for update`;
	// Of two who take it off two agendas at the same moment, the second sees what the first did.
	await tx`
		select from objects where id in (select case_id from agenda_items where id = ${itemId})
		for no key update`;
	const [row] = await tx<{ caseId: string; state: string; stays: boolean }[]>`
		update agenda_items i set removed_at = clock_timestamp() from objects o
		where i.id = ${itemId} and i.meeting_id = ${meetingId} and i.removed_at is null and o.id = i.case_id
		returning i.case_id "caseId", o.phase state, exists (
			select from agenda_items x join objects g on g.id = x.meeting_id and g.phase <> 'closed'
			where x.case_id = i.case_id and x.id <> i.id and x.removed_at is null) stays`;
	if (!row) return refuse('meeting.item_is_off', { status: 409 });
	if (row.state === 'on_agenda' && !row.stays)
		await cases.setState(tx, person, row.caseId, 'ready', { via: 'agenda' });
	await noted(tx, person, meetingId, 'meeting.item_removed', { case: row.caseId });
}

async function noted(tx: Tx, person: Person, meetingId: string, verb: string, detail: object) {
	const [forum] = await tx<
		{ id: string }[]
	>`select forum_id id from meetings where id = ${meetingId}`;
	await record(tx, {
		person: person.id,
		verb,
		kind: 'meeting',
		object: meetingId,
		forum: forum!.id,
		detail: { ...detail }
	});
}
