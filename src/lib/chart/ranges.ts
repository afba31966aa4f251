import { formatNumber, type Locale } from '#lib/base/format.ts';
import type { Category } from '#lib/data/cube.ts';
import type { Target } from '#lib/data/target.ts';
import { axisOf } from './axis.ts';
import { breakLines, nameAxis, namesOf, placed, topOf } from './bars.ts';
import { box, circle, INK, levelsAcross, nearest, SOFT, stroke, text, xAt } from './drawing.ts';
import type { ChartOption, Drawing, Element, Layout, Point } from './drawing.ts';
import { cellTarget, gridOf, headTarget, type FigureData } from './figure.ts';
import { spreadOf, type Spread } from './spread.ts';
import { FONT, shorten, textWidth } from './text.ts';
import { cellWords } from './words.ts';

/**
 * One's own held against the others: for each row the others from lowest to highest, the middle half of
 * them, the one in the middle, and one's own as a point with its number. No ranking, and no colour that judges.
 */
export const ranges: Drawing = { layout, option, mark, spot, hit };

const ROW = 34;
const AXIS = 26;

/** Columns that are one's own; the first where none is named. */
export function ownOf(figure: FigureData): number[] {
	const { columns } = gridOf(figure);
	const named = columns.flatMap((column, i) =>
		column && figure.spec.highlight?.includes(column.code) ? [i] : []
	);
	return named.length > 0 ? named : columns.length > 0 ? [0] : [];
}

/** How the others lie in a row. */
export function othersOf(figure: FigureData, row: Category): Spread | null {
	const { columns, at } = gridOf(figure);
	const own = ownOf(figure);
	return spreadOf(
		columns.flatMap((column, i) => (own.includes(i) ? [] : (at(row, column).value ?? [])))
	);
}

function layout(figure: FigureData, locale: Locale, width: number): Layout {
	const grid = gridOf(figure);
	const { from, to, ticks } = axisOf(figure);
	const names = grid.rows.length > 1 ? namesOf(grid, width) : 0;
	const top = topOf(figure, locale) + 10;
	const height = top + grid.rows.length * ROW + AXIS;
	const last = textWidth(formatNumber(ticks.at(-1)!, locale));
	return {
		width,
		height,
		plot: { left: names + 16, top, right: width - Math.max(24, last / 2), bottom: height - AXIS },
		from,
		to,
		ticks,
		every: 1,
		names
	};
}

function option(figure: FigureData, layout: Layout, locale: Locale): ChartOption {
	const grid = gridOf(figure);
	const [first, second] = layout.ticks;
	const names = nameAxis(figure, layout) as Record<string, unknown>;
	return {
		xAxis: {
			type: 'value',
			min: layout.from,
			max: layout.to,
			interval: (second ?? 1) - (first ?? 0),
			axisLabel: {
				color: SOFT,
				fontSize: FONT,
				fontFamily: 'inherit',
				hideOverlap: true,
				formatter: (tick: number) => formatNumber(tick, locale)
			},
			splitLine: { lineStyle: { color: 'var(--line)', width: 1 } }
		},
		yAxis: grid.rows.length > 1 ? names : { ...names, axisLabel: { show: false } },
		series: [{ type: 'bar', silent: true, data: grid.rows.map(() => null) }],
		graphic: [
			...breakLines(figure, layout, ROW),
			...grid.rows.flatMap((row, r) => others(figure, layout, row, r)),
			...levelsAcross(figure, layout, locale),
			...grid.rows.flatMap((row, r) => own(figure, layout, row, r, locale))
		]
	};
}

function others(figure: FigureData, layout: Layout, row: Category, r: number): Element[] {
	const spread = othersOf(figure, row);
	if (!spread) return [];
	const { columns, at } = gridOf(figure);
	const mine = ownOf(figure);
	const y = rowY(layout, r);
	const x = (value: number) => xAt(layout, value);
	const { low, lower, middle, upper, high } = spread;
	return [
		stroke({ x: x(low), y }, { x: x(high), y }, { stroke: 'var(--pale)', lineWidth: 2 }),
		...(lower === null || upper === null
			? []
			: [box({ x: x(lower), y: y - 7 }, { x: x(upper), y: y + 7 }, { fill: 'var(--band)' }, 2)]),
		...columns.flatMap((column, i) => {
			const { value } = at(row, column);
			return mine.includes(i) || value === null
				? []
				: [circle({ x: x(value), y }, 2.5, { fill: 'var(--pale)' })];
		}),
		stroke({ x: x(middle), y: y - 7 }, { x: x(middle), y: y + 7 }, { stroke: SOFT, lineWidth: 2 })
	];
}

function own(figure: FigureData, layout: Layout, row: Category, r: number, locale: Locale) {
	const { columns, at } = gridOf(figure);
	const mine = ownOf(figure);
	return mine.flatMap((i): Element[] => {
		const cell = at(row, columns[i]!);
		const y = rowY(layout, r);
		const name = mine.length > 1 ? `${shorten(columns[i]?.label ?? '', 90)} ` : '';
		const words = name + cellWords(cell, figure, locale);
		if (cell.value === null)
			return [text(layout.plot.left + 2, y - 15, words, { fontStyle: 'italic' })];
		const x = xAt(layout, cell.value);
		const [left, right] = [x - textWidth(words) / 2 < layout.plot.left, x > layout.plot.right - 30];
		return [
			circle({ x, y }, 6, { fill: 'var(--c1)', stroke: 'var(--paper)', lineWidth: 1.5 }),
			text(x, y - 14, words, {
				fill: INK,
				fontWeight: 600,
				align: left ? 'left' : right ? 'right' : 'center'
			})
		];
	});
}

const rowY = ({ plot }: Layout, row: number) => plot.top + row * ROW + ROW / 2 + 3;

function spot(figure: FigureData, layout: Layout, row: number, column: number): Point {
	const grid = gridOf(figure);
	const { value } = grid.at(grid.rows[row]!, grid.columns[column]!);
	return { x: value === null ? layout.plot.left : xAt(layout, value), y: rowY(layout, row) };
}

function mark(figure: FigureData, layout: Layout, target: Target) {
	const grid = gridOf(figure);
	const { row, column } = placed(grid, target);
	if (target.kind === 'cell') {
		if (row < 0 || column < 0) return null;
		const at = spot(figure, layout, row, column);
		return { x: at.x, y: at.y + 14 };
	}
	// A row by its name; one of those compared by where it stands in the first row.
	if (row >= 0) return { x: 9, y: rowY(layout, row) };
	if (column < 0 || grid.rows.length === 0) return null;
	const at = spot(figure, layout, 0, column);
	return { x: at.x, y: at.y + 14 };
}

function hit(figure: FigureData, layout: Layout, x: number, y: number): Target | null {
	const grid = gridOf(figure);
	const row = grid.rows[Math.floor((y - layout.plot.top) / ROW)];
	if (!row || y < layout.plot.top) return null;
	if (x < layout.plot.left - 8) return grid.x.key ? headTarget(figure, grid.x, row) : null;
	const far = (column: Category | null) => {
		const { value } = grid.at(row, column);
		return value === null ? Infinity : Math.abs(xAt(layout, value) - x);
	};
	// One's own lies on top of the others.
	const own = ownOf(figure).map((i) => grid.columns[i]!);
	const column = own.find((one) => far(one) <= 8) ?? nearest(grid.columns, far);
	if (column === undefined || far(column) > 24) return null;
	return cellTarget(figure, grid.at(row, column));
}
