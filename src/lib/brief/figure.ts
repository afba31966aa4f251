import { figureSpecSchema, KINDS, type FigureKind, type FigureSpec } from '../chart/figure.ts';
import type { CubeShape, Dimension } from '../data/cube.ts';

/** What a figure may show of a cube. The spec is stored; the cells are read from its pinned version. */
export { figureSpecSchema as specSchema, KINDS };

/** A figure of more cells than this says nothing to anyone. */
export const MOST_CELLS = 400;
/** More lines than this cannot be told apart. */
const MOST_LINES = 8;

/** Why a spec cannot be drawn from this shape, as a code; null when it can. */
export function specProblem(spec: FigureSpec, shape: CubeShape): string | null {
	const dimension = (key: string) => shape.dimensions.find((one) => one.key === key);
	if (!shape.measures.some(({ key }) => key === spec.measure)) return 'brief.no_measure';
	if (!dimension(spec.x)) return 'brief.no_axis';
	if (spec.kind === 'line' && dimension(spec.x)?.role !== 'time') return 'brief.line_needs_time';
	if (spec.series && (spec.series === spec.x || !dimension(spec.series))) return 'brief.no_series';
	for (const [key, codes] of Object.entries(spec.where))
		if (!codes.every((code) => dimension(key)?.categories.some((one) => one.code === code)))
			return 'brief.no_such_category';
	let cells = 1;
	for (const { key, categories, role } of shape.dimensions) {
		const read = spec.where[key]?.length ?? categories.length;
		// What is neither along the axis nor a series is one category, or the figure would add apples to pears.
		if (key !== spec.x && key !== spec.series && read !== 1) return 'brief.dimension_left_open';
		// A big number is one cell; over time it is the last, held against the one before.
		if (spec.kind === 'number' && read !== 1 && (role !== 'time' || key !== spec.x))
			return 'brief.number_is_one_cell';
		cells *= read;
	}
	return cells > MOST_CELLS ? 'brief.figure_too_large' : null;
}

/**
 * A first figure of a cube. Over time where the lines can be told apart; else the longest dimension as bars by size, at
 * the latest period. What is on no axis is held at one category.
 */
export function proposal(shape: CubeShape, measure?: string, kind?: FigureKind): FigureSpec {
	const time = timeOf(shape);
	const others = shape.dimensions
		.filter((one) => one !== time && one.categories.length > 1)
		.toSorted((a, b) => b.categories.length - a.categories.length);
	const [longest] = others;
	const few = others.find(({ categories }) => categories.length <= MOST_LINES);
	const chosen: FigureKind =
		kind && kindsOf(shape).includes(kind) ? kind : time && (few || !longest) ? 'line' : 'bar';
	const overTime = chosen === 'line' || chosen === 'number';
	const x = (overTime ? (time ?? longest) : (longest ?? time)) ?? shape.dimensions[0];
	const series =
		chosen === 'line' ? few : chosen === 'table' ? (x === time ? longest : time) : undefined;
	return build(shape, {
		kind: chosen,
		measure: measure ?? shape.measures[0]?.key ?? '',
		x: x?.key ?? '',
		series: series === x ? undefined : series?.key,
		sort: chosen === 'bar' && x?.role !== 'time' ? 'value' : undefined
	});
}

/** A line is a development: between places or groups it would draw what is not there. */
export const kindsOf = (shape: CubeShape): FigureKind[] =>
	KINDS.filter((kind) => kind !== 'line' || timeOf(shape) !== undefined);

const timeOf = ({ dimensions }: CubeShape) =>
	dimensions.find(({ role, categories }) => role === 'time' && categories.length > 1);

/** What the form of a figure says, by field name: GET parameters or form data. */
export type Fields = { get: (name: string) => string | null; getAll: (name: string) => string[] };

/** The kind the form stood at when its axes were chosen. */
export const SHOWN = 'shown';

/** Names of the form's fields that belong to one dimension. */
export const holdField = (key: string) => `hold:${key}`;
export const onlyField = (key: string) => `only:${key}`;

/**
 * The spec a form describes. What it does not say, or says of another dataset, is proposed, so there
 * is always something to draw and a half-filled form never stops anyone.
 */
export function specFrom(fields: Fields, shape: CubeShape): FigureSpec {
	const one = <T extends string>(name: string, allowed: readonly T[]): T | undefined =>
		allowed.find((value) => value === fields.get(name));
	const keys = shape.dimensions.map(({ key }) => key);
	const measure = one(
		'measure',
		shape.measures.map(({ key }) => key)
	);
	const kind = one('kind', kindsOf(shape));
	const proposed = proposal(shape, measure, kind);
	if (!kind) return proposed;
	// Axes chosen for another kind say nothing of this one.
	const same = fields.get(SHOWN) === null || fields.get(SHOWN) === kind;
	const x = (same && kind !== 'line' && one('x', keys)) || proposed.x;
	const series = same && fields.get('series') !== null ? one('series', keys) : proposed.series;
	return build(
		shape,
		{
			kind,
			measure: proposed.measure,
			x,
			series: series === x || kind === 'number' ? undefined : series,
			sort:
				kind === 'bar' ? (one('sort', ['value', 'given'] as const) ?? proposed.sort) : undefined,
			highlight: fields.getAll('highlight')
		},
		(key) => ({ hold: fields.get(holdField(key)), only: fields.getAll(onlyField(key)) })
	);
}

type Plan = Omit<FigureSpec, 'where'>;
type Picked = { hold: string | null; only: string[] };

function build(shape: CubeShape, plan: Plan, picked?: (key: string) => Picked): FigureSpec {
	const where: Record<string, string[]> = {};
	const axes = [plan.x, plan.series];
	for (const dimension of shape.dimensions) {
		const { hold = null, only = [] } = picked?.(dimension.key) ?? {};
		const whole = axes.includes(dimension.key);
		const one = plan.kind === 'number' && dimension.role !== 'time';
		if (whole && !one) {
			const codes = known(dimension, only);
			if (codes.length > 0 && codes.length < dimension.categories.length)
				where[dimension.key] = codes;
		} else if (dimension.categories.length > 0)
			where[dimension.key] = [known(dimension, [hold ?? ''])[0] ?? held(dimension)];
	}
	const axisCodes = shape.dimensions
		.filter(({ key }) => axes.includes(key))
		.flatMap(({ categories }) => categories.map(({ code }) => code));
	const highlight = plan.highlight?.filter((code) => axisCodes.includes(code)) ?? [];
	return {
		kind: plan.kind,
		measure: plan.measure,
		where,
		x: plan.x,
		...(plan.series ? { series: plan.series } : {}),
		...(plan.sort ? { sort: plan.sort } : {}),
		...(highlight.length > 0 ? { highlight } : {})
	};
}

const known = (dimension: Dimension, codes: string[]) =>
	dimension.categories.map(({ code }) => code).filter((code) => codes.includes(code));

/** The latest period; of anything else the first. */
const held = ({ role, categories }: Dimension) => categories.at(role === 'time' ? -1 : 0)!.code;

/**
 * The same figure of a newer version: what it held at the latest period it holds at the latest now;
 * categories that have gone are left out.
 */
export function specOnNewer(spec: FigureSpec, old: CubeShape, newer: CubeShape): FigureSpec {
	const where: Record<string, string[]> = {};
	for (const [key, codes] of Object.entries(spec.where)) {
		const before = old.dimensions.find((one) => one.key === key);
		const now = newer.dimensions.find((one) => one.key === key);
		if (!now) continue;
		const followed =
			now.role === 'time' && codes.length === 1 && codes[0] === before?.categories.at(-1)?.code
				? now.categories.slice(-1).map(({ code }) => code)
				: known(now, codes);
		where[key] = followed.length > 0 ? followed : [held(now)];
	}
	return { ...spec, where };
}
