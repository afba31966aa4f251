import { type Aim, judge, type Reading, type Status } from './status.ts';

/** A milestone has a status of its own (F5): measured on the goal's series, or said by a person. */

export type MilestoneStatus = Status | 'open' | 'overdue';

export type Milestone = { due: string; targetValue: number | null; reachedAt: Date | null };

export function milestoneStatus(
	milestone: Milestone,
	aim: Aim | null,
	readings: Reading[],
	today: string
): MilestoneStatus {
	if (milestone.reachedAt) return 'reached';
	if (milestone.targetValue !== null && aim) {
		const target = { date: milestone.due, value: milestone.targetValue };
		return judge({ ...aim, target }, readings).status;
	}
	return milestone.due < today ? 'overdue' : 'open';
}
