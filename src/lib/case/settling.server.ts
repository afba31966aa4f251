import { refuse } from '#lib/base/errors.ts';
import type { Tx } from '#lib/base/sql.server.ts';
import type { Person } from '#lib/people/person.ts';
import { hold } from './hold.server.ts';
import { tell as tellOf } from './tell.server.ts';

type Matter = {
	table: 'case_questions' | 'differings';
	/** Its name in an event's detail. */
	called: string;
	/** The verbs that are written down. */
	settled: string;
	reopened: string;
};

/**
 * What a case brings to the room, a question or something read differently, until it has been talked about.
 * Whoever writes the case settles it and opens it again; of two at the same moment one does, and both are content.
 */
export function forTheRoom({ table, called, settled, reopened }: Matter) {
	/** Says in the case's events what was done to one. */
	const tell = (tx: Tx, person: Person, caseId: string, forum: string, verb: string, id: string) =>
		tellOf(tx, person, caseId, forum, verb, { [called]: id });

	/** One of another case is not found. */
	async function mustStand(tx: Tx, caseId: string, id: string): Promise<void> {
		const [row] = await tx`select from ${tx(table)} where id = ${id} and case_id = ${caseId}`;
		if (!row) refuse('base.not_found', { status: 404 });
	}

	/** It has been talked about. It stays on the list, folded, and can be opened again. */
	async function settle(tx: Tx, person: Person, caseId: string, id: string): Promise<void> {
		const { facts } = await hold(tx, person, 'write', caseId);
		await mustStand(tx, caseId, id);
		const [row] = await tx`
			update ${tx(table)} set settled_at = clock_timestamp(), settled_by = ${person.id}
			where id = ${id} and settled_at is null returning id`;
		if (row) await tell(tx, person, caseId, facts.forumId, settled, id);
	}

	async function reopen(tx: Tx, person: Person, caseId: string, id: string): Promise<void> {
		const { facts } = await hold(tx, person, 'write', caseId);
		await mustStand(tx, caseId, id);
		const [row] = await tx`
			update ${tx(table)} set settled_at = null, settled_by = null
			where id = ${id} and settled_at is not null returning id`;
		if (row) await tell(tx, person, caseId, facts.forumId, reopened, id);
	}

	return { tell, mustStand, settle, reopen };
}
