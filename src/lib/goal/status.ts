import { daysBetween } from '../base/clock.ts';
import type { CellStatus } from '../data/cube.ts';
import { endOf } from './period.ts';

/**
 * Status is computed, not typed (product rule F5). The path is a straight line from the baseline's
 * period to the target date; what is judged is the newest reading, or the one that settles the date.
 */

export const STATUSES = ['missed', 'behind', 'no_data', 'on_course', 'ahead', 'reached'] as const;
export type Status = (typeof STATUSES)[number];

export type Direction = 'up' | 'down';

export type Reading = { period: string; value: number | null; status: CellStatus };

export type Aim = {
	direction: Direction;
	baseline: { period: string; value: number };
	target: { date: string; value: number };
	/** In the goal's own unit; null takes a tenth of the way from baseline to target. */
	tolerance: number | null;
};

/** Why there is no status to give, as a code the page has words for. */
export type NoData = 'only_baseline' | 'missing' | 'suppressed' | 'gone' | 'unreadable_period';

export type Verdict = {
	status: Status;
	reason: NoData | null;
	period: string | null;
	value: number | null;
	/** Where the path stands at that period. */
	expected: number | null;
};

/** `readings` in any order; those before the baseline are history and judge nothing. */
export function judge(aim: Aim, readings: Reading[]): Verdict {
	const start = endOf(aim.baseline.period);
	if (!start) return nothing('unreadable_period');
	const since = dated(readings).filter((reading) => reading.end >= start);
	const reading = since.find((one) => one.end >= aim.target.date) ?? since.at(-1);
	if (!reading) return nothing(readings.length ? 'unreadable_period' : 'gone');
	const expected = expectedAt(aim, reading.end);
	const seen = { period: reading.period, value: reading.value, expected };
	if (reading.value === null) {
		return {
			...seen,
			status: 'no_data',
			reason: reading.status === 's' ? 'suppressed' : 'missing'
		};
	}
	if (reading.end === start) return { ...seen, status: 'no_data', reason: 'only_baseline' };
	return { ...seen, status: standing(aim, reading.value, reading.end, expected), reason: null };
}

/** Where the path stands on a day; flat before the baseline and after the target date. */
export function expectedAt(aim: Aim, day: string): number {
	const { baseline, target } = aim;
	const start = endOf(baseline.period);
	if (!start || start >= target.date || day >= target.date) return target.value;
	const share = Math.max(0, daysBetween(start, day) / daysBetween(start, target.date));
	return baseline.value + (target.value - baseline.value) * share;
}

export function toleranceOf(aim: Aim): number {
	return aim.tolerance ?? Math.abs(aim.target.value - aim.baseline.value) / 10;
}

/** How far from the path, in the goal's own unit: above zero is better, whichever way is wanted. */
export function lead(direction: Direction, value: number, expected: number): number {
	return direction === 'up' ? value - expected : expected - value;
}

export function meets(aim: Aim, value: number): boolean {
	return lead(aim.direction, value, aim.target.value) >= 0;
}

/** Readings with the day their period ends, oldest first. What has no readable period is left out. */
export function dated<R extends { period: string }>(readings: R[]): (R & { end: string })[] {
	return readings
		.flatMap((reading) => {
			const end = endOf(reading.period);
			return end ? [{ ...reading, end }] : [];
		})
		.sort((a, b) => (a.end < b.end ? -1 : a.end > b.end ? 1 : 0));
}

function standing(aim: Aim, value: number, day: string, expected: number): Status {
	if (meets(aim, value)) return 'reached';
	if (day >= aim.target.date) return 'missed';
	const by = lead(aim.direction, value, expected);
	const tolerance = toleranceOf(aim);
	// A hair's breadth of floating point must not move a status.
	const hair = 1e-9 * Math.max(1, Math.abs(value), Math.abs(expected));
	if (by > tolerance + hair) return 'ahead';
	return by < -tolerance - hair ? 'behind' : 'on_course';
}

function nothing(reason: NoData): Verdict {
	return { status: 'no_data', reason, period: null, value: null, expected: null };
}
