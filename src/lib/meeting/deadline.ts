/** The day cases are handed in, and what keeps a case off an agenda (C7, C8). Pure; days are 'YYYY-MM-DD'. */
import { today } from '#lib/base/clock.ts';
import { workdaysFrom } from '#lib/base/workdays.ts';
import { seeksDecision, type Step } from '#lib/case/approval.ts';
import type { CaseKind } from '#lib/case/template.ts';
import type { Charter } from '#lib/forum/charter.ts';

export type Deadline = { day: string; days: number; past: boolean };

/** So many working days before a meeting, by the forum's charter; null where none are agreed. */
export function deadline(startsAt: Date, days: number | null, now = new Date()): Deadline | null {
	if (days === null) return null;
	const day = workdaysFrom(today(startsAt), -days);
	return { day, days, past: day < today(now) };
}

/** What stops a case at an agenda's door, or null. Only what the charter says stops (product rule 7). */
export function bar(
	charter: Pick<Charter, 'approval' | 'afterDeadline'>,
	subject: { kind: CaseKind; approval: Step | null; urgent: boolean; past: boolean }
): 'meeting.case_not_approved' | 'meeting.case_after_deadline' | null {
	if (charter.approval === 'required' && unapproved(charter, subject))
		return 'meeting.case_not_approved';
	if (charter.afterDeadline === 'urgent' && subject.past && !subject.urgent)
		return 'meeting.case_after_deadline';
	return null;
}

/** Should this case have been approved, and is not? */
export const unapproved = (
	charter: Pick<Charter, 'approval'>,
	{ kind, approval }: { kind: CaseKind; approval: Step | null }
): boolean => charter.approval !== 'none' && seeksDecision(kind) && approval !== 'approved';
