import { record } from '#lib/base/events.server.ts';
import type { Tx } from '#lib/base/sql.server.ts';
import type { Person } from '#lib/people/person.ts';

/** Writes down what somebody did to a case, in the transaction it was done in. */
export const tell = (
	tx: Tx,
	person: Person,
	caseId: string,
	forum: string,
	verb: string,
	detail: Record<string, unknown> = {}
) => record(tx, { person: person.id, verb, kind: 'case', object: caseId, forum, detail });
