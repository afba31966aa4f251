import type { Tx } from '#lib/base/sql.server.ts';
import * as documents from '#lib/document/documents.server.ts';
import type { Person } from '#lib/people/person.ts';
import { tell } from './tell.server.ts';

/**
 * Removes what was written in a sparring off the record: text, log of edits, kept versions, notes, options, evidence and
 * questions. Does nothing with a case that is on the record. The caller has just closed the case.
 */
export async function clear(
	tx: Tx,
	person: Person,
	caseId: string,
	forumId: string
): Promise<void> {
	const [row] = await tx`select from cases where id = ${caseId} and off_record`;
	if (!row) return;
	// Whoever writes in it now is told that it has ended, before it is gone.
	const document = await documents.ofObject(tx, caseId);
	if (document) await documents.close(tx, person, document.id);
	await tx`select forget_case(${caseId})`;
	await tell(tx, person, caseId, forumId, 'case.forgotten');
}
