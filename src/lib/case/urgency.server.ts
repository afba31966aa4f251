import type { Db, Tx } from '#lib/base/sql.server.ts';
import { notAllowed, refuse } from '#lib/base/errors.ts';
import type { Person } from '#lib/people/person.ts';
import { hold } from './hold.server.ts';
import { prepares } from './states.ts';
import { tell } from './tell.server.ts';

/** A case that cannot wait for the deadline (C7): those who prepare it say so, and why. */

export type Urgency = { reason: string; byName: string; at: Date };

/** Why it is urgent; null when it is not. */
export async function ofCase(db: Db, caseId: string): Promise<Urgency | null> {
	const [row] = await db<Urgency[]>`
		select u.reason, p.name "byName", u.at from urgencies u join persons p on p.id = u.by
		where u.case_id = ${caseId} and u.lifted_at is null`;
	return row ?? null;
}

export async function mark(tx: Tx, person: Person, caseId: string, reason: string): Promise<void> {
	const forumId = await holdFor(tx, person, caseId);
	if (!reason.trim()) refuse('case.urgency_reason_missing', { field: 'reason' });
	const [row] = await tx`
		insert into urgencies (case_id, reason, by) values (${caseId}, ${reason.trim()}, ${person.id})
		on conflict do nothing returning id`;
	if (!row) refuse('case.urgency_marked', { status: 409 });
	await tell(tx, person, caseId, forumId, 'case.marked_urgent');
}

/** It can wait after all. That it was urgent, and why, stays on record. */
export async function lift(tx: Tx, person: Person, caseId: string): Promise<void> {
	const forumId = await holdFor(tx, person, caseId);
	const [row] = await tx`
		update urgencies set lifted_at = clock_timestamp(), lifted_by = ${person.id}
		where case_id = ${caseId} and lifted_at is null returning id`;
	if (!row) refuse('case.urgency_lifted', { status: 409 });
	await tell(tx, person, caseId, forumId, 'case.urgency_lifted');
}

async function holdFor(tx: Tx, person: Person, caseId: string): Promise<string> {
	const { facts, standing } = await hold(tx, person, 'state', caseId);
	if (!prepares(standing)) return notAllowed();
	return facts.forumId;
}
