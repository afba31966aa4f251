import type { Db, Tx } from '../base/sql.server.ts';
import { record } from '../base/events.server.ts';
import { refuse } from '../base/errors.ts';
import type { Person } from '../people/person.ts';
import * as objects from '../forum/objects.server.ts';

/** Which item the room is at. Screens follow it through the meeting's topic (M3). */

export type InHand = { itemId: string | null; since: Date };

/** The item in hand; null before the first move. */
export async function inHand(db: Db, meetingId: string): Promise<InHand | null> {
	const [row] = await db<InHand[]>`
		select item_id "itemId", at since from meeting_moves
		where meeting_id = ${meetingId} order by id desc limit 1`;
	return row ?? null;
}

/** Takes the room to an item of an open meeting. */
export async function move(
	tx: Tx,
	person: Person,
	meetingId: string,
	itemId: string
): Promise<void> {
	const { facts } = await objects.judge(tx, person, 'manage', meetingId);
	if (facts.phase !== 'open') refuse('meeting.not_open', { status: 409 });
	const [item] = await tx`
		select from agenda_items where id = ${itemId} and meeting_id = ${meetingId} and removed_at is null`;
	if (!item) refuse('meeting.item_not_on_agenda', { status: 404 });
	await tx`
		insert into meeting_moves (meeting_id, item_id, by) values (${meetingId}, ${itemId}, ${person.id})`;
	await record(tx, {
		person: person.id,
		verb: 'meeting.moved',
		kind: 'meeting',
		object: meetingId,
		forum: facts.forumId,
		detail: { item: itemId }
	});
}
