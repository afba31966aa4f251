import type { Db, Tx } from '../base/sql.server.ts';
import { record } from '../base/events.server.ts';
import { notFound, refuse } from '../base/errors.ts';
import type { Person } from '../people/person.ts';
import * as objects from '../forum/objects.server.ts';
import * as options from '../case/options.server.ts';
import { choices, tally, type Among } from './meeting.ts';

/**
 * Votes (M6): opened by whoever runs the meeting, on yes/no or among the options. Nobody sees the
 * count before the round is closed; a vote is its person's, and may be changed until then.
 */

export type Round = {
	id: string;
	question: string;
	among: Among;
	openedAt: Date;
	closedAt: Date | null;
	/** What may be answered; an option by its title. */
	choices: { choice: string; title: string | null }[];
	/** How many have voted, of how many who may. */
	cast: number;
	entitled: number;
	/** The reader's own vote. */
	own: string | null;
	/** Only once closed. */
	tally: { choice: string; count: number }[] | null;
};

type RoundRow = Omit<Round, 'choices' | 'tally'> & { caseId: string; votes: string[] };

/** The rounds of an item, newest first. */
export async function rounds(db: Db, person: Person, itemId: string): Promise<Round[]> {
	const rows = await db<RoundRow[]>`
		select r.id, r.question, r.among, r.opened_at "openedAt", r.closed_at "closedAt", i.case_id "caseId",
			(select count(*)::int from votes v where v.round_id = r.id) cast,
			(select count(*)::int from members m join meetings g on g.forum_id = m.forum_id
				where g.id = i.meeting_id and m.role in ('director', 'chief')
				and not exists (select from exclusions e where e.object_id = i.case_id and e.person_id = m.person_id and e.until is null)) entitled,
			(select choice from votes v where v.round_id = r.id and v.person_id = ${person.id}) own,
			case when r.closed_at is null then '{}' else array(select choice from votes v where v.round_id = r.id) end votes
		from vote_rounds r join agenda_items i on i.id = r.item_id
		where r.item_id = ${itemId} order by r.opened_at desc`;
	const standing = rows[0]
		? (await options.list(db, rows[0].caseId)).filter((o) => !o.withdrawnAt)
		: [];
	return rows.map(({ caseId: _caseId, votes, ...round }) => {
		const open = choices(
			round.among,
			standing.map((option) => option.id)
		);
		return {
			...round,
			choices: open.map((choice) => ({
				choice,
				title: standing.find((option) => option.id === choice)?.title ?? null
			})),
			tally: round.closedAt ? tally(open, votes) : null
		};
	});
}

/** Opens a round on an item of an open meeting. One at a time. */
export async function openRound(
	tx: Tx,
	person: Person,
	itemId: string,
	round: { question: string; among: Among }
): Promise<string> {
	const { meetingId, forumId, phase } = await managed(tx, person, itemId);
	if (phase !== 'open') refuse('meeting.not_open', { status: 409 });
	const [row] = await tx<{ id: string }[]>`
		insert into vote_rounds (item_id, question, among, opened_by)
		values (${itemId}, ${round.question}, ${round.among}, ${person.id})
		on conflict do nothing returning id`;
	if (!row) refuse('meeting.round_is_open', { status: 409 });
	await noted(tx, person, meetingId, forumId, 'meeting.vote_opened', row!.id);
	return row!.id;
}

export async function closeRound(
	tx: Tx,
	person: Person,
	itemId: string,
	roundId: string
): Promise<void> {
	const { meetingId, forumId } = await managed(tx, person, itemId);
	const [row] = await tx`
		update vote_rounds set closed_at = clock_timestamp()
		where id = ${roundId} and item_id = ${itemId} and closed_at is null returning id`;
	if (!row) refuse('meeting.round_is_closed', { status: 409 });
	await noted(tx, person, meetingId, forumId, 'meeting.vote_closed', roundId);
}

/** Casts or changes one's own vote while the round is open. */
export async function vote(tx: Tx, person: Person, roundId: string, choice: string): Promise<void> {
	const [round] = await tx<
		{ among: Among; closedAt: Date | null; caseId: string; meetingId: string; forumId: string }[]
	>`
		select r.among, r.closed_at "closedAt", i.case_id "caseId", i.meeting_id "meetingId", c.forum_id "forumId"
		from vote_rounds r join agenda_items i on i.id = r.item_id join cases c on c.id = i.case_id
		where r.id = ${roundId} for share of r`;
	if (!round) return notFound();
	await objects.judge(tx, person, 'vote', round.caseId);
	if (round.closedAt) refuse('meeting.round_is_closed', { status: 409 });
	const standing = (await options.list(tx, round.caseId)).filter((option) => !option.withdrawnAt);
	if (
		!choices(
			round.among,
			standing.map((option) => option.id)
		).includes(choice)
	)
		refuse('meeting.no_such_choice');
	await tx`
		insert into votes (round_id, person_id, choice) values (${roundId}, ${person.id}, ${choice})
		on conflict (round_id, person_id) do update set choice = excluded.choice, at = clock_timestamp()`;
	// That someone voted is an event; what they voted is theirs.
	await noted(tx, person, round.meetingId, round.forumId, 'meeting.vote_cast', roundId);
}

async function managed(tx: Tx, person: Person, itemId: string) {
	const [item] = await tx<{ meetingId: string; caseId: string }[]>`
		select meeting_id "meetingId", case_id "caseId" from agenda_items where id = ${itemId} and removed_at is null`;
	if (!item) return notFound();
	const { facts } = await objects.judge(tx, person, 'manage', item.meetingId);
	return { ...item, forumId: facts.forumId, phase: facts.phase };
}

async function noted(
	tx: Tx,
	person: Person,
	meetingId: string,
	forumId: string,
	verb: string,
	roundId: string
) {
	await record(tx, {
		person: person.id,
		verb,
		kind: 'meeting',
		object: meetingId,
		forum: forumId,
		detail: { round: roundId }
	});
}
