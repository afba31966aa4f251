import type { Tx } from '#lib/base/sql.server.ts';
import { notAllowed, refuse } from '#lib/base/errors.ts';
import type { Person } from '#lib/people/person.ts';
import { setState } from './cases.server.ts';
import { hold } from './hold.server.ts';
import { prepares } from './states.ts';
import { tell } from './tell.server.ts';

/** Sparring off the record (C9): said before, and then really gone (`clear`, however the case is closed). */

/** Takes a sparring off the record. Never back on: people have written in it because it was said that it goes. */
export async function takeOff(tx: Tx, person: Person, caseId: string): Promise<void> {
	const { facts, standing } = await hold(tx, person, 'state', caseId);
	if (!prepares(standing)) return notAllowed();
	const [row] = await tx`
		update cases set off_record = true
		where id = ${caseId} and kind = 'sparring' and not off_record returning id`;
	if (!row) refuse('case.not_sparring', { status: 409 });
	await tell(tx, person, caseId, facts.forumId, 'case.taken_off_record');
}

/** The meeting it was on is closed: so is the case, and what was written in it goes. Does nothing with one on the record. */
export async function forget(tx: Tx, person: Person, caseId: string): Promise<void> {
	const [row] = await tx`
		select from cases c join objects o on o.id = c.id
		where c.id = ${caseId} and c.off_record and o.phase = 'on_agenda' for no key update of o`;
	if (row) await setState(tx, person, caseId, 'closed', { via: 'decision' });
}
