import { refuse } from '../base/errors.ts';
import type { Tx } from '../base/sql.server.ts';
import type { Facts, Standing } from '../forum/access.ts';
import { judge } from '../forum/objects.server.ts';
import type { Person } from '../people/person.ts';

/**
 * Holds a brief still until the transaction ends, and judges. Publishing holds it too, so nothing slips
 * into a brief while it is being published.
 */
export async function hold(
	tx: Tx,
	person: Person,
	verb: 'write' | 'publish',
	id: string
): Promise<{ standing: Standing; facts: Facts }> {
	const known = await judge(tx, person, 'know', id);
	if (known.facts.kind !== 'brief') refuse('base.not_found', { status: 404 });
	const [row] = await tx<{ phase: string }[]>`
		select phase from objects where id = ${id} for no key update`;
	// Published while the form stood open: the author is told so, others that it is not theirs.
	if (row?.phase === 'published' && known.standing.author)
		refuse('brief.published', { status: 409 });
	return await judge(tx, person, verb, id);
}
