import { z } from 'zod';
import { COUNTED, DIRECTIONS, MEANINGS } from './indicator.ts';

const text = (most: number) =>
	z
		.string()
		.trim()
		.max(most, 'base.too_long')
		.nullish()
		.transform((value) => value || null);

const choice = <const T extends readonly [string, ...string[]]>(values: T) =>
	z
		.union([z.literal(''), z.enum(values)])
		.nullish()
		.transform((value) => (value || null) as T[number] | null);

/** '85,5' or '85.5', as people write it. */
const number = z
	.union([
		z.number(),
		z
			.string()
			.trim()
			.regex(/^([-−]?\d{1,12}([.,]\d{1,6})?)?$/, 'data.cut_off_number')
	])
	.nullish()
	.transform((value) =>
		typeof value === 'number'
			? value
			: value
				? Number(value.replace('−', '-').replace(',', '.'))
				: null
	);

export const indicatorSchema = z
	.object({
		why: text(1000),
		direction: choice(DIRECTIONS),
		population: text(400),
		denominator: text(400),
		denominatorReason: text(1000),
		meaning: choice(MEANINGS),
		greenAt: number,
		redAt: number,
		thresholdMeasure: text(400),
		counts: choice(COUNTED),
		demandedBy: text(400),
		steeredInstead: text(1000)
	})
	.superRefine(({ direction, meaning, greenAt, redAt }, context) => {
		const wrong = (message: string, path: string) =>
			context.addIssue({ code: 'custom', message, path: [path] });
		// A colour says something only when it is known which way is good, and what it says.
		if (meaning && !direction) wrong('data.colour_direction', 'direction');
		if (meaning === 'act' && (greenAt === null || redAt === null))
			wrong('data.colour_cut_offs', 'greenAt');
		if (meaning !== 'act' && (greenAt !== null || redAt !== null))
			wrong('data.colour_meaning', 'meaning');
		if (direction && greenAt !== null && redAt !== null)
			if (direction === 'up' ? greenAt <= redAt : greenAt >= redAt)
				wrong('data.colour_order', 'redAt');
	});
