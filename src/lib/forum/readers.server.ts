import { notify } from '../base/notify.server.ts';
import type { Tx } from '../base/sql.server.ts';
import type { Person } from '../people/person.ts';
import { may, type Facts } from './access.ts';
import { standingOf } from './objects.server.ts';

/** Those who are asked by name to read what is not published yet. The act that asks them has judged, and says so. */

/**
 * Lets a member read along, until it is taken back. False when they could not read it even so: an observer,
 * somebody outside, one who is shut out, or whose reading the object's confidentiality forbids.
 */
export async function letRead(
	tx: Tx,
	person: Person,
	{ id }: Facts,
	readerId: string
): Promise<boolean> {
	const stands = await standingOf(tx, readerId, id);
	if (!stands || !may({ ...stands.standing, asked: true }, 'annotate', stands.facts)) return false;
	const added = await tx`
		insert into readers (object_id, person_id, added_by) values (${id}, ${readerId}, ${person.id})
		on conflict (object_id, person_id) where until is null do nothing returning id`;
	if (added.length > 0) await notify(tx, { type: 'access', object: id, person: readerId });
	return true;
}

/** Takes it back from one of them, or from all. */
export async function endReading(tx: Tx, { id }: Facts, readerId?: string): Promise<void> {
	const ended = await tx<{ reader: string }[]>`
		update readers set until = clock_timestamp()
		where object_id = ${id} and until is null ${readerId ? tx`and person_id = ${readerId}` : tx``}
		returning person_id reader`;
	for (const { reader } of ended) await notify(tx, { type: 'access', object: id, person: reader });
}
