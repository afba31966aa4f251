import type { Locale } from '#lib/base/format.ts';
import type { Target } from '#lib/data/target.ts';
import { bars } from './bars.ts';
import { beside } from './beside.ts';
import type { ChartOption, Drawing, Layout, Point } from './drawing.ts';
import type { FigureData, FigureKind } from './figure.ts';
import { lines } from './lines.ts';
import { ranges } from './ranges.ts';
import { scatter } from './scatter.ts';
import { stacked } from './stacked.ts';
import { FONT } from './text.ts';

/**
 * Where everything in a chart stands, in the units of its view box. ECharts draws to it, numbered marks
 * are put by it, and a press is read by it, so the drawing on the server is all a reader needs.
 */

/** The page shows the wide drawing, a phone the narrow one; neither is scaled until it cannot be read. */
export const WIDTHS = { wide: 660, narrow: 340 } as const;
/** One of several small charts beside each other. */
export const PANEL = 250;

/** What is drawn as a chart with axes; the others are HTML, or outlines. */
const DRAWINGS: Partial<Record<FigureKind, Drawing>> = {
	line: lines,
	bar: bars,
	stacked,
	range: ranges,
	beside,
	scatter
};
const drawingOf = ({ spec }: FigureData): Drawing => DRAWINGS[spec.kind] ?? bars;

export const layoutOf = (figure: FigureData, locale: Locale, width: number): Layout =>
	drawingOf(figure).layout(figure, locale, width);

/** Where a target's numbered mark stands; null when the chart does not show it. */
export const markAt = (
	figure: FigureData,
	layout: Layout,
	target: Target,
	locale: Locale
): Point | null => drawingOf(figure).mark(figure, layout, target, locale);

/** Where the cell in this row and column of the grid is drawn. */
export const spotOf = (
	figure: FigureData,
	layout: Layout,
	row: number,
	column: number,
	locale: Locale
): Point => drawingOf(figure).spot(figure, layout, row, column, locale);

/** What was pressed at a point of the view box, or null for nothing. */
export const hit = (
	figure: FigureData,
	layout: Layout,
	x: number,
	y: number,
	locale: Locale
): Target | null => drawingOf(figure).hit(figure, layout, x, y, locale);

/** A figure as an ECharts option: pure, and for a given layout always the same. Colours are CSS variables. */
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
			containLabel: false,
			// Everything else stands by this layout: ECharts must not move its axes by its own guess of how wide names are.
			outerBoundsMode: 'none'
		},
		...drawingOf(figure).option(figure, layout, locale)
	};
}
