import { formatNumber, type Locale } from '#lib/base/format.ts';
import type { Target } from '#lib/data/target.ts';
import { axis, type Axis } from './axis.ts';
import { placedAt } from './bars.ts';
import { placeIn, sideWords } from './coupled.ts';
import { circle, INK, nearest, SOFT, stroke, text } from './drawing.ts';
import type { ChartOption, Drawing, Element, Layout, Point } from './drawing.ts';
import { cellTarget, gridOf, headTarget, stands, type FigureData } from './figure.ts';
import { shorten, textWidth } from './text.ts';

/**
 * Two measures as points: the first across, the second up. A place lacking one of them is no point and stands in the
 * table. No line is drawn through them: that they go together is for the reader to see, and says not why.
 */
export const scatter: Drawing = { layout, option, mark, spot, hit };

const AXIS = 46;
const HEAD = 26;
const LABEL = 12;

export type Dot = { row: number; x: number; y: number; label: string; seen: boolean };

const scale = (figure: FigureData, side: 0 | 1): Axis => {
	const { columns } = gridOf(figure);
	const values = pairsOf(figure).map((pair) => pair.values[side]);
	const measure = figure.coupled?.sides[side].measure ?? figure.measure;
	return axis(columns.length > 1 ? values : [], measure.additive);
};

/** Rows that both sides say something of. */
export function pairsOf(figure: FigureData): { row: number; values: [number, number] }[] {
	const { rows, columns, at } = gridOf(figure);
	return rows.flatMap((row, place) => {
		const [first, second] = [0, 1].map((side) => at(row, columns[side] ?? null).value);
		return first == null || second == null ? [] : [{ row: place, values: [first, second] }];
	});
}

function layout(figure: FigureData, locale: Locale, width: number): Layout {
	const { ticks } = scale(figure, 1);
	const left = Math.max(...ticks.map((tick) => textWidth(formatNumber(tick, locale)))) + 12;
	const plain = width > 500 ? 330 : 270;
	const { from, to } = scale(figure, 0);
	return {
		width,
		height: plain,
		plot: { left, top: HEAD, right: width - 22, bottom: plain - AXIS },
		from,
		to,
		ticks,
		every: 1,
		names: 0
	};
}

export function dotsOf(figure: FigureData, layout: Layout): Dot[] {
	const { rows } = gridOf(figure);
	const [across, up] = [scale(figure, 0), scale(figure, 1)];
	const { left, right, top, bottom } = layout.plot;
	return pairsOf(figure).map(({ row, values: [first, second] }) => ({
		row,
		label: rows[row]!.label,
		seen: stands(figure, rows[row]!.code),
		x: left + ((first - across.from) / (across.to - across.from)) * (right - left),
		y: bottom - ((second - up.from) / (up.to - up.from)) * (bottom - top)
	}));
}

function option(figure: FigureData, layout: Layout, locale: Locale): ChartOption {
	const dots = dotsOf(figure, layout);
	return {
		xAxis: { type: 'value', show: false, min: 0, max: 1 },
		yAxis: { type: 'value', show: false, min: 0, max: 1 },
		series: [],
		graphic: [
			...axes(figure, layout, locale),
			...dots.map(({ x, y, seen }) =>
				circle({ x, y }, 5, {
					fill: seen ? 'var(--c1)' : 'var(--pale)',
					stroke: 'var(--paper)',
					lineWidth: 1.2
				})
			),
			...named(dots, layout).map(({ x, y, words, align }) =>
				text(x, y, words, { fontSize: LABEL, fill: INK, align })
			)
		]
	};
}

function axes(figure: FigureData, { plot, width, height }: Layout, locale: Locale): Element[] {
	const { left, right, top, bottom } = plot;
	const [across, up] = [scale(figure, 0), scale(figure, 1)];
	const words = ([0, 1] as const).map((side) =>
		figure.coupled ? sideWords(figure.coupled.sides[side]) : ''
	);
	const line = { stroke: 'var(--line)' };
	const room = (right - left) / Math.max(1, across.ticks.length - 1);
	const widest = Math.max(...across.ticks.map((tick) => textWidth(formatNumber(tick, locale)))) + 8;
	const every = Math.max(1, Math.ceil(widest / room));
	return [
		...up.ticks.flatMap((tick) => {
			const y = bottom - ((tick - up.from) / (up.to - up.from)) * (bottom - top);
			return [
				stroke({ x: left, y }, { x: right, y }, line),
				text(left - 8, y, formatNumber(tick, locale), { align: 'right' })
			];
		}),
		...across.ticks.flatMap((tick, i) => {
			const x = left + ((tick - across.from) / (across.to - across.from)) * (right - left);
			return [
				stroke({ x, y: top }, { x, y: bottom }, line),
				...(i % every === 0
					? [text(x, bottom + 14, formatNumber(tick, locale), { align: 'center' })]
					: [])
			];
		}),
		text(0, top - 15, `↑ ${shorten(words[1]!, width - 20)}`, { fill: SOFT, fontWeight: 600 }),
		text(right, height - 9, `${shorten(words[0]!, width - 40)} →`, {
			fill: SOFT,
			fontWeight: 600,
			align: 'right'
		})
	];
}

type Named = { x: number; y: number; words: string; align: 'left' | 'right' };

/** Names beside their points, those to be seen first first; one that would cover a point or a name is left out. */
export function named(dots: Dot[], { plot }: Layout): Named[] {
	type Box = { left: number; right: number; top: number; bottom: number };
	const taken: Box[] = dots.map(({ x, y }) => ({
		left: x - 5,
		right: x + 5,
		top: y - 5,
		bottom: y + 5
	}));
	const apart = (a: Box) =>
		taken.every(
			(b) => a.right < b.left || a.left > b.right || a.bottom < b.top || a.top > b.bottom
		);
	const found: Named[] = [];
	for (const dot of dots.toSorted((a, b) => Number(b.seen) - Number(a.seen))) {
		const words = shorten(dot.label, 120, LABEL);
		const width = textWidth(words, LABEL);
		for (const align of ['left', 'right'] as const) {
			const x = align === 'left' ? dot.x + 9 : dot.x - 9;
			const left = align === 'left' ? x : x - width;
			const box = { left, right: left + width, top: dot.y - 7, bottom: dot.y + 7 };
			if (left < plot.left + 2 || box.right > plot.right + 20 || !apart(box)) continue;
			taken.push(box);
			found.push({ x, y: dot.y, words, align });
			break;
		}
	}
	return found;
}

function spot(figure: FigureData, layout: Layout, row: number): Point {
	const dot = dotsOf(figure, layout).find((one) => one.row === row);
	return dot ?? { x: layout.plot.left, y: layout.plot.bottom };
}

function mark(figure: FigureData, layout: Layout, target: Target): Point | null {
	const at = figure.coupled && placeIn(figure.coupled, target);
	if (!at) return null;
	const { row, column } = placedAt(gridOf(figure), at);
	const dot = dotsOf(figure, layout).find((one) => one.row === row);
	if (dot) return { x: dot.x, y: Math.max(9, dot.y - 14) };
	if (row >= 0 || column < 0) return null;
	return column === 0
		? { x: layout.width - 9, y: layout.height - 26 }
		: { x: layout.width - 9, y: layout.plot.top - 15 };
}

function hit(figure: FigureData, layout: Layout, x: number, y: number): Target | null {
	const grid = gridOf(figure);
	const { plot } = layout;
	if (grid.series && y < plot.top - 6) return headTarget(figure, grid.series, grid.columns[1]!);
	if (grid.series && y > plot.bottom + 24) return headTarget(figure, grid.series, grid.columns[0]!);
	const far = (dot: Dot) => Math.hypot(dot.x - x, dot.y - y);
	const dot = nearest(dotsOf(figure, layout), far);
	if (!dot || far(dot) > 24) return null;
	return cellTarget(figure, grid.at(grid.rows[dot.row]!, grid.columns[0]!));
}
