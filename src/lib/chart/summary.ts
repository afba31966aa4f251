import { m } from '#paraglide/messages.js';
import { formatNumber, type Locale } from '#lib/base/format.ts';
import type { Category } from '#lib/data/cube.ts';
import { gridOf, type FigureCell, type FigureData } from './figure.ts';
import { axisOf } from './axis.ts';
import { targetLabel } from './drawing.ts';
import { colourAt, meaning } from './meaning.ts';
import { together } from './together.ts';
import {
	against,
	parts,
	revised,
	target,
	trends,
	trendSign,
	trendWords,
	unplaced
} from './told.ts';
import { trendOf } from './trend.ts';
import { cellWords, countWords, placeWords, readsWords } from './words.ts';

/**
 * What the figure shows, in words, made from its cells alone: for those who hear it, and beside the
 * chart for those who see it. It tells what is there and how many are not, and judges nothing.
 */
export function summary(figure: FigureData, locale: Locale): string {
	const grid = gridOf(figure);
	const cells = grid.columns.flatMap((column) => grid.rows.map((row) => grid.at(row, column)));
	const told = [readsWords(figure) + '.'];
	if (figure.coupled) told.push(...together(figure, locale));
	else if (figure.spec.kind === 'range') told.push(...against(figure, locale));
	else {
		if (figure.spec.kind === 'stacked') told.push(...parts(figure, locale));
		if (grid.x.role === 'time' && grid.rows.length > 1) told.push(...courses(figure, locale));
		if (grid.x.role !== 'time' || grid.columns.length > 1)
			told.push(...extremes(figure, cells, locale));
	}
	told.push(...trends(figure, locale), ...target(figure, locale), ...meaning(figure, locale));
	told.push(...revised(figure, locale));
	told.push(...absent(cells, locale), ...unplaced(figure, locale));
	return told.join(' ');
}

/** From the first value to the last, for each line; many lines are told by their ends alone. */
function courses(figure: FigureData, locale: Locale): string[] {
	const grid = gridOf(figure);
	const few = grid.columns.slice(0, 6);
	const told = few.flatMap((column) => course(figure, column, locale) ?? []);
	if (grid.columns.length > few.length)
		told.push(m.chart_summary_more({ count: grid.columns.length - few.length }, { locale }));
	return told;
}

function course(figure: FigureData, column: Category | null, locale: Locale): string | null {
	const grid = gridOf(figure);
	const points = grid.rows
		.map((row) => ({ row, cell: grid.at(row, column) }))
		.filter(({ cell }) => cell.value !== null);
	const [first, last] = [points[0], points.at(-1)];
	if (!first || !last || first === last) return null;
	const words = {
		name: column?.label ?? '',
		from: cellWords(first.cell, figure, locale),
		to: cellWords(last.cell, figure, locale),
		first: first.row.label,
		last: last.row.label,
		change: formatNumber(last.cell.value! - first.cell.value!, locale, {
			decimals: figure.measure.decimals,
			sign: true
		})
	};
	return column
		? m.chart_summary_course_of(words, { locale })
		: m.chart_summary_course(words, { locale });
}

function extremes(figure: FigureData, cells: FigureCell[], locale: Locale): string[] {
	const known = cells.filter(({ value }) => value !== null);
	if (known.length < 2) return [];
	const sorted = known.toSorted((a, b) => a.value! - b.value!);
	const [low, high] = [sorted[0]!, sorted.at(-1)!];
	if (low.value === high.value)
		return [m.chart_summary_alike({ value: cellWords(low, figure, locale) }, { locale })];
	const say = (cell: FigureCell) => ({
		place: placeWords(figure, cell),
		value: cellWords(cell, figure, locale)
	});
	return [
		m.chart_summary_highest(say(high), { locale }),
		m.chart_summary_lowest(say(low), { locale })
	];
}

function absent(cells: FigureCell[], locale: Locale): string[] {
	const count = (status: string) => cells.filter((cell) => cell.status === status).length;
	const [suppressed, missing] = [count('s'), count('m')];
	return [
		...(suppressed ? [m.chart_summary_suppressed({ count: suppressed }, { locale })] : []),
		...(missing ? [m.chart_summary_missing({ count: missing }, { locale })] : [])
	];
}

/** What must be known to read it right: an axis that does not begin at 0, shares that are no whole. */
export function axisNote(figure: FigureData, locale: Locale): string | null {
	const { kind } = figure.spec;
	if (figure.coupled) return sidesNote(figure, locale);
	if (kind === 'stacked') return shareNote(figure, locale);
	const free = kind === 'line' || kind === 'range';
	const overTime = kind === 'panels' && gridOf(figure).x.role === 'time';
	if (!free && !overTime) return null;
	const { from } = axisOf(figure);
	return from === 0 ? null : m.chart_axis_from({ from: formatNumber(from, locale) }, { locale });
}

/** The two have each their own scale, which need not begin at 0. */
function sidesNote(figure: FigureData, locale: Locale): string | null {
	const bars = figure.spec.kind === 'beside' && gridOf(figure).x.role !== 'time';
	return bars || !figure.coupled?.agreed ? null : m.chart_sides_scale({}, { locale });
}

/** Shares can stand after each other when they make a whole; otherwise it is said that they do not. */
function shareNote(figure: FigureData, locale: Locale): string | null {
	if (figure.measure.additive) return null;
	const { rows, columns, at } = gridOf(figure);
	const whole = rows.every((row) => {
		const values = columns.map((column) => at(row, column).value);
		if (values.includes(null)) return true;
		const sum = values.reduce<number>((all, value) => all + value!, 0);
		return Math.abs(sum - 100) <= 1;
	});
	return whole ? null : m.chart_shares_not_whole({}, { locale });
}

/** The big number: the last along x, with the one before it to be held against. */
export function bigNumber(figure: FigureData, locale: Locale) {
	const grid = gridOf(figure);
	const column = grid.columns[0] ?? null;
	const row = grid.rows.at(-1);
	if (!row) return null;
	const cell = grid.at(row, column);
	const before = grid.x.role === 'time' ? grid.rows.at(-2) : undefined;
	const earlier = before && grid.at(before, column);
	const change =
		cell.value !== null && earlier && earlier.value !== null ? cell.value - earlier.value : null;
	const broken = figure.breaks.some(({ period }) => period === row.code);
	const trend = trendOf(figure, column);
	return {
		cell,
		trend: trend && { sign: trendSign(figure, trend), words: trendWords(figure, trend, locale) },
		target: fromTarget(figure, cell, locale),
		count: countWords(figure, cell, locale),
		colour: colourAt(figure, cell),
		words: cellWords(cell, figure, locale),
		place: placeWords(figure, cell),
		change:
			change === null || broken
				? null
				: m.chart_number_change(
						{
							change: formatNumber(change, locale, {
								decimals: figure.measure.decimals,
								sign: true
							}),
							period: before!.label
						},
						{ locale }
					)
	};
}

/** How far the number is from where one wants to be; no word of whether that is good. */
function fromTarget(figure: FigureData, { value }: FigureCell, locale: Locale): string | null {
	const { target } = figure.spec;
	if (!target) return null;
	const words = targetLabel(figure, locale);
	if (value === null) return words;
	const { decimals } = figure.measure;
	const apart = Number((value - target.value).toFixed(12));
	if (apart === 0) return m.chart_target_met({ target: words }, { locale });
	const exact = Number.isInteger(apart * 10 ** decimals) ? { decimals } : {};
	const difference = formatNumber(apart, locale, { ...exact, sign: true });
	return m.chart_target_against({ difference, target: words }, { locale });
}
