import { notFound, refuse } from '../base/errors.ts';
import { record } from '../base/events.server.ts';
import { notify } from '../base/notify.server.ts';
import type { Tx } from '../base/sql.server.ts';
import type { Person } from '../people/person.ts';
import type { Facts } from './access.ts';
import { judge } from './objects.server.ts';

/** Who is shut out of an object, not being impartial, and let in again. */

/**
 * Shuts a member out of an object until it is lifted; their sockets on it close. Twice is once. Nobody shuts
 * themselves out: there would be nobody left to say that it was right, or to lift it.
 */
export async function exclude(
	tx: Tx,
	person: Person,
	id: string,
	excludedId: string,
	reason: string
): Promise<void> {
	const { facts } = await judge(tx, person, 'exclude', id);
	if (!reason.trim()) refuse('forum.exclusion_reason_missing', { field: 'reason' });
	if (excludedId === person.id) refuse('forum.not_oneself', { field: 'person' });
	const [member] = await tx`
		select from members where forum_id = ${facts.forumId} and person_id = ${excludedId}`;
	if (!member) return notFound();
	const excluded = await tx`
		insert into exclusions (object_id, person_id, reason, by)
		select ${id}, ${excludedId}, ${reason.trim()}, ${person.id} where not exists (
			select from exclusions
			where object_id = ${id} and person_id = ${excludedId} and until is null)
		returning id`;
	if (excluded.length > 0)
		await tellOfExclusion(tx, person, facts, excludedId, 'object.person_excluded');
}

/**
 * Lets someone who was shut out in again. Nothing is forgotten: the row says from when until when. Returns the
 * reason they were shut out for, for the way back; empty when they were not.
 */
export async function readmit(
	tx: Tx,
	person: Person,
	id: string,
	excludedId: string
): Promise<string> {
	const { facts } = await judge(tx, person, 'exclude', id);
	const [lifted] = await tx<{ reason: string }[]>`
		update exclusions set until = now()
		where object_id = ${id} and person_id = ${excludedId} and until is null returning reason`;
	if (lifted) await tellOfExclusion(tx, person, facts, excludedId, 'object.person_readmitted');
	return lifted?.reason ?? '';
}

async function tellOfExclusion(
	tx: Tx,
	person: Person,
	{ id, kind, forumId }: Facts,
	excludedId: string,
	verb: 'object.person_excluded' | 'object.person_readmitted'
): Promise<void> {
	const detail = { member: excludedId };
	await record(tx, { person: person.id, verb, kind, object: id, forum: forumId, detail });
	await notify(tx, { type: 'access', object: id, person: excludedId });
}
