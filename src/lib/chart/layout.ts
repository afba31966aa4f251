import { formatNumber, type Locale } from '#lib/base/format.ts';
import type { Category } from '#lib/data/cube.ts';
import type { Target } from '#lib/data/target.ts';
import { cellTarget, gridOf, headTarget, type FigureData, type Grid } from './figure.ts';
import { cellWords } from './words.ts';

/**
 * Where everything in a chart stands, in the units of its view box. ECharts draws to it, numbered marks
 * are put by it, and a press is read by it, so the drawing on the server is all a reader needs.
 */
export type Layout = {
	width: number;
	height: number;
	plot: { left: number; top: number; right: number; bottom: number };
	/** The value axis: bars always start from 0. */
	from: number;
	to: number;
	ticks: number[];
	/** Of x's labels every how many is shown. */
	every: number;
	/** Where the names of bars end; they are right-aligned to it. */
	names: number;
};

/** The page shows the wide drawing, a phone the narrow one; neither is scaled until it cannot be read. */
export const WIDTHS = { wide: 660, narrow: 340 } as const;
export const FONT = 13;
const BAR = 14;
const ROW = 20;
/** Room for a numbered mark after a value. */
const MARK = 26;

export function layoutOf(figure: FigureData, locale: Locale, width: number): Layout {
	return figure.spec.kind === 'line'
		? lineLayout(figure, locale, width)
		: barLayout(figure, locale, width);
}

/** The horizontal stroke a row of bars takes. */
export const rowHeight = (columns: number) => (columns === 1 ? ROW : columns * (BAR + 2) + 10);
export const BAR_SIZE = BAR;

/** Where a target's numbered mark stands; null when the chart does not show it. */
export function markAt(figure: FigureData, layout: Layout, target: Target, locale: Locale) {
	const grid = gridOf(figure);
	const { plot } = layout;
	const row = grid.rows.findIndex(({ code }) => code === target.coordinates[grid.x.key]);
	const column = grid.series
		? grid.columns.findIndex((c) => c?.code === target.coordinates[grid.series!.key])
		: 0;
	if (figure.spec.kind === 'line') {
		if (target.kind === 'period')
			return row < 0 ? null : { x: xOf(layout, grid, row), y: plot.bottom + 8 };
		if (column < 0) return null;
		if (target.kind === 'series') {
			const label = endLabels(figure, layout, locale).find((label) => label.column === column);
			return label ? { x: Math.min(layout.width - 9, plot.right + 2), y: label.y - 12 } : null;
		}
		if (row < 0) return null;
		const { value } = grid.at(grid.rows[row]!, grid.columns[column]!);
		return {
			x: xOf(layout, grid, row),
			y: value === null ? plot.bottom - 12 : Math.max(9, yOf(layout, value) - 14)
		};
	}
	if (row < 0) return null;
	if (target.kind !== 'cell') return { x: 9, y: barY(layout, grid, row, 0) };
	if (column < 0) return null;
	const cell = grid.at(grid.rows[row]!, grid.columns[column]!);
	const end = barX(layout, Math.max(0, cell.value ?? 0));
	const words = textWidth(cellWords(cell, figure, locale));
	const after = cell.value !== null && cell.value < 0 ? 14 : words + 18;
	return { x: Math.min(layout.width - 9, end + after), y: barY(layout, grid, row, column) };
}

/** What was pressed at a point of the view box, or null for nothing. */
export function hit(
	figure: FigureData,
	layout: Layout,
	x: number,
	y: number,
	locale: Locale
): Target | null {
	const grid = gridOf(figure);
	const { plot } = layout;
	if (figure.spec.kind !== 'line') {
		const height = rowHeight(grid.columns.length);
		const row = grid.rows[Math.floor((y - plot.top) / height)];
		if (!row || y < plot.top) return null;
		if (x < plot.left - 4) return grid.x.key ? headTarget(figure, grid.x, row) : null;
		const within = (y - plot.top) % height;
		const column = Math.floor((within / height) * grid.columns.length);
		return cellTarget(figure, grid.at(row, grid.columns[column] ?? null));
	}
	if (x > plot.right + 4 && grid.series) {
		const label = endLabels(figure, layout, locale).find((l) => Math.abs(l.y - y) <= 9);
		return label ? headTarget(figure, grid.series, label.category!) : null;
	}
	const row = nearest(grid.rows, (_, i) => Math.abs(xOf(layout, grid, i) - x));
	if (!row) return null;
	if (y > plot.bottom + 2) return headTarget(figure, grid.x, row);
	const far = (column: Category | null) => {
		const { value } = grid.at(row, column);
		return value === null ? Infinity : Math.abs(yOf(layout, value) - y);
	};
	const column = nearest(grid.columns, far);
	if (column === undefined || far(column) > 60) return null;
	return cellTarget(figure, grid.at(row, column));
}

export type EndLabel = { column: number; category: Category | null; text: string; y: number };

/** Names at the ends of the lines, pushed apart so that each can be read. */
export function endLabels(figure: FigureData, layout: Layout, locale: Locale): EndLabel[] {
	const grid = gridOf(figure);
	const labels = grid.columns.flatMap((category, column): EndLabel[] => {
		const last = grid.rows.map((row) => grid.at(row, category)).findLast((c) => c.value !== null);
		if (!last) return [];
		const value = cellWords(last, figure, locale);
		const room = layout.width - layout.plot.right - 12 - textWidth(` ${value}`);
		const text = category ? `${shorten(category.label, room)} ${value}` : value;
		return [{ column, category, text, y: yOf(layout, last.value!) }];
	});
	labels.sort((a, b) => a.y - b.y);
	const gap = 15;
	for (const [i, label] of labels.entries())
		label.y = Math.max(label.y, i === 0 ? 8 : labels[i - 1]!.y + gap);
	for (let i = labels.length - 1, floor = layout.plot.bottom + 4; i >= 0; i--) {
		labels[i]!.y = Math.min(labels[i]!.y, floor);
		floor = labels[i]!.y - gap;
	}
	return labels;
}

export function xOf({ plot }: Layout, { rows }: Grid, index: number): number {
	const across = plot.right - plot.left;
	return plot.left + (rows.length === 1 ? across / 2 : (index / (rows.length - 1)) * across);
}

export const yOf = ({ plot, from, to }: Layout, value: number) =>
	plot.bottom - ((value - from) / (to - from)) * (plot.bottom - plot.top);

const barX = ({ plot, from, to }: Layout, value: number) =>
	plot.left + ((value - from) / (to - from)) * (plot.right - plot.left);

function barY({ plot }: Layout, { columns }: Grid, row: number, column: number): number {
	const height = rowHeight(columns.length);
	const step = columns.length === 1 ? 0 : BAR + 2;
	const first = height / 2 - ((columns.length - 1) * step) / 2;
	return plot.top + row * height + first + column * step;
}

function barLayout(figure: FigureData, locale: Locale, width: number): Layout {
	const { rows, columns, at } = gridOf(figure);
	const cells = rows.flatMap((row) => columns.map((column) => at(row, column)));
	const values = cells.flatMap(({ value }) => (value === null ? [] : [value]));
	const words = (negative: boolean) =>
		Math.max(
			0,
			...cells
				.filter(({ value }) => value !== null && value < 0 === negative)
				.map((cell) => textWidth(cellWords(cell, figure, locale)) + 8)
		);
	const names = Math.min(Math.max(0, ...rows.map(({ label }) => textWidth(label))), width * 0.36);
	const left = names + 10 + words(true);
	const top = 4;
	const height = top + rows.length * rowHeight(columns.length) + 4;
	const from = Math.min(0, ...values);
	const to = Math.max(0, ...values);
	return {
		width,
		height,
		plot: {
			left,
			top,
			right: Math.max(left + 40, width - words(false) - MARK),
			bottom: height - 4
		},
		from,
		to: to === from ? from + 1 : to,
		ticks: [],
		every: 1,
		names
	};
}

function lineLayout(figure: FigureData, locale: Locale, width: number): Layout {
	const { rows, columns, series } = gridOf(figure);
	const values = figure.cells.flatMap(({ value }) => (value === null ? [] : [value]));
	const { from, to, ticks } = axis(values, figure.measure.additive);
	const decimals = figure.measure.decimals;
	const numbers = Math.max(
		0,
		...values.map((v) => textWidth(formatNumber(v, locale, { decimals })))
	);
	const names = series
		? Math.max(0, ...series.categories.map(({ label }) => textWidth(`${label} `)))
		: 0;
	const left = Math.max(...ticks.map((t) => textWidth(formatNumber(t, locale, {})))) + 10;
	const right = width - Math.min(names + numbers + 14, width * 0.36);
	const top = figure.breaks.length > 0 ? 30 : 16;
	const plain = width > 500 ? 220 : 190;
	const height = Math.max(plain, columns.length * 15 + top + 20) + 28;
	const widest = Math.max(1, ...rows.map(({ label }) => textWidth(label))) + 14;
	return {
		width,
		height,
		plot: { left, top, right, bottom: height - 28 },
		from,
		to,
		ticks,
		every: Math.max(1, Math.ceil((rows.length * widest) / (right - left + widest))),
		names: 0
	};
}

/**
 * Round steps. Counts and amounts from 0; a mean or share that moves in a narrow band far from it shows the
 * band, and the chart says so.
 */
export function axis(
	values: number[],
	fromZero: boolean
): { from: number; to: number; ticks: number[] } {
	const low = Math.min(...values, Infinity);
	const high = Math.max(...values, -Infinity);
	if (!Number.isFinite(low)) return { from: 0, to: 1, ticks: [0, 1] };
	const near = !fromZero && low > 0 && low > high * 0.6;
	const below = near ? low : Math.min(0, low);
	const above = Math.max(near ? high : 0, high);
	const step = niceStep(Math.max((above - below || Math.abs(above) || 1) / 4, 1e-6));
	const from = Math.floor(below / step + 1e-9) * step;
	const to = Math.max(Math.ceil(above / step - 1e-9) * step, from + step);
	const count = Math.round((to - from) / step);
	const ticks = Array.from({ length: count + 1 }, (_, i) => round(from + i * step, step));
	return { from: ticks[0]!, to: ticks.at(-1)!, ticks };
}

function niceStep(raw: number): number {
	const power = 10 ** Math.floor(Math.log10(raw));
	const lead = raw / power;
	return (lead <= 1 ? 1 : lead <= 2 ? 2 : lead <= 5 ? 5 : 10) * power;
}

/** Away with 0.30000000000000004. */
function round(value: number, step: number): number {
	const decimals = Math.max(0, -Math.floor(Math.log10(step)) + 1);
	return decimals > 12 ? value : Number(value.toFixed(decimals));
}

/** About how wide text in the tool's letters is; there is no page to measure it on. */
export function textWidth(text: string, size = FONT): number {
	let em = 0;
	for (const letter of text)
		em += /[mwMW%@ÆŒ]/.test(letter)
			? 0.82
			: /[iljtf.,:;·'|! ]/.test(letter)
				? 0.28
				: /\p{Lu}/u.test(letter)
					? 0.6
					: 0.51;
	return em * size;
}

/** Cut to a width, with an ellipsis. */
export function shorten(text: string, width: number, size = FONT): string {
	if (textWidth(text, size) <= width + 1) return text;
	let cut = text;
	while (cut.length > 1 && textWidth(cut + '…', size) > width) cut = cut.slice(0, -1).trimEnd();
	return cut + '…';
}

function nearest<T>(items: readonly T[], distance: (item: T, index: number) => number) {
	let best: T | undefined;
	let least = Infinity;
	for (const [i, item] of items.entries()) {
		const d = distance(item, i);
		if (best === undefined || d < least) [best, least] = [item, d];
	}
	return best;
}
