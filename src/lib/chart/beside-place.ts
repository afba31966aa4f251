import { formatNumber, type Locale } from '#lib/base/format.ts';
import { axis, type Axis } from './axis.ts';
import { namesOf } from './bars.ts';
import type { Layout } from './drawing.ts';
import { gridOf, type FigureData } from './figure.ts';
import { textWidth } from './text.ts';
import { cellWords } from './words.ts';

/** Where everything stands when two measures have a panel each on a shared axis. */

export const ROW = 22;
export const HEAD = 26;
export const PANEL = 118;
const GAP = 46;
const AXIS = 28;
export const SIDES = [0, 1] as const;

export const overTime = (figure: FigureData): boolean => gridOf(figure).x.role === 'time';

/** Each side's values and what they are read against. Bars begin at 0. */
export function scaleOf(figure: FigureData, side: 0 | 1): Axis {
	const { rows, columns, at } = gridOf(figure);
	const values = rows.flatMap((row) => at(row, columns[side] ?? null).value ?? []);
	const additive = figure.coupled?.sides[side].measure.additive ?? figure.measure.additive;
	return axis(values, additive || !overTime(figure));
}

/** Where a side's panel lies. */
export function panel(figure: FigureData, { plot }: Layout, side: 0 | 1) {
	if (overTime(figure)) {
		const top = plot.top + side * (PANEL + GAP);
		return { left: plot.left, right: plot.right, top, bottom: top + PANEL };
	}
	const width = (plot.right - plot.left - GAP) / 2;
	const left = plot.left + side * (width + GAP);
	return { left, right: left + width, top: plot.top, bottom: plot.bottom };
}

export function layout(figure: FigureData, locale: Locale, width: number): Layout {
	const grid = gridOf(figure);
	const time = overTime(figure);
	const ticks = SIDES.flatMap((side) => scaleOf(figure, side).ticks);
	const widest = Math.max(...ticks.map((tick) => textWidth(formatNumber(tick, locale))));
	const words = Math.max(
		0,
		...grid.rows.flatMap((row) =>
			grid.columns.map((column) => textWidth(cellWords(grid.at(row, column), figure, locale)))
		)
	);
	const names = time ? 0 : namesOf(grid, width);
	const height = time ? HEAD + 2 * PANEL + GAP + AXIS : HEAD + grid.rows.length * ROW + 6;
	const name = Math.max(1, ...grid.rows.map(({ label }) => textWidth(label))) + 14;
	const left = time ? widest + 10 : names + 10;
	const right = time ? width - Math.min(words, width * 0.25) - 14 : width;
	return {
		width,
		height,
		plot: { left, top: HEAD, right, bottom: time ? height - AXIS : height - 6 },
		from: 0,
		to: 1,
		ticks: [],
		every: time ? Math.max(1, Math.ceil((grid.rows.length * name) / (right - left + name))) : 1,
		names
	};
}

export function y(figure: FigureData, layout: Layout, side: 0 | 1, value: number): number {
	const { from, to } = scaleOf(figure, side);
	const { top, bottom } = panel(figure, layout, side);
	return bottom - ((value - from) / (to - from)) * (bottom - top);
}

/** Room after a bar for its value. */
const after = (figure: FigureData, side: 0 | 1, locale: Locale): number => {
	const { rows, columns, at } = gridOf(figure);
	const known = rows.map((row) => at(row, columns[side] ?? null)).filter((c) => c.value !== null);
	return Math.max(24, ...known.map((cell) => textWidth(cellWords(cell, figure, locale)) + 10));
};

export function x(
	figure: FigureData,
	layout: Layout,
	side: 0 | 1,
	value: number,
	locale: Locale
): number {
	const { from, to } = scaleOf(figure, side);
	const { left, right } = panel(figure, layout, side);
	const end = Math.max(left + 20, right - after(figure, side, locale));
	return left + ((value - from) / (to - from)) * (end - left);
}

export const timeX = ({ plot }: Layout, count: number, row: number): number =>
	count === 1
		? (plot.left + plot.right) / 2
		: plot.left + 6 + (row / (count - 1)) * (plot.right - plot.left - 12);

export const rowY = ({ plot }: Layout, row: number): number => plot.top + row * ROW + ROW / 2;
