import type { BarSeriesOption, LineSeriesOption } from 'echarts/charts';
import type { GraphicComponentOption, GridComponentOption } from 'echarts/components';
import type { ComposeOption } from 'echarts/core';
import { m } from '#paraglide/messages.js';
import { formatNumber, type Locale } from '#lib/base/format.ts';
import type { Target } from '#lib/data/target.ts';
import type { FigureData } from './figure.ts';
import { FONT, textWidth } from './text.ts';

/**
 * What each kind of chart is one of: where everything stands, how ECharts is to draw it, where a piece of
 * it is, and what was pressed. All pure, in the units of the view box, and the same on server and page.
 */
export type Drawing = {
	layout(figure: FigureData, locale: Locale, width: number): Layout;
	option(figure: FigureData, layout: Layout, locale: Locale): ChartOption;
	/** Where a target's numbered mark stands; null when the chart does not show it. */
	mark(figure: FigureData, layout: Layout, target: Target, locale: Locale): Point | null;
	/** Where a cell is drawn, for the ring around the one being read. */
	spot(figure: FigureData, layout: Layout, row: number, column: number, locale: Locale): Point;
	/** What was pressed at a point of the view box, or null for nothing. */
	hit(figure: FigureData, layout: Layout, x: number, y: number, locale: Locale): Target | null;
};

export type Point = { x: number; y: number };

export type ChartOption = ComposeOption<
	BarSeriesOption | LineSeriesOption | GridComponentOption | GraphicComponentOption
>;

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

export const SOFT = 'var(--soft)';
export const INK = 'var(--ink)';

export const yOf = ({ plot, from, to }: Layout, value: number) =>
	plot.bottom - ((value - from) / (to - from)) * (plot.bottom - plot.top);

export const xAt = ({ plot, from, to }: Layout, value: number) =>
	plot.left + ((value - from) / (to - from)) * (plot.right - plot.left);

/** A piece of drawing of our own: an element of ECharts' graphic component. */
export type Element = Record<string, unknown>;

export const text = (x: number, y: number, words: string, style: Element = {}): Element => ({
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

export const stroke = (from: Point, to: Point, style: Element = {}): Element => ({
	type: 'line',
	silent: true,
	shape: { x1: from.x, y1: from.y, x2: to.x, y2: to.y },
	style: { stroke: INK, lineWidth: 1, ...style }
});

export const circle = ({ x, y }: Point, r: number, style: Element = {}): Element => ({
	type: 'circle',
	silent: true,
	shape: { cx: x, cy: y, r },
	style
});

export const box = (from: Point, to: Point, style: Element, r = 0): Element => ({
	type: 'rect',
	silent: true,
	shape: { x: from.x, y: from.y, width: to.x - from.x, height: to.y - from.y, r },
	style
});

/** 'Mål 50', or what the target is called. */
export function targetLabel(figure: FigureData, locale: Locale): string {
	const { target } = figure.spec;
	if (!target) return '';
	const value = formatNumber(target.value, locale);
	return `${target.label || m.chart_target({}, { locale })} ${value}`;
}

/** The target as a line across bars that lie, with its name above them. */
export function targetAcross(figure: FigureData, layout: Layout, locale: Locale): Element[] {
	const { target } = figure.spec;
	if (!target) return [];
	const x = xAt(layout, target.value);
	const { top, bottom } = layout.plot;
	const words = targetLabel(figure, locale);
	const right = x + textWidth(words) > layout.width;
	return [
		stroke({ x, y: top - 4 }, { x, y: bottom }, { lineWidth: 1.5, lineDash: [5, 3] }),
		text(right ? x + 1 : x - 1, top - 12, words, {
			fill: INK,
			fontWeight: 600,
			align: right ? 'right' : 'left'
		})
	];
}

export const nearest = <T>(items: readonly T[], distance: (item: T, index: number) => number) => {
	let best: T | undefined;
	let least = Infinity;
	for (const [i, item] of items.entries()) {
		const d = distance(item, i);
		if (best === undefined || d < least) [best, least] = [item, d];
	}
	return best;
};
