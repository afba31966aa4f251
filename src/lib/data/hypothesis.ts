import { z } from 'zod';
import type { CellStatus } from './cube.ts';
import { DIRECTIONS, type Direction } from './indicator.ts';
import { byPeriod } from './periods.ts';

/**
 * A hypothesis (D10): what somebody believes a series will do, written before the figures that show it. What the
 * figures do afterwards goes with it or against it; that one thing caused the other they cannot say.
 */

export const hypothesisSchema = z.object({
	statement: z.string().trim().min(1, 'base.required').max(1000, 'base.too_long'),
	direction: z.enum(DIRECTIONS),
	least: z
		.string()
		.trim()
		.regex(/^(\d{1,12}([.,]\d{1,6})?)?$/, 'data.cut_off_number')
		.default('')
		.transform((value) => (value === '' ? null : Number(value.replace(',', '.'))))
		.refine((value) => value === null || value > 0, 'data.cut_off_number'),
	fromPeriod: z.string().min(1, 'base.required').max(60),
	byPeriod: z.string().trim().min(1, 'base.required').max(60),
	/** 'dimension=code', one for each dimension but time. */
	places: z
		.union([z.string().max(400), z.array(z.string().max(400)).max(40)])
		.optional()
		.transform((pairs) =>
			Object.fromEntries(
				(pairs === undefined ? [] : [pairs].flat()).map((pair) => {
					const [key, ...code] = pair.split('=');
					return [decodeURIComponent(key!), decodeURIComponent(code.join('='))] as const;
				})
			)
		)
});
export type HypothesisInput = z.input<typeof hypothesisSchema>;
export type Foretold = z.output<typeof hypothesisSchema>;

export type Outlook =
	/** The period it was to show in is not in the figures yet. */
	| 'too_early'
	| 'supported'
	| 'not_supported'
	/** The figure it is read from is missing or hidden. */
	| 'no_figures'
	/** The series changed its meaning on the way. */
	| 'broken';

export type Verdict = {
	outlook: Outlook;
	from: number | null;
	/** Where it stands: at the period it was to show in, or the newest before it. */
	now: { period: string; label: string; value: number } | null;
	/** `now` less `from`. */
	change: number | null;
};

type Point = { period: string; label: string; value: number | null; status: CellStatus };

/** What the figures say of it, from the newest version's series. */
export function verdictOn(
	{
		direction,
		least,
		fromPeriod,
		byPeriod: until
	}: Omit<Foretold, 'statement' | 'places'> & {
		direction: Direction;
	},
	points: Point[],
	breaks: string[]
): Verdict {
	const from = points.find(({ period }) => period === fromPeriod)?.value ?? null;
	const passed = points.filter(({ period }) => byPeriod(period, fromPeriod) > 0);
	const reached = passed.filter(({ period }) => byPeriod(period, until) <= 0);
	const last = [...reached].reverse().find(({ value }) => value !== null);
	const now = last ? { period: last.period, label: last.label, value: last.value! } : null;
	const change = from !== null && now ? now.value - from : null;
	const told = { from, now, change };
	const crossed = breaks.some(
		(at) =>
			byPeriod(at, fromPeriod) > 0 && (now ? byPeriod(at, now.period) : byPeriod(at, until)) <= 0
	);
	const due = points.some(({ period }) => byPeriod(period, until) >= 0);
	if (!due) return { outlook: crossed ? 'broken' : 'too_early', ...told };
	if (from === null || !now || byPeriod(now.period, until) !== 0)
		return { outlook: 'no_figures', ...told };
	if (crossed) return { outlook: 'broken', ...told };
	const moved = (direction === 'up' ? 1 : -1) * change!;
	const enough = least === null ? moved > 0 : moved >= least * (1 - 1e-9);
	return { outlook: enough ? 'supported' : 'not_supported', ...told };
}
