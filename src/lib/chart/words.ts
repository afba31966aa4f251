import { m } from '#paraglide/messages.js';
import { formatNumber, type Locale } from '#lib/base/format.ts';
import type { Grade } from '#lib/data/citation.ts';
import type { Target } from '#lib/data/target.ts';
import { signWord } from '#lib/data/sign-words.ts';
import type { FigureCell, FigureData } from './figure.ts';
import { gridOf, saidBefore } from './figure.ts';

/** What stands where a value would. Suppressed and missing are said, never drawn as nothing. */
export function cellWords(
	cell: Omit<FigureCell, 'coordinates'>,
	figure: FigureData,
	locale: Locale
) {
	if (cell.status === 's') return m.chart_suppressed({}, { locale });
	if (cell.status === 'm' || cell.value === null) return m.chart_missing({}, { locale });
	return formatNumber(cell.value, locale, { decimals: figure.measure.decimals });
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
	return [measure, ...gridOf(figure).fixed.map(({ category }) => category.label)].join(' · ');
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

/** What is pointed at: a cell with its value, a series or a period by name. */
export function targetWords(figure: FigureData, target: Target, locale: Locale): string {
	if (target.kind === 'cell') {
		const cell = figure.cells.find(({ coordinates }) =>
			Object.entries(target.coordinates).every(([key, code]) => coordinates[key] === code)
		);
		if (cell)
			return [placeWords(figure, cell), signedWords(cell, figure, locale)]
				.filter(Boolean)
				.join(': ');
	}
	const fixed = new Set(gridOf(figure).fixed.map(({ dimension }) => dimension.key));
	return figure.dimensions
		.filter(({ key }) => key in target.coordinates && !fixed.has(key))
		.map(({ key, categories }) => {
			const code = target.coordinates[key]!;
			return categories.find((category) => category.code === code)?.label ?? code;
		})
		.join(', ');
}
