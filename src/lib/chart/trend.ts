import type { Category } from '../data/cube.ts';
import { gridOf, type FigureData } from './figure.ts';

/** The course of a series as a straight line through the values it has: never beyond them, never across a break. */
export type Trend = {
	/** Rows of the grid it runs from and to. */
	from: number;
	to: number;
	start: number;
	end: number;
	/** What it rises from one period to the next. */
	step: number;
};

/** A line through two points says nothing that they do not. */
const FEWEST = 3;

/** Least squares over the periods since the series last broke; null for too few values. */
export function trendOf(figure: FigureData, column: Category | null): Trend | null {
	const grid = gridOf(figure);
	if (grid.x.role !== 'time') return null;
	const since = Math.max(
		0,
		...figure.breaks.map(({ period }) => grid.rows.findIndex(({ code }) => code === period))
	);
	const points = grid.rows.flatMap((row, at) => {
		const { value } = grid.at(row, column);
		return at >= since && value !== null ? [{ at, value }] : [];
	});
	if (points.length < FEWEST) return null;
	const mean = (of: (point: { at: number; value: number }) => number) =>
		points.reduce((sum, point) => sum + of(point), 0) / points.length;
	const [middle, level] = [mean(({ at }) => at), mean(({ value }) => value)];
	const width = mean(({ at }) => (at - middle) ** 2);
	const step = mean(({ at, value }) => (at - middle) * (value - level)) / width;
	const [from, to] = [points[0]!.at, points.at(-1)!.at];
	const on = (at: number) => level + step * (at - middle);
	return { from, to, start: on(from), end: on(to), step };
}
