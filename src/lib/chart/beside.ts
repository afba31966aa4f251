import { formatNumber, type Locale } from '#lib/base/format.ts';
import type { Target } from '#lib/data/target.ts';
import { placedAt } from './bars.ts';
import {
	HEAD,
	layout,
	overTime,
	PANEL,
	panel,
	ROW,
	rowY,
	scaleOf,
	SIDES,
	timeX,
	x,
	y
} from './beside-place.ts';
import { placeIn, sideWords } from './coupled.ts';
import { box, circle, INK, nearest, SOFT, stroke, text } from './drawing.ts';
import type { ChartOption, Drawing, Element, Layout, Point } from './drawing.ts';
import { breaksIn, cellTarget, gridOf, headTarget, type FigureData } from './figure.ts';
import { m } from '#paraglide/messages.js';
import { shorten, textWidth } from './text.ts';
import { cellWords } from './words.ts';

/**
 * Two measures on one shared axis, a panel for each, every panel with its own scale: over time one above the other,
 * else lying bars beside each other. Two scales on one panel would make the lines cross wherever one wished.
 */
export const beside: Drawing = { layout, option, mark, spot, hit };

const BAR = 13;
const COLOURS = ['var(--c1)', 'var(--c2)'] as const;
const SYMBOLS = ['circle', 'rect'] as const;

function option(figure: FigureData, layout: Layout, locale: Locale): ChartOption {
	const draw = overTime(figure) ? courses : bars;
	return {
		xAxis: { type: 'value', show: false, min: 0, max: 1 },
		yAxis: { type: 'value', show: false, min: 0, max: 1 },
		series: [],
		graphic: [
			...SIDES.flatMap((side) => [
				...head(figure, layout, side, locale),
				...draw(figure, layout, side, locale)
			]),
			...(overTime(figure) ? shared(figure, layout, locale) : names(figure, layout))
		]
	};
}

/** What a panel counts, above it. */
function head(figure: FigureData, layout: Layout, side: 0 | 1, _: Locale): Element[] {
	const { left, right, top } = panel(figure, layout, side);
	const words = figure.coupled ? sideWords(figure.coupled.sides[side]) : '';
	const room = (overTime(figure) ? layout.width : right) - left;
	return [text(left, top - 15, shorten(words, room, 13), { fill: COLOURS[side], fontWeight: 600 })];
}

function courses(figure: FigureData, layout: Layout, side: 0 | 1, locale: Locale): Element[] {
	const { rows, columns, at } = gridOf(figure);
	const { left, right, bottom } = panel(figure, layout, side);
	const colour = COLOURS[side];
	const cells = rows.map((row) => at(row, columns[side] ?? null));
	const points = cells.map(({ value }, row) =>
		value === null
			? null
			: { x: timeX(layout, rows.length, row), y: y(figure, layout, side, value) }
	);
	const last = cells.at(-1);
	const end = points.at(-1);
	return [
		...scaleOf(figure, side).ticks.flatMap((tick) => {
			const at = y(figure, layout, side, tick);
			return [
				stroke({ x: left, y: at }, { x: right, y: at }, { stroke: 'var(--line)' }),
				text(left - 8, at, formatNumber(tick, locale), { align: 'right' })
			];
		}),
		...points.flatMap((point, row) => {
			const next = points[row + 1];
			return point && next ? [stroke(point, next, { stroke: colour, lineWidth: 2.5 })] : [];
		}),
		...points.flatMap((point, row): Element[] => {
			if (point) return [dot(point, side)];
			const words = cells[row]!.status === 's' ? '×' : '–';
			return [text(timeX(layout, rows.length, row), bottom - 9, words, { align: 'center' })];
		}),
		...(last && end
			? [text(end.x + 9, end.y, cellWords(last, figure, locale), { fill: colour, fontWeight: 600 })]
			: [])
	];
}

/** The two sides differ in form as well as in colour. */
export const dot = (at: Point, side: 0 | 1, r = 4): Element =>
	SYMBOLS[side] === 'circle'
		? circle(at, r, { fill: COLOURS[side] })
		: box({ x: at.x - r, y: at.y - r }, { x: at.x + r, y: at.y + r }, { fill: COLOURS[side] });

/** The axis both panels share, with the breaks of either. */
function shared(figure: FigureData, layout: Layout, locale: Locale): Element[] {
	const { rows } = gridOf(figure);
	const { bottom, top } = layout.plot;
	return [
		...rows.flatMap(({ label }, row) =>
			row % layout.every === 0
				? [text(timeX(layout, rows.length, row), bottom + 16, label, { align: 'center' })]
				: []
		),
		...breaksIn(figure).flatMap(({ period, label }) => {
			const row = rows.findIndex(({ code }) => code === period);
			const at = (timeX(layout, rows.length, row - 1) + timeX(layout, rows.length, row)) / 2;
			const words = m.chart_break_short({ period: label }, { locale });
			const right = at > layout.plot.right - 90;
			return [
				stroke({ x: at, y: top }, { x: at, y: bottom }, { lineDash: [3, 3] }),
				text(right ? at - 5 : at + 5, top + PANEL + 10, words, {
					fill: INK,
					align: right ? 'right' : 'left'
				})
			];
		})
	];
}

function bars(figure: FigureData, layout: Layout, side: 0 | 1, locale: Locale): Element[] {
	const { rows, columns, at } = gridOf(figure);
	return rows.flatMap((row, r): Element[] => {
		const cell = at(row, columns[side] ?? null);
		const middle = rowY(layout, r);
		const nought = x(figure, layout, side, 0, locale);
		const words = cellWords(cell, figure, locale);
		if (cell.value === null) {
			const { left, right } = panel(figure, layout, side);
			const short = shorten(words, right - left - 6);
			return [text(left + 4, middle, short, { fontStyle: 'italic' })];
		}
		const end = x(figure, layout, side, cell.value, locale);
		const [from, to] = [Math.min(nought, end), Math.max(nought, end)];
		return [
			box(
				{ x: from, y: middle - BAR / 2 },
				{ x: Math.max(to, from + 1), y: middle + BAR / 2 },
				{
					fill: COLOURS[side]
				},
				2
			),
			text(to + 5, middle, words, { fill: INK, fontWeight: 600 })
		];
	});
}

function names(figure: FigureData, layout: Layout): Element[] {
	return gridOf(figure).rows.map(({ label }, row) =>
		text(layout.names, rowY(layout, row), shorten(label, layout.names), {
			fill: SOFT,
			align: 'right'
		})
	);
}

function spot(
	figure: FigureData,
	layout: Layout,
	row: number,
	column: number,
	locale: Locale
): Point {
	const { rows, columns, at } = gridOf(figure);
	const side = column === 1 ? 1 : 0;
	const { value } = at(rows[row]!, columns[column] ?? null);
	const { left, bottom } = panel(figure, layout, side);
	if (overTime(figure))
		return {
			x: timeX(layout, rows.length, row),
			y: value === null ? bottom - 9 : y(figure, layout, side, value)
		};
	const end = value === null ? left + 4 : x(figure, layout, side, value, locale);
	return { x: end, y: rowY(layout, row) };
}

function mark(figure: FigureData, layout: Layout, target: Target, locale: Locale): Point | null {
	const at = figure.coupled && placeIn(figure.coupled, target);
	if (!at) return null;
	const grid = gridOf(figure);
	const { row, column } = placedAt(grid, at);
	const time = overTime(figure);
	if (target.kind === 'period' || (target.kind === 'series' && row >= 0))
		return row < 0
			? null
			: time
				? { x: timeX(layout, grid.rows.length, row), y: layout.plot.bottom + 8 }
				: { x: 9, y: rowY(layout, row) };
	if (column < 0) return null;
	if (row < 0) {
		const { left, top } = panel(figure, layout, column === 1 ? 1 : 0);
		return { x: Math.max(9, left - 10), y: top - 15 };
	}
	const place = spot(figure, layout, row, column, locale);
	if (time) return { x: place.x, y: Math.max(9, place.y - 14) };
	const words = textWidth(
		cellWords(grid.at(grid.rows[row]!, grid.columns[column]!), figure, locale)
	);
	return { x: Math.min(layout.width - 9, place.x + words + 16), y: place.y };
}

function hit(
	figure: FigureData,
	layout: Layout,
	px: number,
	py: number,
	locale: Locale
): Target | null {
	const grid = gridOf(figure);
	const side = SIDES.find((one) => {
		const { left, right, top, bottom } = panel(figure, layout, one);
		return overTime(figure)
			? py >= top - 4 && py <= bottom + 4
			: px >= left - 6 && px <= right + 6 && py >= top && py <= bottom;
	});
	const above = SIDES.find((one) => {
		const { left, right, top } = panel(figure, layout, one);
		return py < top && py >= top - HEAD && px >= left && (overTime(figure) || px <= right);
	});
	if (side === undefined && above !== undefined && grid.series)
		return headTarget(figure, grid.series, grid.columns[above]!);
	if (overTime(figure)) {
		const row = nearest(grid.rows, (_, i) => Math.abs(timeX(layout, grid.rows.length, i) - px));
		if (!row) return null;
		if (py > layout.plot.bottom + 2) return headTarget(figure, grid.x, row);
		if (side === undefined) return null;
		const at = grid.rows.indexOf(row);
		return Math.abs(spot(figure, layout, at, side, locale).y - py) > 60
			? null
			: cellTarget(figure, grid.at(row, grid.columns[side]!));
	}
	const row = grid.rows[Math.floor((py - layout.plot.top) / ROW)];
	if (!row || py < layout.plot.top) return null;
	if (px < layout.plot.left - 6) return headTarget(figure, grid.x, row);
	return side === undefined ? null : cellTarget(figure, grid.at(row, grid.columns[side]!));
}
