import { refuse } from '../base/errors.ts';
import type { Tx } from '../base/sql.server.ts';
import * as approvals from '../case/approvals.server.ts';
import * as cases from '../case/cases.server.ts';
import * as kind from '../case/kind.server.ts';
import type { CaseState } from '../case/states.ts';
import type { CaseKind } from '../case/template.ts';
import { judge } from '../forum/objects.server.ts';
import { running } from '../meeting/written.read.server.ts';
import type { Person } from '../people/person.ts';

/**
 * What is done to a case by hand, where it may be out to be answered in writing: until the chair takes that back, or it
 * is settled, the case stays what the forum is asked about. Its words may be mended, and show as changed.
 */

export async function setState(
	tx: Tx,
	person: Person,
	caseId: string,
	to: CaseState,
	reason = ''
): Promise<void> {
	await mustRest(tx, person, caseId);
	await cases.setState(tx, person, caseId, to, { reason, via: 'page' });
}

export async function setKind(
	tx: Tx,
	person: Person,
	caseId: string,
	to: CaseKind,
	seen?: CaseKind
): Promise<void> {
	await mustRest(tx, person, caseId);
	await kind.setKind(tx, person, caseId, to, seen);
}

export async function sendBack(
	tx: Tx,
	person: Person,
	caseId: string,
	said: { comment: string; notes: string[] }
): Promise<void> {
	await mustRest(tx, person, caseId);
	await approvals.sendBack(tx, person, caseId, said);
}

/** Holds the case, so that nobody sends it out between this and the verb. */
async function mustRest(tx: Tx, person: Person, caseId: string): Promise<void> {
	await judge(tx, person, 'read', caseId);
	await tx`select from objects where id = ${caseId} for no key update`;
	if (await running(tx, caseId)) refuse('meeting.written_stands', { status: 409 });
}
