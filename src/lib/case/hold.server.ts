import type { Tx } from '#lib/base/sql.server.ts';
import { refuse } from '#lib/base/errors.ts';
import { judge } from '#lib/forum/objects.server.ts';
import type { Verb } from '#lib/forum/access.ts';
import type { Person } from '#lib/people/person.ts';
import { isSettled } from './states.ts';

/**
 * Stands before every write in a case: holds it still, then judges. Holding the object's row makes
 * writes in one case take turns, with each other and with the decision that ends them, so nobody
 * writes into a case that was decided while they waited.
 */
export async function hold(tx: Tx, person: Person, verb: Verb, caseId: string) {
	await judge(tx, person, 'read', caseId);
	await tx`select from objects where id = ${caseId} for no key update`;
	const found = await judge(tx, person, 'read', caseId);
	if (found.facts.kind !== 'case') refuse('base.not_found', { status: 404 });
	if (found.standing.role !== 'observer' && isSettled(found.facts.phase))
		refuse('case.settled', { status: 409 });
	return await judge(tx, person, verb, caseId);
}
