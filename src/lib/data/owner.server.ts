import { refuse } from '../base/errors.ts';
import { record } from '../base/events.server.ts';
import type { Tx } from '../base/sql.server.ts';
import { judge } from '../forum/objects.server.ts';
import type { Person } from '../people/person.ts';
import { memberOf } from './datasets.server.ts';

/** Who looks after a dataset, and who knows it beside them (D13). */

/** Someone else looks after the figures from now on (D13). */
export async function handOver(tx: Tx, person: Person, id: string, to: string): Promise<void> {
	const { facts } = await judge(tx, person, 'handOver', id);
	await memberOf(tx, facts.forumId, to);
	const [before] = await tx<{ ownerId: string }[]>`
		select owner_id "ownerId" from datasets where id = ${id} for update`;
	if (!before || before.ownerId === to) return;
	// One person does not know it twice: whoever takes over is no longer the second.
	await tx`update datasets set owner_id = ${to}, second_id = nullif(second_id, ${to}) where id = ${id}`;
	await tx`
		insert into authors (object_id, person_id, added_by) values (${id}, ${to}, ${person.id})
		on conflict do nothing`;
	await record(tx, {
		person: person.id,
		verb: 'dataset.handed_over',
		kind: 'dataset',
		object: id,
		forum: facts.forumId,
		detail: { from: before.ownerId, to }
	});
}

/** Another second person who knows the dataset (D13). */
export async function setSecond(tx: Tx, person: Person, id: string, to: string): Promise<void> {
	const { facts } = await judge(tx, person, 'handOver', id);
	await memberOf(tx, facts.forumId, to);
	const [before] = await tx<{ ownerId: string; secondId: string | null }[]>`
		select owner_id "ownerId", second_id "secondId" from datasets where id = ${id} for update`;
	if (!before || before.secondId === to) return;
	if (before.ownerId === to) refuse('data.second_is_owner', { field: 'to' });
	await tx`update datasets set second_id = ${to} where id = ${id}`;
	await record(tx, {
		person: person.id,
		verb: 'dataset.second_named',
		kind: 'dataset',
		object: id,
		forum: facts.forumId,
		detail: { from: before.secondId, to }
	});
}
