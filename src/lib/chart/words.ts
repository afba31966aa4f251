import { m } from '#paraglide/messages.js';
import { formatNumber, type Locale } from '#lib/base/format.ts';
import type { Grade } from '#lib/data/citation.ts';
import type { Target } from '#lib/data/target.ts';
import { signWord } from '#lib/data/sign-words.ts';
import { placeIn, sideWords } from './coupled.ts';
import type { FigureCell, FigureData } from './figure.ts';
import { gridOf, measureAt, saidBefore } from './figure.ts';

/** What stands where a value would. Suppressed and missing are said, never drawn as nothing. */
export function cellWords(
	cell: Omit<FigureCell, 'coordinates'> & { coordinates?: FigureCell['coordinates'] },
	figure: FigureData,
	locale: Locale
) {
	if (cell.status === 's') return m.chart_suppressed({}, { locale });
	if (cell.status === 'm' || cell.value === null) return m.chart_missing({}, { locale });
	const { decimals } = cell.coordinates ? measureAt(figure, cell.coordinates) : figure.measure;
	return formatNumber(cell.value, locale, { decimals });
}

/** 'Elever med over 20 fraværsdage: 12': the count beside a mean; null where none is shown. */
export function countWords(
	figure: FigureData,
	{ coordinates }: FigureCell,
	locale: Locale
): string | null {
	const threshold = figure.indicator?.threshold;
	const cell = threshold?.cells.find((one) =>
		figure.dimensions.every(({ key }) => one.coordinates[key] === coordinates[key])
	);
	if (!threshold || !cell) return null;
	const value =
		cell.status === 's'
			? m.chart_suppressed_short({}, { locale })
			: cell.value === null
				? m.chart_missing_short({}, { locale })
				: formatNumber(cell.value, locale, { decimals: threshold.decimals });
	return `${threshold.label}: ${value}`;
}

/** A cell's words, with what an edition before said if it was something else. */
export function saidWords(cell: FigureCell, figure: FigureData, locale: Locale): string {
	const now = cellWords(cell, figure, locale);
	const old = saidBefore(figure, cell);
	if (!old) return now;
	const number = figure.earlier!.number;
	return m.chart_said_before({ now, number, before: cellWords(old, figure, locale) }, { locale });
}

/** The same, with what the source's mark on it says: '54 (foreløbigt tal)'. */
export function signedWords(cell: FigureCell, figure: FigureData, locale: Locale): string {
	const words = saidWords(cell, figure, locale);
	if (!cell.sign) return words;
	return `${words} (${signWord(cell.sign, figure.signs?.[cell.sign] ?? '', locale)})`;
}

/** The same where there is little room, as in a table of several columns. */
export function cellWordsShort(cell: FigureCell, figure: FigureData, locale: Locale): string {
	if (cell.status === 's') return m.chart_suppressed_short({}, { locale });
	if (cell.status === 'm') return m.chart_missing_short({}, { locale });
	return cellWords(cell, figure, locale);
}

/** The measure, its unit and what holds for the whole figure: 'Elever med over 20 fraværsdage, antal · 2018'. */
export function readsWords(figure: FigureData): string {
	const { label, unit } = figure.measure;
	const measure =
		unit && !label.toLowerCase().includes(unit.toLowerCase()) ? `${label}, ${unit}` : label;
	const of = figure.coupled?.sides.map(sideWords) ?? [measure];
	return [...of, ...gridOf(figure).fixed.map(({ category }) => category.label)].join(' · ');
}

/** 'Nørrevang, 2018': a cell's place in the figure, without what is fixed. */
export function placeWords(figure: FigureData, cell: FigureCell): string {
	const { x, series } = gridOf(figure);
	const [first, last] = x.role === 'time' ? [series, x] : [x, series];
	return [first, last]
		.flatMap((dimension) => {
			const code = dimension && cell.coordinates[dimension.key];
			return dimension?.categories.find((category) => category.code === code)?.label ?? [];
		})
		.join(', ');
}

export function gradeWord(grade: Grade, locale: Locale): string {
	return {
		validated: m.chart_grade_validated,
		provisional: m.chart_grade_provisional,
		weak: m.chart_grade_weak
	}[grade]({}, { locale });
}

export const gradeTone = (grade: Grade) =>
	(({ validated: 'green', provisional: 'amber', weak: 'red' }) as const)[grade];

/** What stands at a point: 'Nord, 2018: 6,5 (over 20 dage: 12)'; of a coupling both, 'Nord: Elever 117 · Børn 120'. */
function pointWords(figure: FigureData, cell: FigureCell, locale: Locale): string {
	if (figure.coupled) {
		const { x, columns, at, rows } = gridOf(figure);
		const row = rows.find(({ code }) => code === cell.coordinates[x.key]);
		const both = columns.map((column, side) => {
			const { label } = figure.coupled!.sides[side]!.measure;
			return `${label} ${row ? signedWords(at(row, column), figure, locale) : ''}`;
		});
		return `${row?.label ?? ''}: ${both.join(' · ')}`;
	}
	const count = countWords(figure, cell, locale);
	const said = signedWords(cell, figure, locale);
	return [placeWords(figure, cell), count ? `${said} (${count})` : said].filter(Boolean).join(': ');
}

/** What is pointed at: a cell with its value, a series or a period by name. */
export function targetWords(figure: FigureData, target: Target, locale: Locale): string {
	const at = figure.coupled ? placeIn(figure.coupled, target) : target.coordinates;
	if (!at) return '';
	if (target.kind === 'cell') {
		const cell = figure.cells.find(({ coordinates }) =>
			Object.entries(at).every(([key, code]) => coordinates[key] === code)
		);
		if (cell) return pointWords(figure, cell, locale);
	}
	const fixed = new Set(gridOf(figure).fixed.map(({ dimension }) => dimension.key));
	return figure.dimensions
		.filter(({ key }) => key in at && !fixed.has(key))
		.map(({ key, categories }) => {
			const code = at[key]!;
			return categories.find((category) => category.code === code)?.label ?? code;
		})
		.join(', ');
}
