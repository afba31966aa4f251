/** Approval by the responsible director (C7): who that is, and which steps are open. Pure. */
import { prepares, type Who } from './states.ts';
import type { CaseKind } from './template.ts';

export const STEPS = ['asked', 'approved', 'sent_back', 'withdrawn'] as const;
export type Step = (typeof STEPS)[number];

/** Only what is to be decided is approved; what is only talked of or told needs nobody's yes. */
export const seeksDecision = (kind: CaseKind): boolean =>
	kind !== 'sparring' && kind !== 'orientation';

export type Director = { id: string; name: string; departmentId: string; chair: boolean };

/**
 * Who answers for a case of this department: the director named for it, else one who sits in it, else the
 * chair; null where none of them is there. `directors` are those who may read the case.
 */
export function responsible(
	directors: Director[],
	departmentId: string,
	namedId: string | null
): Director | null {
	return (
		directors.find(({ id }) => id === namedId) ??
		directors.find((one) => one.departmentId === departmentId) ??
		directors.find(({ chair }) => chair) ??
		null
	);
}

export type Last = { step: Step; directorId: string } | null;
export type Act = 'ask' | 'approve' | 'send_back' | 'withdraw';

/** What this person can do now. Whether the charter asks for approval is judged beside it. */
export function acts(last: Last, who: Who & { personId: string }): Act[] {
	const open: Act[] = [];
	const waiting = last?.step === 'asked';
	if (waiting && who.role === 'director' && who.personId === last.directorId)
		open.push('approve', 'send_back');
	if (prepares(who)) open.push(waiting ? 'withdraw' : 'ask');
	return open;
}
