import type { Locale } from '../base/format.ts';
import { formatNumber } from '../base/format.ts';
import type { Measure } from '../data/cube.ts';
import { m } from '#paraglide/messages.js';
import type { MilestoneStatus } from './milestone.ts';
import type { NoData, Status } from './status.ts';

/** A goal's rules in the reader's words. */

const STATUS: Record<MilestoneStatus, () => string> = {
	missed: m.goal_status_missed,
	behind: m.goal_status_behind,
	no_data: m.goal_status_no_data,
	on_course: m.goal_status_on_course,
	ahead: m.goal_status_ahead,
	reached: m.goal_status_reached,
	open: m.goal_status_open,
	overdue: m.goal_status_overdue
};

export const statusWord = (status: MilestoneStatus): string => STATUS[status]();

const WHY: Record<NoData, () => string> = {
	only_baseline: m.goal_why_only_baseline,
	missing: m.goal_why_missing,
	suppressed: m.goal_why_suppressed,
	gone: m.goal_why_gone,
	unreadable_period: m.goal_why_unreadable_period
};

export const whyWord = (reason: NoData): string => WHY[reason]();

type Shown = Pick<Measure, 'unit' | 'decimals'>;

/** '287', '28,6 pct.': a count needs no unit beside it. */
export function amount(value: number, { unit, decimals }: Shown, locale: Locale): string {
	const counted = /^(antal|number|count)?$/i.test(unit.trim());
	return formatNumber(value, locale, { decimals, ...(counted ? {} : { unit }) });
}

/** How far a value is from where the path stands: '60 højere end planlagt'. Empty on the path itself. */
export function distance(value: number, expected: number, shown: Shown, locale: Locale): string {
	const far = Math.abs(value - expected);
	const text = amount(far, shown, locale);
	if (text === amount(0, shown, locale)) return '';
	return value > expected ? m.goal_above({ amount: text }) : m.goal_below({ amount: text });
}

export function statusOf(status: Status, measured: boolean): string {
	return !measured && status === 'no_data' ? m.goal_status_unmeasured() : statusWord(status);
}
