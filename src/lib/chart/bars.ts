import type { Locale } from '#lib/base/format.ts';
import type { Coordinates } from '#lib/data/cube.ts';
import type { Target } from '#lib/data/target.ts';
import { valuesOf } from './axis.ts';
import { box, INK, levelsAcross, levelsRoom, SOFT, stroke, xAt } from './drawing.ts';
import type { ChartOption, Drawing, Element, Layout } from './drawing.ts';
import {
	breaksIn,
	cellTarget,
	gridOf,
	headTarget,
	saidBefore,
	stands,
	type FigureCell,
	type FigureData,
	type Grid
} from './figure.ts';
import { styleOf } from './style.ts';
import { FONT, shorten, textWidth } from './text.ts';
import { cellWords } from './words.ts';

/** Lying bars, one row for each category, by size; grouped where there are several series. */
export const bars: Drawing = { layout, option, mark, spot, hit };

const BAR = 14;
const ROW = 20;
/** Room for a numbered mark after a value. */
const MARK = 26;

/** The horizontal stroke a row of bars takes. */
export const rowHeight = (columns: number) => (columns === 1 ? ROW : columns * (BAR + 2) + 10);

/** Names stand to the left of bars, right-aligned; the plot begins `gap` after them. */
export function namesOf({ rows }: Grid, width: number): number {
	return Math.min(Math.max(0, ...rows.map(({ label }) => textWidth(label))), width * 0.36);
}

/** The axis of names, as lying bars of every kind have it. */
export const nameAxis = (figure: FigureData, layout: Layout): ChartOption['yAxis'] => ({
	type: 'category',
	inverse: true,
	data: gridOf(figure).rows.map(({ label }) => shorten(label, layout.names)),
	axisTick: { show: false },
	axisLine: { show: false },
	axisLabel: {
		color: SOFT,
		fontSize: FONT,
		fontFamily: 'inherit',
		interval: 0,
		margin: layout.plot.left - layout.names
	}
});

/** A dashed line between the rows where the series changes meaning. */
export function breakLines(figure: FigureData, layout: Layout, height: number): Element[] {
	const grid = gridOf(figure);
	if (grid.x.role !== 'time') return [];
	return breaksIn(figure).map(({ period }) => {
		const at = grid.rows.findIndex(({ code }) => code === period);
		const y = layout.plot.top + at * height;
		return stroke({ x: 0, y }, { x: layout.width, y }, { lineDash: [3, 3] });
	});
}

/** Room above the plot for what the lines across it are called. */
export const topOf = (figure: FigureData, locale: Locale) => 4 + levelsRoom(figure, locale);

function layout(figure: FigureData, locale: Locale, width: number): Layout {
	const grid = gridOf(figure);
	const { rows, columns, at } = grid;
	const cells = rows.flatMap((row) => columns.map((column) => at(row, column)));
	const words = (negative: boolean) =>
		Math.max(
			0,
			...cells
				.filter(({ value }) => value !== null && value < 0 === negative)
				.map((cell) => textWidth(cellWords(cell, figure, locale)) + 8)
		);
	const names = namesOf(grid, width);
	const left = names + 10 + words(true);
	const top = topOf(figure, locale);
	const height = top + rows.length * rowHeight(columns.length) + 4;
	const values = valuesOf(figure);
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

function option(figure: FigureData, layout: Layout, locale: Locale): ChartOption {
	const { rows, columns, at, series } = gridOf(figure);
	return {
		xAxis: { type: 'value', min: layout.from, max: layout.to, show: false },
		yAxis: nameAxis(figure, layout),
		series: columns.map((column, i) => ({
			type: 'bar' as const,
			name: column?.label,
			barWidth: BAR,
			barGap: '14%',
			barCategoryGap: rowHeight(columns.length) - BAR,
			silent: true,
			clip: false,
			emphasis: { disabled: true },
			itemStyle: { borderRadius: 2 },
			data: rows.map((row) => {
				const cell = at(row, column);
				const first = series ? styleOf(figure, i).colour : 'var(--c1)';
				const seen = stands(figure, row.code, column?.code);
				return {
					// No bar, but its words must stand somewhere: at the axis.
					value: cell.value ?? 0,
					itemStyle: { color: seen ? first : 'var(--pale)' },
					label: barLabel(cell, figure, layout, locale)
				};
			})
		})),
		graphic: [
			...levelsAcross(figure, layout, locale),
			...breakLines(figure, layout, rowHeight(columns.length)),
			...before(figure, layout)
		]
	};
}

function barLabel(cell: FigureCell, figure: FigureData, layout: Layout, locale: Locale) {
	const words = cellWords(cell, figure, locale);
	const distance = 6 + beyond(figure, layout, cell);
	const shared = { show: true, distance, fontSize: FONT, fontFamily: 'inherit' };
	const formatter = () => words;
	if (cell.value === null)
		return { ...shared, formatter, position: 'right', color: SOFT, fontStyle: 'italic' } as const;
	const position = cell.value < 0 ? 'left' : 'right';
	return { ...shared, formatter, position, color: INK, fontWeight: 600 } as const;
}

/** How far the outline of the edition before reaches beyond the bar; words stand after both. */
function beyond(figure: FigureData, layout: Layout, cell: FigureCell): number {
	const old = saidBefore(figure, cell)?.value ?? null;
	if (old === null) return 0;
	const now = cell.value ?? 0;
	const further = now < 0 ? Math.min(old, now) : Math.max(old, now);
	return Math.abs(xAt(layout, further) - xAt(layout, now));
}

/** Where the bar ended in the edition before: its outline, empty. */
function before(figure: FigureData, layout: Layout): Element[] {
	const grid = gridOf(figure);
	return grid.rows.flatMap((row, r) =>
		grid.columns.flatMap((column, c) => {
			const old = saidBefore(figure, grid.at(row, column));
			if (!old || old.value === null) return [];
			const y = barY(layout, grid, r, c);
			const [from, to] = [xAt(layout, Math.min(0, old.value)), xAt(layout, Math.max(0, old.value))];
			const style = { fill: 'none', stroke: INK, lineWidth: 1.2, lineDash: [3, 2] };
			return [box({ x: from, y: y - BAR / 2 - 1 }, { x: to, y: y + BAR / 2 + 1 }, style, 2)];
		})
	);
}

function barY({ plot }: Layout, { columns }: Grid, row: number, column: number): number {
	const height = rowHeight(columns.length);
	const step = columns.length === 1 ? 0 : BAR + 2;
	const first = height / 2 - ((columns.length - 1) * step) / 2;
	return plot.top + row * height + first + column * step;
}

function spot(figure: FigureData, layout: Layout, row: number, column: number) {
	const grid = gridOf(figure);
	const { value } = grid.at(grid.rows[row]!, grid.columns[column]!);
	return { x: xAt(layout, value ?? Math.max(0, layout.from)), y: barY(layout, grid, row, column) };
}

function mark(figure: FigureData, layout: Layout, target: Target, locale: Locale) {
	const grid = gridOf(figure);
	const { row, column } = placed(grid, target);
	if (row < 0) return null;
	if (target.kind !== 'cell') return { x: 9, y: barY(layout, grid, row, 0) };
	if (column < 0) return null;
	const cell = grid.at(grid.rows[row]!, grid.columns[column]!);
	const end = xAt(layout, Math.max(0, cell.value ?? 0));
	const words = textWidth(cellWords(cell, figure, locale));
	const after =
		cell.value !== null && cell.value < 0 ? 14 : beyond(figure, layout, cell) + words + 18;
	return { x: Math.min(layout.width - 9, end + after), y: barY(layout, grid, row, column) };
}

function hit(figure: FigureData, layout: Layout, x: number, y: number): Target | null {
	const grid = gridOf(figure);
	const { plot } = layout;
	const height = rowHeight(grid.columns.length);
	const row = grid.rows[Math.floor((y - plot.top) / height)];
	if (!row || y < plot.top) return null;
	if (x < plot.left - 4) return grid.x.key ? headTarget(figure, grid.x, row) : null;
	const within = (y - plot.top) % height;
	const column = Math.floor((within / height) * grid.columns.length);
	return cellTarget(figure, grid.at(row, grid.columns[column] ?? null));
}

/** The row and column a target stands in; -1 where it is in none. */
export function placed(grid: Grid, target: Target): { row: number; column: number } {
	return placedAt(grid, target.coordinates);
}

export const placedAt = (grid: Grid, coordinates: Coordinates) => ({
	row: grid.rows.findIndex(({ code }) => code === coordinates[grid.x.key]),
	column: grid.series ? grid.columns.findIndex((c) => c?.code === coordinates[grid.series!.key]) : 0
});
