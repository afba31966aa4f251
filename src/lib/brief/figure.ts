import { KINDS, type FigureKind, type FigureSpec } from '../chart/figure.ts';
import type { CubeShape, Dimension, Measure } from '../data/cube.ts';

/** What a figure may show of a cube. The spec is stored; the cells are read from its pinned version. */
export { KINDS };

/** A figure of more cells than this says nothing to anyone; the others of a range are told as one. */
export const MOST_CELLS = 400;
const MOST: Partial<Record<FigureKind, number>> = { range: 2_000, map: 1_000, panels: 800 };
/** More lines, or parts of a bar, than this cannot be told apart. */
const MOST_LINES = 8;
const MOST_PARTS = 6;
const MOST_PANELS = 24;
/** Rows of one's own against the others, by default: the latest periods. */
const LATEST = 8;

/** Outlines that stand for a dimension of the cube (data/outlines.server.ts). */
export type MapChoice = { id: string; title: string; dimension: string };

/** Why a spec cannot be drawn from this shape, as a code; null when it can. */
export function specProblem(spec: FigureSpec, shape: CubeShape): string | null {
	const dimension = (key: string) => shape.dimensions.find((one) => one.key === key);
	const measure = shape.measures.find(({ key }) => key === spec.measure);
	if (!measure) return 'brief.no_measure';
	if (!dimension(spec.x)) return 'brief.no_axis';
	if (spec.kind === 'line' && dimension(spec.x)?.role !== 'time') return 'brief.line_needs_time';
	if (spec.series && (spec.series === spec.x || !dimension(spec.series))) return 'brief.no_series';
	for (const [key, codes] of Object.entries(spec.where))
		if (!codes.every((code) => dimension(key)?.categories.some((one) => one.code === code)))
			return 'brief.no_such_category';
	const read = (one: Dimension) => spec.where[one.key]?.length ?? one.categories.length;
	let cells = 1;
	for (const one of shape.dimensions) {
		// What is neither along the axis nor a series is one category, or the figure would add apples to pears.
		if (one.key !== spec.x && one.key !== spec.series && read(one) !== 1)
			return 'brief.dimension_left_open';
		// A big number is one cell; over time it is the last, held against the one before.
		if (spec.kind === 'number' && read(one) !== 1 && (one.role !== 'time' || one.key !== spec.x))
			return 'brief.number_is_one_cell';
		cells *= read(one);
	}
	if (cells > (MOST[spec.kind] ?? MOST_CELLS)) return 'brief.figure_too_large';
	return kindProblem(spec, measure, read(dimension(spec.series ?? '') ?? ONE));
}

const ONE: Dimension = {
	key: '',
	label: '',
	role: 'category',
	categories: [{ code: '', label: '' }]
};

/** What the kinds ask for beyond what all do. `parts`: how many series there are. */
function kindProblem(spec: FigureSpec, measure: Measure, parts: number): string | null {
	switch (spec.kind) {
		case 'stacked':
			if (!stacks(measure)) return 'brief.stack_not_additive';
			return spec.series && parts <= MOST_PARTS ? null : 'brief.stack_needs_parts';
		case 'range':
			return spec.series && parts > 1 ? null : 'brief.range_needs_others';
		case 'panels':
			return spec.series && parts <= MOST_PANELS ? null : 'brief.panels_need_series';
		case 'beside':
		case 'scatter':
			return 'brief.coupling_kind';
		case 'map':
			return spec.outline && !spec.series ? null : 'brief.no_outline';
		default:
			return null;
	}
}

/** Counts and amounts make a whole, and so may shares of one; means do not. */
const stacks = ({ additive, unit, label }: Measure) =>
	additive || /%|pct|procent|percent/i.test(`${unit} ${label}`);

/**
 * A first figure of a cube, by its shape: over time where the lines can be told apart; areas that outlines stand
 * for as a map; else the longest dimension as bars by size. What is on no axis is held at one category.
 */
export function proposal(
	shape: CubeShape,
	measure?: string,
	kind?: FigureKind,
	maps: MapChoice[] = []
): FigureSpec {
	const known = shape.measures.find(({ key }) => key === measure) ?? shape.measures[0];
	const kinds = kindsOf(shape, maps, known);
	const chosen = kind && kinds.includes(kind) ? kind : firstKind(shape, kinds);
	const { x, series } = axesOf(shape, chosen, maps);
	return build(shape, {
		kind: chosen,
		measure: known?.key ?? '',
		x: x?.key ?? '',
		series: series === x ? undefined : series?.key,
		sort: chosen === 'bar' && x?.role !== 'time' ? 'value' : undefined,
		outline: chosen === 'map' ? maps[0]?.id : undefined
	});
}

function firstKind(shape: CubeShape, kinds: FigureKind[]): FigureKind {
	const others = wideOf(shape);
	const few = others.some(({ categories }) => categories.length <= MOST_LINES);
	if (timeOf(shape) && (few || others.length === 0)) return 'line';
	return kinds.includes('map') ? 'map' : 'bar';
}

/** What stands along the axis and what makes the series, for a figure of this kind. */
function axesOf(shape: CubeShape, kind: FigureKind, maps: MapChoice[]) {
	const time = timeOf(shape);
	const others = wideOf(shape);
	const [longest] = others;
	const few = others.find(({ categories }) => categories.length <= MOST_LINES);
	const parts =
		others.findLast(({ categories }) => categories.length <= MOST_PARTS) ?? others.at(-1);
	const peers = others.find(({ role }) => role === 'area') ?? longest;
	const any = shape.dimensions[0];
	const rest = (...taken: (Dimension | undefined)[]) =>
		[time, ...others, ...shape.dimensions].find((one) => one && !taken.includes(one));
	switch (kind) {
		case 'line':
			return { x: time ?? any, series: few };
		case 'number':
			return { x: time ?? longest ?? any, series: undefined };
		case 'table':
			return { x: longest ?? time ?? any, series: longest ? time : undefined };
		case 'stacked':
			return { x: rest(parts), series: parts };
		case 'range':
			return { x: rest(peers), series: peers };
		case 'panels':
			return { x: time ?? rest(longest), series: longest };
		case 'map': {
			const areas = shape.dimensions.find(({ key }) => key === maps[0]?.dimension);
			return { x: areas ?? longest ?? any, series: undefined };
		}
		default:
			return { x: longest ?? time ?? any, series: undefined };
	}
}

/**
 * The kinds a cube can be shown as. A line is a development: between places or groups it would draw what is not there.
 * Parts, others and small figures need a second dimension; a map, outlines.
 */
export function kindsOf(
	shape: CubeShape,
	maps: MapChoice[] = [],
	measure: Measure | undefined = shape.measures[0]
): FigureKind[] {
	const others = wideOf(shape);
	const second = shape.dimensions.length > 1 && others.length > 0;
	const fits: Partial<Record<FigureKind, boolean>> = {
		line: timeOf(shape) !== undefined,
		stacked: second && measure !== undefined && stacks(measure),
		range: second,
		panels: second,
		map: maps.length > 0,
		beside: false,
		scatter: false
	};
	return KINDS.filter((kind) => fits[kind] ?? true);
}

const timeOf = ({ dimensions }: CubeShape) =>
	dimensions.find(({ role, categories }) => role === 'time' && categories.length > 1);

/** Dimensions with more than one category, but time; longest first. */
const wideOf = (shape: CubeShape) =>
	shape.dimensions
		.filter((one) => one !== timeOf(shape) && one.categories.length > 1)
		.toSorted((a, b) => b.categories.length - a.categories.length);

export type Plan = Omit<FigureSpec, 'where'>;
export type Picked = { hold: string | null; only: string[] };

/** A whole spec of what was chosen: what is on no axis is held at one category. */
export function build(shape: CubeShape, plan: Plan, picked?: (key: string) => Picked): FigureSpec {
	const where: Record<string, string[]> = {};
	const axes = [plan.x, plan.series];
	for (const dimension of shape.dimensions) {
		const { hold = null, only = [] } = picked?.(dimension.key) ?? {};
		const whole = axes.includes(dimension.key);
		const one = plan.kind === 'number' && dimension.role !== 'time';
		if (whole && !one) {
			const codes = shownOf(dimension, plan, known(dimension, only));
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
		...(highlight.length > 0 ? { highlight } : {}),
		...(plan.target ? { target: plan.target } : {}),
		...(plan.trend ? { trend: true } : {}),
		...(plan.outline ? { outline: plan.outline } : {})
	};
}

/** What of a dimension is shown: what was picked, and of more than the kind can show the first, or the latest. */
function shownOf(dimension: Dimension, { kind, series }: Plan, picked: string[]): string[] {
	const all = dimension.categories.map(({ code }) => code);
	const codes = picked.length > 0 ? picked : all;
	if (dimension.key === series) {
		if (kind === 'stacked') return codes.slice(0, MOST_PARTS);
		if (kind === 'panels') return codes.slice(0, MOST_PANELS);
		// One alone has no others to be held against.
		return kind === 'range' && picked.length === 1 ? [] : picked;
	}
	const long = kind === 'range' && picked.length === 0 && dimension.role === 'time';
	return long ? all.slice(-LATEST) : picked;
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
