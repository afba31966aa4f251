import type { BarSeriesOption, LineSeriesOption } from 'echarts/charts';
import type { GraphicComponentOption, GridComponentOption } from 'echarts/components';
import type { ComposeOption } from 'echarts/core';
import type { Locale } from '#lib/base/format.ts';
import type { Target } from '#lib/data/target.ts';
import type { FigureData } from './figure.ts';
import { levelsOf } from './levels.ts';
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
/** Words that lie on lines of the grid are read on a hem of the page's colour. */
export const HEM = { stroke: 'var(--paper)', lineWidth: 3 };

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
	return figure.spec.target ? (levelsOf(figure, locale)[0]?.label ?? '') : '';
}

const LEVEL = 17;

/** Room above lying bars for what each line across them is called: a row for each. */
export const levelsRoom = (figure: FigureData, locale: Locale): number => {
	const { length } = levelsOf(figure, locale);
	return length === 0 ? 0 : length * LEVEL + 3;
};

/** What bars that lie are held against: lines across them, their names above each other over the plot. */
export function levelsAcross(figure: FigureData, layout: Layout, locale: Locale): Element[] {
	const { top, bottom } = layout.plot;
	const levels = levelsOf(figure, locale).toSorted((a, b) => b.value - a.value);
	return levels.flatMap(({ value, label, colour, dash }, row) => {
		const x = xAt(layout, value);
		const y = top - 12 - row * LEVEL;
		const right = x + textWidth(label) > layout.width;
		return [
			stroke({ x, y: y + 8 }, { x, y: bottom }, { stroke: colour, lineWidth: 1.5, lineDash: dash }),
			text(right ? x + 1 : x - 1, y, label, {
				fill: INK,
				fontWeight: 600,
				align: right ? 'right' : 'left'
			})
		];
	});
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
