import { isDay } from '../base/clock.ts';
import { notAllowed, notFound, refuse } from '../base/errors.ts';
import { record } from '../base/events.server.ts';
import type { Tx } from '../base/sql.server.ts';
import { mayOrder } from '../forum/access.ts';
import * as forums from '../forum/forums.server.ts';
import * as objects from '../forum/objects.server.ts';
import type { Person } from '../people/person.ts';
import * as briefs from './briefs.server.ts';

export { list, waitingFor } from './ordered.server.ts';

/** Briefs a forum orders (B8): from day one with one who can count and one who knows the practice. */

export type NewOrder = {
	focus: string;
	question: string;
	/** What we would do differently if we knew: without it, nobody needs the answer. */
	ifKnown: string;
	due: string;
	analystId: string;
	practitionerId: string;
};

export async function order(
	tx: Tx,
	person: Person,
	forumId: string,
	input: NewOrder
): Promise<string> {
	await mustOrder(tx, person, forumId);
	const [focus, question, ifKnown] = [
		input.focus.trim(),
		input.question.trim(),
		input.ifKnown.trim()
	];
	if (!focus) refuse('brief.order_focus_missing', { field: 'focus' });
	if (!question) refuse('brief.question_missing', { field: 'question' });
	if (!ifKnown) refuse('brief.order_if_known_missing', { field: 'ifKnown' });
	if (!isDay(input.due)) refuse('brief.order_due_missing', { field: 'due' });
	if (input.analystId === input.practitionerId)
		refuse('brief.order_two_people', { field: 'practitioner' });
	const writers = await writersOf(tx, forumId);
	if (!writers.has(input.analystId)) refuse('brief.order_cannot_write', { field: 'analyst' });
	if (!writers.has(input.practitionerId))
		refuse('brief.order_cannot_write', { field: 'practitioner' });
	const [row] = await tx<{ id: string }[]>`
		insert into brief_orders (forum_id, focus, question, if_known, due, analyst_id, practitioner_id, ordered_by)
		values (${forumId}, ${focus}, ${question}, ${ifKnown}, ${input.due}, ${input.analystId},
			${input.practitionerId}, ${person.id})
		returning id`;
	await tell(tx, person, forumId, 'forum.brief_ordered', { order: row!.id });
	return row!.id;
}

/** Makes the brief of it, in one action: both write it. Of two who begin at once the other is told. */
export async function begin(tx: Tx, person: Person, forumId: string, id: string): Promise<string> {
	const { role } = await forums.membership(tx, person, forumId);
	if (role === 'observer') notFound();
	const found = await waits(tx, forumId, id);
	if (person.id !== found.analystId && person.id !== found.practitionerId) notAllowed();
	const briefId = await briefs.create(tx, person, {
		forumId,
		question: found.question,
		title: found.focus
	});
	const other = person.id === found.analystId ? found.practitionerId : found.analystId;
	// Who has left the forum since writes no brief in it.
	if ((await writersOf(tx, forumId)).has(other))
		await objects.addAuthor(tx, person, briefId, other);
	await tx`
		update brief_orders set brief_id = ${briefId}, begun_by = ${person.id}, begun_at = clock_timestamp()
		where id = ${id}`;
	await tell(tx, person, forumId, 'forum.ordered_brief_begun', { order: id, brief: briefId });
	return briefId;
}

/** It is no longer wanted, and nobody has begun. */
export async function withdraw(tx: Tx, person: Person, forumId: string, id: string): Promise<void> {
	await mustOrder(tx, person, forumId);
	await waits(tx, forumId, id);
	await tx`
		update brief_orders set withdrawn_at = clock_timestamp(), withdrawn_by = ${person.id}
		where id = ${id}`;
	await tell(tx, person, forumId, 'forum.brief_order_withdrawn', { order: id });
}

async function mustOrder(tx: Tx, person: Person, forumId: string): Promise<void> {
	const { role, chair } = await forums.membership(tx, person, forumId);
	if (!mayOrder(role, chair)) notAllowed();
}

async function writersOf(tx: Tx, forumId: string): Promise<Set<string>> {
	const members = await forums.members(tx, forumId);
	return new Set(members.filter(({ role }) => role !== 'observer').map(({ personId }) => personId));
}

type Held = { question: string; focus: string; analystId: string; practitionerId: string };

async function waits(tx: Tx, forumId: string, id: string): Promise<Held> {
	const [row] = await tx<(Held & { begun: boolean; withdrawn: boolean })[]>`
		select question, focus, analyst_id "analystId", practitioner_id "practitionerId",
			brief_id is not null begun, withdrawn_at is not null withdrawn
		from brief_orders where id = ${id} and forum_id = ${forumId} for update`;
	if (!row) return notFound();
	if (row.begun) refuse('brief.order_begun', { status: 409 });
	if (row.withdrawn) refuse('brief.order_withdrawn', { status: 409 });
	return row;
}

const tell = (
	tx: Tx,
	person: Person,
	forum: string,
	verb: string,
	detail: Record<string, unknown>
) => record(tx, { person: person.id, verb, kind: 'forum', object: forum, forum, detail });
