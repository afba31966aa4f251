import { m } from '#paraglide/messages.js';
import { formatNumber, type Locale } from '#lib/base/format.ts';
import { gridOf, saidBefore, type FigureData } from './figure.ts';
import { othersOf, ownOf } from './ranges.ts';
import { styleOf, PALE } from './style.ts';
import { trendOf, type Trend } from './trend.ts';
import { cellWords, placeWords } from './words.ts';

/** What kinds of figures say in words beyond their values: own against others, parts, trend, target, revisions. */

const numberOf =
	(figure: FigureData, locale: Locale, more = {}) =>
	(value: number) =>
		formatNumber(value, locale, { decimals: figure.measure.decimals, ...more });

/** A mean and what lies between values has one decimal more than they. */
const between = (figure: FigureData, locale: Locale) => {
	const { decimals } = figure.measure;
	return (value: number) =>
		Number.isInteger(value * 10 ** decimals)
			? formatNumber(value, locale, { decimals })
			: formatNumber(value, locale, { decimals: decimals + 1 });
};

/** For each row: one's own, and how the others lie. Of many periods the first and the last. */
export function against(figure: FigureData, locale: Locale): string[] {
	const { rows, x } = gridOf(figure);
	const few = x.role === 'time' && rows.length > 2 ? [rows[0]!, rows.at(-1)!] : rows.slice(0, 6);
	const rest = x.role === 'time' ? 0 : rows.length - few.length;
	return [
		...few.flatMap((row) => rowAgainst(figure, row, locale)),
		...(rest > 0 ? [m.chart_summary_more({ count: rest }, { locale })] : [])
	];
}

/** One row of a range: '2018, Nørrevang: 54. De 11 andre fra 12 til 147, i midten 61.' */
export function rowAgainst(
	figure: FigureData,
	row: ReturnType<typeof gridOf>['rows'][number],
	locale: Locale
): string[] {
	const { columns, at } = gridOf(figure);
	const own = ownOf(figure).map((i) => {
		const cell = at(row, columns[i]!);
		const place = placeWords(figure, cell);
		return m.chart_summary_own({ place, own: cellWords(cell, figure, locale) }, { locale });
	});
	const others = othersOf(figure, row);
	if (!others) return [...own, m.chart_summary_others_none({}, { locale })];
	const [say, mid] = [numberOf(figure, locale), between(figure, locale)];
	const { count, low, high, middle, lower, upper } = others;
	if (count === 1) return [...own, m.chart_summary_others_one({ low: say(low) }, { locale })];
	const words = { count, low: say(low), high: say(high), middle: mid(middle) };
	return [
		...own,
		m.chart_summary_others(words, { locale }),
		...(lower === null || upper === null
			? []
			: [m.chart_summary_half({ lower: mid(lower), upper: mid(upper) }, { locale })])
	];
}

/** Which part is largest most often. */
export function parts(figure: FigureData, locale: Locale): string[] {
	const { rows, columns, at } = gridOf(figure);
	if (columns.length < 2 || rows.length === 0) return [];
	const largest = columns.map(() => 0);
	for (const row of rows) {
		const values = columns.map((column) => at(row, column).value ?? -Infinity);
		const most = Math.max(...values);
		if (Number.isFinite(most)) largest[values.indexOf(most)]!++;
	}
	const count = Math.max(...largest);
	const name = columns[largest.indexOf(count)]?.label ?? '';
	return [m.chart_summary_parts({ name, count, all: rows.length }, { locale })];
}

/** Where each line is heading, as far as its values go. */
export function trends(figure: FigureData, locale: Locale): string[] {
	if (!figure.spec.trend) return [];
	return gridOf(figure).columns.flatMap((column, i) => {
		const trend = styleOf(figure, i).colour === PALE.colour ? null : trendOf(figure, column);
		if (!trend) return [];
		const words = trendWords(figure, trend, locale);
		return column ? [m.chart_trend_of({ name: column.label, trend: words }, { locale })] : [words];
	});
}

export function trendWords(figure: FigureData, trend: Trend, locale: Locale): string {
	const { rows } = gridOf(figure);
	const decimals = figure.measure.decimals + 1;
	const words = {
		step: formatNumber(Math.abs(trend.step), locale, { decimals }),
		from: rows[trend.from]!.label,
		to: rows[trend.to]!.label
	};
	const say = {
		rising: m.chart_trend_rising,
		falling: m.chart_trend_falling,
		level: m.chart_trend_level
	}[trendSign(figure, trend)];
	return say(words, { locale });
}

/** Level is what would not be seen in the numbers as they are written. */
export function trendSign({ measure }: FigureData, { step }: Trend) {
	const least = 0.5 * 10 ** -(measure.decimals + 1);
	return Math.abs(step) < least ? 'level' : step > 0 ? 'rising' : 'falling';
}

export function target(figure: FigureData, locale: Locale): string[] {
	const { target } = figure.spec;
	if (!target) return [];
	const value = formatNumber(target.value, locale);
	return [
		target.label
			? m.chart_summary_target_named({ label: target.label, value }, { locale })
			: m.chart_summary_target({ value }, { locale })
	];
}

/** How many of the cells an edition before said otherwise. */
export function revised(figure: FigureData, locale: Locale): string[] {
	if (!figure.earlier) return [];
	const count = figure.cells.filter((cell) => saidBefore(figure, cell)).length;
	const { number } = figure.earlier;
	if (count === 0) return [];
	return [
		count === 1
			? m.chart_summary_revised_one({ number }, { locale })
			: m.chart_summary_revised({ count, number }, { locale })
	];
}

const NAMED = 6;

/** Categories that no outline stands for. */
export function unplaced(figure: FigureData, locale: Locale): string[] {
	const codes = figure.map?.unplaced ?? [];
	if (figure.spec.kind !== 'map' || codes.length === 0) return [];
	const { rows } = gridOf(figure);
	const labels = codes.flatMap((code) => rows.find((row) => row.code === code)?.label ?? []);
	const names = labels.slice(0, NAMED).join(', ');
	const count = labels.length - NAMED;
	return [
		count > 0
			? m.chart_unplaced_many({ names, count }, { locale })
			: m.chart_unplaced({ names }, { locale })
	];
}
