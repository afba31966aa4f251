import type { BarSeriesOption, LineSeriesOption } from 'echarts/charts';
import type { GraphicComponentOption, GridComponentOption } from 'echarts/components';
import type { ComposeOption } from 'echarts/core';
import { m } from '#paraglide/messages.js';
import { formatNumber, type Locale } from '#lib/base/format.ts';
import { gridOf, stands, type FigureCell, type FigureData } from './figure.ts';
import { BAR_SIZE, endLabels, FONT, rowHeight, shorten, xOf, type Layout } from './layout.ts';
import { cellWords } from './words.ts';

/** A figure as an ECharts option: pure, and for a given layout always the same. Colours are CSS variables. */
export type ChartOption = ComposeOption<
	BarSeriesOption | LineSeriesOption | GridComponentOption | GraphicComponentOption
>;

export function option(figure: FigureData, layout: Layout, locale: Locale): ChartOption {
	const { plot, width, height } = layout;
	return {
		animation: false,
		textStyle: { fontFamily: 'inherit', fontSize: FONT },
		grid: {
			left: plot.left,
			top: plot.top,
			right: width - plot.right,
			bottom: height - plot.bottom,
			containLabel: false
		},
		...(figure.spec.kind === 'line' ? lines(figure, layout, locale) : bars(figure, layout, locale))
	};
}

/** How each series is drawn: colour, point and stroke differ together, never colour alone. */
export const STYLES = [
	{ colour: 'var(--c1)', symbol: 'circle', dash: 'solid' },
	{ colour: 'var(--c2)', symbol: 'rect', dash: [7, 3] },
	{ colour: 'var(--c3)', symbol: 'triangle', dash: [2, 3] },
	{ colour: 'var(--c4)', symbol: 'diamond', dash: [9, 3, 2, 3] },
	{ colour: 'var(--c5)', symbol: 'emptyCircle', dash: [4, 4] },
	{ colour: 'var(--c6)', symbol: 'emptyRect', dash: [12, 4] }
] as const;
const PALE = { colour: 'var(--pale)', symbol: 'circle', dash: 'solid' } as const;

/** A series' style. More series than can be told apart are pale, but those to be seen first. */
export function styleOf(figure: FigureData, column: number) {
	const { columns } = gridOf(figure);
	const code = columns[column]?.code;
	const picked = columns.filter((c) => c && figure.spec.highlight?.includes(c.code));
	if (picked.length > 0 && columns.length > 1) {
		const at = picked.findIndex((c) => c?.code === code);
		return STYLES[at] ?? PALE;
	}
	return columns.length > STYLES.length ? PALE : STYLES[column]!;
}

const SOFT = 'var(--soft)';
const INK = 'var(--ink)';

function bars(figure: FigureData, layout: Layout, locale: Locale): ChartOption {
	const { rows, columns, at, series } = gridOf(figure);
	return {
		xAxis: { type: 'value', min: layout.from, max: layout.to, show: false },
		yAxis: {
			type: 'category',
			inverse: true,
			data: rows.map(({ label }) => shorten(label, layout.names)),
			axisTick: { show: false },
			axisLine: { show: false },
			axisLabel: {
				color: SOFT,
				fontSize: FONT,
				fontFamily: 'inherit',
				interval: 0,
				margin: layout.plot.left - layout.names
			}
		},
		series: columns.map((column, i) => ({
			type: 'bar' as const,
			name: column?.label,
			barWidth: BAR_SIZE,
			barGap: '14%',
			barCategoryGap: rowHeight(columns.length) - BAR_SIZE,
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
					label: barLabel(cell, figure, locale)
				};
			})
		}))
	};
}

function barLabel(cell: FigureCell, figure: FigureData, locale: Locale) {
	const words = cellWords(cell, figure, locale);
	const shared = { show: true, distance: 6, fontSize: FONT, fontFamily: 'inherit' };
	const formatter = () => words;
	if (cell.value === null)
		return { ...shared, formatter, position: 'right', color: SOFT, fontStyle: 'italic' } as const;
	const position = cell.value < 0 ? 'left' : 'right';
	return { ...shared, formatter, position, color: INK, fontWeight: 600 } as const;
}

function lines(figure: FigureData, layout: Layout, locale: Locale): ChartOption {
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
			...ends(figure, layout, locale),
			...breaks(figure, layout, locale),
			...gaps(figure, layout, locale)
		]
	};
}

type Element = Record<string, unknown>;

const text = (x: number, y: number, words: string, style: Element): Element => ({
	type: 'text',
	x,
	y,
	silent: true,
	style: {
		text: words,
		fontSize: FONT,
		fontFamily: 'inherit',
		verticalAlign: 'middle',
		fill: SOFT,
		...style
	}
});

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
	return figure.breaks.flatMap(({ period }) => {
		const at = grid.rows.findIndex(({ code }) => code === period);
		if (grid.x.role !== 'time' || at < 1) return [];
		const x = (xOf(layout, grid, at - 1) + xOf(layout, grid, at)) / 2;
		const words = m.chart_break_short({ period: grid.rows[at]!.label }, { locale });
		return [
			{
				type: 'line',
				silent: true,
				shape: { x1: x, y1: top - 14, x2: x, y2: bottom },
				style: { stroke: INK, lineWidth: 1, lineDash: [3, 3] }
			},
			text(x > right - 90 ? x - 5 : x + 5, top - 15, words, {
				fill: INK,
				align: x > right - 90 ? 'right' : 'left'
			})
		];
	});
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
