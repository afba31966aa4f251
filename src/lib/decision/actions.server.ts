import { isDay } from '../base/clock.ts';
import { notAllowed, refuse } from '../base/errors.ts';
import * as events from '../base/events.server.ts';
import type { Db, Tx } from '../base/sql.server.ts';
import { members } from '../forum/forums.server.ts';
import { hasLeft } from '../forum/leaving.server.ts';
import * as objects from '../forum/objects.server.ts';
import type { Person } from '../people/person.ts';

/** An action: something one person does by a date, when a decision needs no goal to follow it (F3). */

export type NewAction = { title: string; ownerId: string; due: string };

export type Action = {
	id: string;
	title: string;
	ownerId: string;
	ownerName: string;
	/** They have left the forum before it was done: someone must take it over (D13). */
	ownerLeft: boolean;
	due: string;
	doneAt: Date | null;
	doneByName: string | null;
};

/** The chair and the secretary hand out actions; the verb that decides calls this in its transaction. */
export async function add(
	tx: Tx,
	person: Person,
	decisionId: string,
	input: NewAction
): Promise<string> {
	const { facts, standing } = await objects.judge(tx, person, 'read', decisionId);
	if (!standing.chair && standing.role !== 'secretary') notAllowed();
	if (!input.title.trim()) refuse('decision.action_title_missing', { field: 'actionTitle' });
	if (!isDay(input.due)) refuse('decision.action_due_missing', { field: 'actionDue' });
	const owner = (await members(tx, facts.forumId)).find((one) => one.personId === input.ownerId);
	if (!owner || owner.role === 'observer')
		refuse('decision.owner_not_member', { field: 'actionOwner' });
	const [row] = await tx<{ id: string }[]>`
		insert into actions (decision_id, title, owner_id, due)
		values (${decisionId}, ${input.title.trim()}, ${input.ownerId}, ${input.due}) returning id`;
	await tell(tx, person, decisionId, facts.forumId, 'decision.action_added', row!.id);
	return row!.id;
}

/** Its owner, the chair or the secretary says that it is done. Twice is once. */
export async function done(tx: Tx, person: Person, decisionId: string, actionId: string) {
	const { facts, standing } = await objects.judge(tx, person, 'read', decisionId);
	const [action] = await tx<{ ownerId: string }[]>`
		select owner_id "ownerId" from actions where id = ${actionId} and decision_id = ${decisionId}
		for update`;
	if (!action) return refuse('base.not_found', { status: 404 });
	const theirs = standing.role !== 'observer' && action.ownerId === person.id;
	if (!theirs && !standing.chair && standing.role !== 'secretary') notAllowed();
	const [row] = await tx`
		update actions set done_at = clock_timestamp(), done_by = ${person.id}
		where id = ${actionId} and done_at is null returning id`;
	if (row) await tell(tx, person, decisionId, facts.forumId, 'decision.action_done', actionId);
}

/** Someone else does it (D13). */
export async function handOver(
	tx: Tx,
	person: Person,
	decisionId: string,
	actionId: string,
	to: string
): Promise<void> {
	const { facts } = await objects.judge(tx, person, 'handOver', decisionId);
	const owner = (await members(tx, facts.forumId)).find(({ personId }) => personId === to);
	if (!owner || owner.role === 'observer') refuse('decision.owner_not_member', { field: 'to' });
	const [row] = await tx`
		update actions set owner_id = ${to}
		where id = ${actionId} and decision_id = ${decisionId} and done_at is null and owner_id <> ${to}
		returning id`;
	if (row)
		await tell(tx, person, decisionId, facts.forumId, 'decision.action_handed_over', actionId);
}

/** A decision's actions, the nearest first. The caller has judged the reader. */
export async function list(db: Db, decisionId: string): Promise<Action[]> {
	return await db<Action[]>`
		select a.id, a.title, a.owner_id "ownerId", p.name "ownerName",
			a.done_at is null and ${hasLeft(db, db`a.owner_id`, db`o.forum_id`)} "ownerLeft", a.due, a.done_at "doneAt",
			q.name "doneByName"
		from actions a join objects o on o.id = a.decision_id join persons p on p.id = a.owner_id
		left join persons q on q.id = a.done_by
		where a.decision_id = ${decisionId} order by a.due, a.title collate "da-x-icu"`;
}

export type WaitingAction = {
	id: string;
	title: string;
	due: string;
	decisionId: string;
	decisionTitle: string;
};

/** A person's actions that are not done, under decisions they can read. */
export async function waitingFor(db: Db, person: Person): Promise<WaitingAction[]> {
	return await db<WaitingAction[]>`
		select a.id, a.title, a.due::text, o.id "decisionId", o.title "decisionTitle"
		from actions a join objects o on o.id = a.decision_id
		where a.owner_id = ${person.id} and a.done_at is null and ${objects.reach(db, person, 'read')}`;
}

const tell = (
	tx: Tx,
	person: Person,
	object: string,
	forum: string,
	verb: string,
	action: string
) =>
	events.record(tx, {
		person: person.id,
		verb,
		kind: 'decision',
		object,
		forum,
		detail: { action }
	});
