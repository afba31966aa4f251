import { m } from '#paraglide/messages.js';
import { formatNumber, type Locale } from '#lib/base/format.ts';
import type { Category } from '#lib/data/cube.ts';
import type { Target } from '#lib/data/target.ts';
import { axisOf } from './axis.ts';
import { placed } from './bars.ts';
import { circle, HEM, INK, nearest, SOFT, stroke, text, yOf } from './drawing.ts';
import type { ChartOption, Drawing, Element, Layout } from './drawing.ts';
import {
	breaksIn,
	cellTarget,
	gridOf,
	headTarget,
	saidBefore,
	type FigureData,
	type Grid
} from './figure.ts';
import { levelsOf } from './levels.ts';
import { PALE, styleOf } from './style.ts';
import { FONT, pushApart, shorten, textWidth } from './text.ts';
import { trendOf } from './trend.ts';
import { cellWords } from './words.ts';

/** A development over time: one line for each series, named at its end; a gap where a value is not known. */
export const lines: Drawing = { layout, option, mark, spot, hit };

export type EndLabel = { column: number; category: Category | null; text: string; y: number };

/**
 * Names at the ends of the lines, pushed apart so that each can be read. The value stands there only
 * when it is that of the end: beside the newest period an older number would be taken for the newest.
 */
export function endLabels(figure: FigureData, layout: Layout, locale: Locale): EndLabel[] {
	const grid = gridOf(figure);
	const labels = grid.columns.flatMap((category, column): EndLabel[] => {
		const cells = grid.rows.map((row) => grid.at(row, category));
		const last = cells.findLast((cell) => cell.value !== null);
		const newest = last && last === cells.at(-1);
		if (!last || !(category || newest)) return [];
		const value = newest ? ` ${cellWords(last, figure, locale)}` : '';
		const room = layout.width - layout.plot.right - 12 - textWidth(value);
		const text = (category ? shorten(category.label, room) + value : value).trim();
		return [{ column, category, text, y: yOf(layout, last.value!) }];
	});
	return pushApart(labels, { gap: 15, top: 8, bottom: layout.plot.bottom + 4 });
}

export function xOf({ plot }: Layout, { rows }: Grid, index: number): number {
	const across = plot.right - plot.left;
	return plot.left + (rows.length === 1 ? across / 2 : (index / (rows.length - 1)) * across);
}

function layout(figure: FigureData, locale: Locale, width: number): Layout {
	const { rows, columns, series } = gridOf(figure);
	const { from, to, ticks } = axisOf(figure);
	const decimals = figure.measure.decimals;
	const numbers = Math.max(
		0,
		...figure.cells.map(({ value }) =>
			value === null ? 0 : textWidth(formatNumber(value, locale, { decimals }))
		)
	);
	const names = series
		? Math.max(0, ...series.categories.map(({ label }) => textWidth(`${label} `)))
		: 0;
	const left = Math.max(...ticks.map((t) => textWidth(formatNumber(t, locale, {})))) + 10;
	const right = width - Math.min(names + numbers + 14, width * 0.36);
	const top = breaksIn(figure).length > 0 ? 30 : 16;
	const plain = width > 500 ? 220 : width < 300 ? 130 : 190;
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

function option(figure: FigureData, layout: Layout, locale: Locale): ChartOption {
	const { rows, columns, at } = gridOf(figure);
	const [first, second] = layout.ticks;
	return {
		xAxis: {
			type: 'category',
			data: rows.map(({ label }) => label),
			boundaryGap: rows.length === 1,
			axisTick: { show: false },
			axisLine: { show: true, onZero: false, lineStyle: { color: 'var(--edge)', width: 1 } },
			axisLabel: {
				color: SOFT,
				fontSize: FONT,
				fontFamily: 'inherit',
				margin: 12,
				interval: layout.every - 1
			}
		},
		yAxis: {
			type: 'value',
			min: layout.from,
			max: layout.to,
			interval: (second ?? 1) - (first ?? 0),
			axisLabel: {
				color: SOFT,
				fontSize: FONT,
				fontFamily: 'inherit',
				margin: 8,
				formatter: (tick: number) => formatNumber(tick, locale)
			},
			splitLine: { lineStyle: { color: 'var(--line)', width: 1 } }
		},
		series: columns.map((column, i) => {
			const { colour, symbol, dash } = styleOf(figure, i);
			const pale = colour === PALE.colour;
			return {
				type: 'line' as const,
				name: column?.label,
				data: rows.map((row) => at(row, column).value),
				connectNulls: false,
				showSymbol: true,
				showAllSymbol: true,
				symbol,
				symbolSize: pale ? 4 : 7,
				silent: true,
				clip: false,
				emphasis: { disabled: true },
				z: pale ? 2 : 3,
				lineStyle: { color: colour, width: pale ? 1.5 : 2.5, type: dash as 'solid' },
				itemStyle: { color: colour }
			};
		}),
		graphic: [
			...trends(figure, layout),
			...levels(figure, layout, locale),
			...before(figure, layout),
			...ends(figure, layout, locale),
			...breaks(figure, layout, locale),
			...gaps(figure, layout, locale)
		]
	};
}

function ends(figure: FigureData, layout: Layout, locale: Locale): Element[] {
	return endLabels(figure, layout, locale).map(({ column, text: words, y }) => {
		const { colour } = styleOf(figure, column);
		const pale = colour === PALE.colour;
		return text(layout.plot.right + 9, y, words, {
			fill: pale ? SOFT : colour,
			fontWeight: pale ? 400 : 600
		});
	});
}

/** A vertical line before the first period of the new meaning. */
function breaks(figure: FigureData, layout: Layout, locale: Locale): Element[] {
	const grid = gridOf(figure);
	const { top, bottom, right } = layout.plot;
	if (grid.x.role !== 'time') return [];
	return breaksIn(figure).flatMap(({ period, label }) => {
		const at = grid.rows.findIndex(({ code }) => code === period);
		const x = (xOf(layout, grid, at - 1) + xOf(layout, grid, at)) / 2;
		const words = m.chart_break_short({ period: label }, { locale });
		return [
			stroke({ x, y: top - 14 }, { x, y: bottom }, { lineDash: [3, 3] }),
			text(x > right - 90 ? x - 5 : x + 5, top - 15, words, {
				fill: INK,
				align: x > right - 90 ? 'right' : 'left'
			})
		];
	});
}

/** What the lines are held against, across the whole plot; names that would cover each other are pushed apart. */
function levels(figure: FigureData, layout: Layout, locale: Locale): Element[] {
	const { left, right, top, bottom } = layout.plot;
	const known = levelsOf(figure, locale).map((level) => {
		const at = yOf(layout, level.value);
		return { ...level, at, y: at - 9 };
	});
	const named = pushApart(known, { gap: 15, top: top - 6, bottom: bottom - 6 });
	return named.flatMap(({ at, y, label, colour, dash }) => [
		stroke(
			{ x: left, y: at },
			{ x: right, y: at },
			{ stroke: colour, lineWidth: 1.5, lineDash: dash }
		),
		text(left + 4, y, shorten(label, right - left - 8), {
			fill: INK,
			fontWeight: 600,
			...HEM
		})
	]);
}

/** The course of each line that can be told apart. */
function trends(figure: FigureData, layout: Layout): Element[] {
	const grid = gridOf(figure);
	if (!figure.spec.trend) return [];
	return grid.columns.flatMap((column, i) => {
		const { colour } = styleOf(figure, i);
		const trend = colour === PALE.colour ? null : trendOf(figure, column);
		if (!trend) return [];
		const at = (row: number, value: number) => ({
			x: xOf(layout, grid, row),
			y: yOf(layout, value)
		});
		const style = { stroke: colour, lineWidth: 1.5, lineDash: [1, 4], lineCap: 'round' };
		return [stroke(at(trend.from, trend.start), at(trend.to, trend.end), style)];
	});
}

/** What the edition before said, where it said otherwise: an empty ring, tied to the point. */
function before(figure: FigureData, layout: Layout): Element[] {
	const grid = gridOf(figure);
	return grid.rows.flatMap((row, r) =>
		grid.columns.flatMap((column, i) => {
			const now = grid.at(row, column);
			const old = saidBefore(figure, now);
			if (!old || old.value === null) return [];
			const { colour } = styleOf(figure, i);
			const at = { x: xOf(layout, grid, r), y: yOf(layout, old.value) };
			const ring = circle(at, 4.5, { fill: 'var(--paper)', stroke: colour, lineWidth: 1.5 });
			if (now.value === null) return [ring];
			const to = { x: at.x, y: yOf(layout, now.value) };
			return [stroke(at, to, { stroke: colour, lineDash: [2, 2] }), ring];
		})
	);
}

/** Where a point would be that is not shown: a word at the axis, for the reader not to take it for nothing. */
function gaps(figure: FigureData, layout: Layout, locale: Locale): Element[] {
	const grid = gridOf(figure);
	const short = {
		s: m.chart_suppressed_short({}, { locale }),
		m: m.chart_missing_short({}, { locale })
	};
	const room = grid.rows.length > 1 ? xOf(layout, grid, 1) - xOf(layout, grid, 0) : 100;
	return grid.rows.flatMap((row, i) => {
		const statuses = grid.columns.map((column) => grid.at(row, column).status);
		const status = statuses.includes('s') ? 's' : statuses.includes('m') ? 'm' : null;
		if (!status) return [];
		const words = room > 66 ? short[status] : status === 's' ? '×' : '–';
		return [
			text(xOf(layout, grid, i), layout.plot.bottom - 9, words, {
				fontStyle: 'italic',
				fontSize: 11.5,
				align: i === 0 ? 'left' : i === grid.rows.length - 1 ? 'right' : 'center'
			})
		];
	});
}

function spot(figure: FigureData, layout: Layout, row: number, column: number) {
	const grid = gridOf(figure);
	const { value } = grid.at(grid.rows[row]!, grid.columns[column]!);
	const y = value === null ? layout.plot.bottom - 9 : yOf(layout, value);
	return { x: xOf(layout, grid, row), y };
}

function mark(figure: FigureData, layout: Layout, target: Target, locale: Locale) {
	const grid = gridOf(figure);
	const { plot } = layout;
	const { row, column } = placed(grid, target);
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

function hit(figure: FigureData, layout: Layout, x: number, y: number, locale: Locale) {
	const grid = gridOf(figure);
	const { plot } = layout;
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
