import { z } from 'zod';
import { refuse } from '../base/errors.ts';
import type { Locale } from '../base/format.ts';
import type { NewGoal } from './goals.server.ts';
import type { Indicator } from './indicator.ts';
import { typedNumber } from './number.ts';

/** What GoalFields.svelte sends, and how it becomes a goal. Same fields in the meeting and on a page of its own. */

const text = z.string().trim().max(4000).default('');
const list = z.array(z.string().trim().max(400)).default([]);

export const goalFields = z.object({
	goalTitle: text,
	owner: text,
	targetDate: text,
	nextReview: text,
	measured: z.enum(['yes', 'no']).default('yes'),
	indicator: text,
	baselinePeriod: text,
	direction: z.enum(['up', 'down']).default('down'),
	target: text,
	tolerance: text,
	forecast: text,
	reason: text,
	sign: text,
	milestoneTitle: list,
	milestoneDue: list,
	milestoneTarget: list
});

export type GoalFields = z.output<typeof goalFields>;

/** Refuses with the field that is wrong. `indicators` are those the form offered. */
export function goalFrom(
	fields: GoalFields,
	indicators: Indicator[],
	locale: Locale
): Omit<NewGoal, 'forumId'> {
	if (!fields.goalTitle) refuse('goal.title_missing', { field: 'goalTitle' });
	return {
		title: fields.goalTitle,
		ownerId: fields.owner,
		targetDate: fields.targetDate,
		nextReview: fields.nextReview || null,
		aim:
			fields.measured === 'yes'
				? measuredFrom(fields, indicators, locale)
				: {
						measured: false,
						reason: fields.reason,
						sign: fields.sign
					},
		milestones: fields.milestoneTitle.flatMap((title, i) => {
			const due = fields.milestoneDue[i] ?? '';
			const typed = fields.milestoneTarget[i] ?? '';
			if (!title && !due && !typed) return [];
			return [{ title, due, targetValue: number(typed, 'milestone', locale) }];
		})
	};
}

function measuredFrom(fields: GoalFields, indicators: Indicator[], locale: Locale): NewGoal['aim'] {
	const indicator = indicators.find(({ key }) => key === fields.indicator);
	if (!indicator) return refuse('goal.indicator_missing', { field: 'indicator' });
	const targetValue = number(fields.target, 'target', locale);
	if (targetValue === null) return refuse('goal.target_missing', { field: 'target' });
	return {
		measured: true,
		versionId: indicator.versionId,
		figureId: indicator.figureId,
		reading: indicator.reading,
		direction: fields.direction,
		baselinePeriod: fields.baselinePeriod || indicator.newest?.period || null,
		targetValue,
		tolerance: number(fields.tolerance, 'tolerance', locale),
		forecast: number(fields.forecast, 'forecast', locale)
	};
}

function number(typed: string, field: string, locale: Locale): number | null {
	const value = typedNumber(typed, locale);
	if (Number.isNaN(value)) refuse('goal.number_unreadable', { field, typed });
	return value;
}
