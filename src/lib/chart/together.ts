import { m } from '#paraglide/messages.js';
import type { Locale } from '#lib/base/format.ts';
import { gridOf, type FigureCell, type FigureData } from './figure.ts';
import { cellWords } from './words.ts';

/** Two measures side by side, in words: how each lies, and how often they go together. Never that one leads to the other. */

/** Fewer than this, and "go together" says nothing. */
const FEWEST = 3;

export type Together = { same: number; all: number };

/**
 * How often the two go the same way: over time from each period to the next, else for every pair of places whether the
 * one with more of the first has more of the second too (concordant pairs, as in Kendall's tau). Steps and pairs alike
 * in either are counted in neither. Null where too few can be shown.
 */
export function togetherOf(figure: FigureData): Together | null {
	const { rows, columns, at, x } = gridOf(figure);
	const pairs = rows.map((row) => {
		const [first, second] = [0, 1].map((side) => at(row, columns[side] ?? null).value);
		return first == null || second == null ? null : { first, second };
	});
	const known = pairs.filter((pair) => pair !== null);
	if (known.length < FEWEST) return null;
	const breaks = new Set(figure.breaks.map(({ period }) => period));
	const held: [(typeof known)[number], (typeof known)[number]][] = [];
	if (x.role === 'time')
		for (const [i, pair] of pairs.entries()) {
			const next = pairs[i + 1];
			// Not across a break: the step would be between two meanings.
			if (pair && next && !breaks.has(rows[i + 1]!.code)) held.push([pair, next]);
		}
	else
		for (const [i, one] of known.entries())
			for (const other of known.slice(i + 1)) held.push([one, other]);
	const ways = held
		.map(([a, b]) => Math.sign(b.first - a.first) * Math.sign(b.second - a.second))
		.filter((way) => way !== 0);
	return ways.length === 0
		? null
		: { same: ways.filter((way) => way > 0).length, all: ways.length };
}

export function together(figure: FigureData, locale: Locale): string[] {
	const { x, columns, rows, at } = gridOf(figure);
	const { coupled } = figure;
	if (!coupled) return [];
	const told = columns.flatMap((column, side) => {
		const name = coupled.sides[side]!.measure.label;
		const cells = rows.map((row) => ({ row, cell: at(row, column) }));
		const known = cells.filter(({ cell }) => cell.value !== null);
		if (known.length < 2) return [];
		const say = ({ cell }: { cell: FigureCell }) => cellWords(cell, figure, locale);
		if (x.role === 'time') {
			const [first, last] = [known[0]!, known.at(-1)!];
			const words = { name, from: say(first), to: say(last) };
			return m.chart_together_course(
				{ ...words, first: first.row.label, last: last.row.label },
				{ locale }
			);
		}
		const sorted = known.toSorted((a, b) => a.cell.value! - b.cell.value!);
		const [low, high] = [sorted[0]!, sorted.at(-1)!];
		return m.chart_together_ends(
			{ name, high: say(high), where: high.row.label, low: say(low), there: low.row.label },
			{ locale }
		);
	});
	const count = togetherOf(figure);
	if (!count) return told;
	const say = x.role === 'time' ? m.chart_together_steps : m.chart_together_pairs;
	return [...told, say(count, { locale }), m.chart_together_only({}, { locale })];
}
