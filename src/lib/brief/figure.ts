import { z } from 'zod';
import type { FigureSpec } from '../chart/figure.ts';
import type { CubeShape } from '../data/cube.ts';

/** What a figure may show of a cube. The spec is stored; the cells are read from its pinned version. */

export const KINDS = ['line', 'bar', 'table', 'number'] as const;

export const specSchema = z.object({
	kind: z.enum(KINDS),
	measure: z.string().min(1, 'brief.no_measure'),
	/** Dimension key → categories read; a dimension not named is read whole. */
	where: z.record(z.string(), z.array(z.string()).min(1)).default({}),
	/** The dimension along the axis, or down the table. */
	x: z.string().min(1, 'brief.no_axis'),
	/** The dimension drawn as several series, or across the table. */
	series: z.string().optional(),
	sort: z.enum(['value', 'given']).optional(),
	highlight: z.array(z.string()).optional()
});

/** A figure of more cells than this says nothing to anyone. */
export const MOST_CELLS = 400;

/** Why a spec cannot be drawn from this shape, as a code; null when it can. */
export function specProblem(spec: FigureSpec, shape: CubeShape): string | null {
	const dimension = (key: string) => shape.dimensions.find((one) => one.key === key);
	if (!shape.measures.some(({ key }) => key === spec.measure)) return 'brief.no_measure';
	if (!dimension(spec.x)) return 'brief.no_axis';
	if (spec.series && (spec.series === spec.x || !dimension(spec.series))) return 'brief.no_series';
	for (const [key, codes] of Object.entries(spec.where))
		if (!codes.every((code) => dimension(key)?.categories.some((one) => one.code === code)))
			return 'brief.no_such_category';
	let cells = 1;
	for (const { key, categories } of shape.dimensions) {
		const read = spec.where[key]?.length ?? categories.length;
		// What is neither along the axis nor a series is one category, or the figure would add apples to pears.
		if (key !== spec.x && key !== spec.series && read !== 1) return 'brief.dimension_left_open';
		if (spec.kind === 'number' && read !== 1) return 'brief.number_is_one_cell';
		cells *= read;
	}
	return cells > MOST_CELLS ? 'brief.figure_too_large' : null;
}

/** A first figure of a cube: over time where there is one, else its first dimension; the rest held at their first category. */
export function proposal(shape: CubeShape, measure?: string): FigureSpec {
	const time = shape.dimensions.find(({ role }) => role === 'time');
	const x = time ?? longest(shape);
	const others = shape.dimensions.filter((one) => one !== x);
	const series = others.find(({ categories }) => categories.length > 1 && categories.length <= 8);
	return {
		kind: time ? 'line' : 'bar',
		measure: measure ?? shape.measures[0]?.key ?? '',
		where: Object.fromEntries(
			others
				.filter((one) => one !== series)
				.map(({ key, categories }) => [key, [categories[0]!.code]])
		),
		x: x?.key ?? '',
		...(series ? { series: series.key } : {}),
		...(time ? {} : { sort: 'value' as const })
	};
}

const longest = (shape: CubeShape) =>
	shape.dimensions.toSorted((a, b) => b.categories.length - a.categories.length)[0];
