import type { Tx } from '../base/sql.server.ts';
import * as conflicts from '../case/conflicts.server.ts';
import { judge } from '../forum/objects.server.ts';
import { running } from '../goal/running.server.ts';
import type { Person } from '../people/person.ts';

/**
 * Says whether an option and a running goal really pull apart. What it is said on is found here, from the lines and
 * the goals as they stand, never from what a form says they were.
 */
export async function sayVerdict(
	tx: Tx,
	person: Person,
	caseId: string,
	optionId: string,
	input: conflicts.Said
): Promise<void> {
	const { facts } = await judge(tx, person, 'read', caseId);
	const goals = await running(tx, person, facts.forumId);
	await conflicts.say(tx, person, caseId, optionId, input, goals);
}
