import { m } from '#paraglide/messages.js';
import { formatNumber, type Locale } from '#lib/base/format.ts';
import type { Target } from '#lib/data/target.ts';
import { breakLines, nameAxis, namesOf, placed, topOf } from './bars.ts';
import { INK, levelsAcross, SOFT, text, xAt } from './drawing.ts';
import type { ChartOption, Drawing, Layout, Point } from './drawing.ts';
import { cellTarget, gridOf, headTarget, type FigureData } from './figure.ts';
import { styleOf } from './style.ts';
import { FONT, textWidth } from './text.ts';
import { cellWords } from './words.ts';

/** Bars whose parts stand one after the other: the whole, and what it is made of. */
export const stacked: Drawing = { layout, option, mark, spot, hit };

const BAR = 18;
const ROW = 28;
const MARK = 26;

type Segment = { from: number; to: number };

/** Where each part of a row begins and ends; parts below 0 go the other way. A part not shown has no width. */
export function segmentsOf(figure: FigureData, row: number): Segment[] {
	const { rows, columns, at } = gridOf(figure);
	const ends = { above: 0, below: 0 };
	return columns.map((column) => {
		const value = at(rows[row]!, column).value ?? 0;
		const side = value < 0 ? 'below' : 'above';
		const from = ends[side];
		ends[side] += value;
		return { from, to: ends[side] };
	});
}

/** What stands after a row: the whole, or that a part of it is not known. */
export function wholeWords(figure: FigureData, row: number, locale: Locale): string {
	const { rows, columns, at } = gridOf(figure);
	const cells = columns.map((column) => at(rows[row]!, column));
	const known = cells.flatMap(({ value }) => value ?? []);
	const sum = formatNumber(
		known.reduce((all, value) => all + value, 0),
		locale,
		{ decimals: figure.measure.decimals }
	);
	if (known.length === cells.length) return sum;
	const suppressed = cells.some(({ status }) => status === 's');
	const rest = (suppressed ? m.chart_suppressed_short : m.chart_missing_short)({}, { locale });
	return known.length === 0 ? rest : `${sum} + ${rest}`;
}

function layout(figure: FigureData, locale: Locale, width: number): Layout {
	const grid = gridOf(figure);
	const names = namesOf(grid, width);
	const whole = grid.rows.map((_, i) => wholeWords(figure, i, locale));
	const ends = grid.rows.flatMap((_, i) =>
		segmentsOf(figure, i).flatMap(({ from, to }) => [from, to])
	);
	const target = figure.spec.target ? [figure.spec.target.value] : [];
	const from = Math.min(0, ...ends, ...target);
	const to = Math.max(0, ...ends, ...target);
	const top = topOf(figure, locale);
	const height = top + grid.rows.length * ROW + 4;
	const left = names + 10;
	const words = Math.max(0, ...whole.map((one) => textWidth(one) + 8));
	return {
		width,
		height,
		plot: { left, top, right: Math.max(left + 40, width - words - MARK), bottom: height - 4 },
		from,
		to: to === from ? from + 1 : to,
		ticks: [],
		every: 1,
		names
	};
}

function option(figure: FigureData, layout: Layout, locale: Locale): ChartOption {
	const { rows, columns, at } = gridOf(figure);
	const segments = rows.map((_, i) => segmentsOf(figure, i));
	return {
		xAxis: { type: 'value', min: layout.from, max: layout.to, show: false },
		yAxis: nameAxis(figure, layout),
		series: columns.map((column, i) => ({
			type: 'bar' as const,
			stack: 'all',
			name: column?.label,
			barWidth: BAR,
			silent: true,
			clip: false,
			emphasis: { disabled: true },
			itemStyle: {
				color: styleOf(figure, i).colour,
				borderColor: 'var(--paper)',
				borderWidth: 1
			},
			data: rows.map((row, r) => {
				const cell = at(row, column);
				const words = cellWords(cell, figure, locale);
				const { from, to } = segments[r]![i]!;
				const room = Math.abs(xAt(layout, to) - xAt(layout, from));
				const label = {
					show: cell.value !== null && textWidth(words, 12) + 8 <= room,
					position: 'inside' as const,
					formatter: () => words,
					color: 'var(--paper)',
					fontSize: 12,
					fontFamily: 'inherit'
				};
				return { value: cell.value ?? 0, label };
			})
		})),
		graphic: [
			...levelsAcross(figure, layout, locale),
			...breakLines(figure, layout, ROW),
			...rows.map((row, r) => {
				const hidden = columns.some((column) => at(row, column).value === null);
				const end = Math.max(...segments[r]!.map(({ to }) => to), 0);
				return text(xAt(layout, end) + 6, rowY(layout, r), wholeWords(figure, r, locale), {
					fill: hidden ? SOFT : INK,
					fontWeight: hidden ? 400 : 600,
					fontStyle: hidden ? 'italic' : 'normal',
					fontSize: FONT
				});
			})
		]
	};
}

const rowY = ({ plot }: Layout, row: number) => plot.top + row * ROW + ROW / 2;

function spot(figure: FigureData, layout: Layout, row: number, column: number): Point {
	const { from, to } = segmentsOf(figure, row)[column]!;
	return { x: xAt(layout, (from + to) / 2), y: rowY(layout, row) };
}

function mark(figure: FigureData, layout: Layout, target: Target, locale: Locale) {
	const grid = gridOf(figure);
	const { row, column } = placed(grid, target);
	if (row < 0) return null;
	if (target.kind !== 'cell') return { x: 9, y: rowY(layout, row) };
	if (column < 0) return null;
	if (grid.at(grid.rows[row]!, grid.columns[column]!).value !== null) {
		const place = spot(figure, layout, row, column);
		return { ...place, y: place.y - BAR / 2 - 1 };
	}
	const end = Math.max(0, ...segmentsOf(figure, row).map(({ to }) => to));
	const words = textWidth(wholeWords(figure, row, locale));
	return { x: Math.min(layout.width - 9, xAt(layout, end) + words + 18), y: rowY(layout, row) };
}

function hit(figure: FigureData, layout: Layout, x: number, y: number): Target | null {
	const grid = gridOf(figure);
	const at = Math.floor((y - layout.plot.top) / ROW);
	const row = grid.rows[at];
	if (!row || y < layout.plot.top) return null;
	if (x < layout.plot.left - 4) return grid.x.key ? headTarget(figure, grid.x, row) : null;
	const column = segmentsOf(figure, at).findIndex(({ from, to }) => {
		const [one, other] = [xAt(layout, from), xAt(layout, to)];
		return Math.min(one, other) <= x && x < Math.max(one, other);
	});
	// Beyond the parts one sees stands the part that is not shown.
	const hidden = grid.columns.findIndex((c) => grid.at(row, c).value === null);
	const found = column >= 0 ? column : hidden;
	return found < 0 ? null : cellTarget(figure, grid.at(row, grid.columns[found]!));
}
