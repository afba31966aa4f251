import type { z } from 'zod';
import type { Citation } from '#lib/data/citation.ts';
import type { Category, CellStatus, Coordinates, Dimension, Measure } from '#lib/data/cube.ts';
import type { Formula } from '#lib/data/derive.ts';
import type { Said } from '#lib/data/indicator.ts';
import type { Outline, OutlineArea } from '#lib/data/outline.ts';
import type { Target } from '#lib/data/target.ts';
import { ownPlace, SIDE, sideOf, type Coupled } from './coupled.ts';
import type { figureSpecSchema } from './figure-input.ts';

/** A figure: some cells of one version, how they are to be seen, and where they come from. */

export const KINDS = [
	'line',
	'bar',
	'stacked',
	'range',
	'map',
	'panels',
	'table',
	'number',
	/** Of a coupling only: two panels on one axis; the one across and the other up. */
	'beside',
	'scatter'
] as const;
export type FigureKind = (typeof KINDS)[number];

export type FigureSpec = z.infer<typeof figureSpecSchema>;

export type FigureCell = {
	coordinates: Coordinates;
	value: number | null;
	status: CellStatus;
	/** The source's mark on it. */
	sign?: string;
};

/** The outlines of a map, with the category each shows; null: an area the figures say nothing of. */
export type FigureMap = Omit<Outline, 'areas'> & {
	areas: (OutlineArea & { category: string | null })[];
	/** Codes of categories that no outline stands for. */
	unplaced: string[];
};

export type FigureData = {
	id: string;
	title: string;
	/** Why it is relevant to the question (B2); empty shows as missing. */
	why: string;
	/** The algorithm its numbers are the result of, when they are not counted (B7). */
	algorithm?: string | null;
	spec: FigureSpec;
	/** The cube's dimensions in its order, each with the categories shown. */
	dimensions: Dimension[];
	measure: Measure;
	/** One for each combination of the categories shown; a cell that is not there is missing. */
	cells: FigureCell[];
	citation: Citation;
	/** The source's marks on its cells, with what the file says they mean ('' where it does not say). */
	signs?: Record<string, string>;
	/** Where the series changes meaning (D4). */
	breaks: { period: string; reason: string }[];
	/** For a map. */
	map?: FigureMap;
	/** The same cells in an edition before, to be seen beside those that it said otherwise (D2). */
	earlier?: { number: number; cells: FigureCell[] };
	/** Values its axis must hold besides its own: those of the charts beside it. */
	scale?: number[];
	/** A derived measure: how it is worked out, of what, why, and whether it has since been ended (D11). */
	derived?: Worked;
	/** What is said of its indicator: what a value means there (D8). */
	indicator?: Meant;
	/** Two datasets side by side; `measure` and `citation` are then the first's. */
	coupled?: Coupled;
	/** It stands there for comparison with another. */
	pale?: boolean;
};

export type Worked = {
	formula: Formula;
	/** What its parts are called. */
	of: { key: string; label: string }[];
	reason: string;
	ended: boolean;
};

export type Meant = Pick<Said, 'direction' | 'meaning' | 'greenAt' | 'redAt'> & {
	/** A count shown beside a mean, in the same places. */
	threshold: { label: string; decimals: number; cells: FigureCell[] } | null;
	/** Taken over others than those it is about. */
	mismatch: { population: string; denominator: string; reason: string | null } | null;
};

/** A figure laid out as rows (along x) and columns (series; one nameless when there is none). */
export type Grid = {
	x: Dimension;
	series: Dimension | null;
	rows: Category[];
	columns: (Category | null)[];
	at: (row: Category, column: Category | null) => FigureCell;
	/** What holds for the whole figure: '2018'. */
	fixed: { dimension: Dimension; category: Category }[];
};

/** A figure never changes, and everything that draws it asks for its grid. */
const grids = new WeakMap<FigureData, Grid>();

export function gridOf(figure: FigureData): Grid {
	const known = grids.get(figure) ?? laidOut(figure);
	grids.set(figure, known);
	return known;
}

function laidOut(figure: FigureData): Grid {
	const { spec, dimensions } = figure;
	const x = dimensions.find(({ key }) => key === spec.x) ?? dimensions[0] ?? NOTHING;
	const series = dimensions.find(({ key }) => key === spec.series && key !== x.key) ?? null;
	const fixed = dimensions
		.filter((dimension) => dimension !== x && dimension !== series && dimension.categories[0])
		.map((dimension) => ({ dimension, category: dimension.categories[0]! }));
	const base = Object.fromEntries(
		fixed.map(({ dimension, category }) => [dimension.key, category.code])
	);
	const known = new Map(figure.cells.map((cell) => [place(dimensions, cell.coordinates), cell]));
	const at = (row: Category, column: Category | null): FigureCell => {
		const coordinates = {
			...base,
			...(x === NOTHING ? {} : { [x.key]: row.code }),
			...(series && column ? { [series.key]: column.code } : {})
		};
		return known.get(place(dimensions, coordinates)) ?? { coordinates, value: null, status: 'm' };
	};
	const columns = series?.categories ?? [null];
	return { x, series, rows: sorted(x, columns, at, spec), columns, at, fixed };
}

export function cellTarget(figure: FigureData, { coordinates }: FigureCell): Target {
	const { coupled, measure } = figure;
	return coupled
		? { kind: 'cell', ...ownPlace(coupled, coordinates) }
		: { kind: 'cell', measure: measure.key, coordinates };
}

/** The measure a cell is of: of a coupling its side's. */
export const measureAt = ({ coupled, measure }: FigureData, coordinates: Coordinates): Measure =>
	coupled ? sideOf(coupled, coordinates).measure : measure;

/** What a row's or column's heading stands for: a period, or a series with what else is held fixed. */
export function headTarget(figure: FigureData, of: Dimension, { code }: Category): Target {
	const measure = figure.measure.key;
	const { coupled } = figure;
	if (coupled) {
		const side = of.key === SIDE ? code : '0';
		const fixed = gridOf(figure).fixed.map((f) => [f.dimension.key, f.category.code]);
		const at = of.key === SIDE ? {} : { [of.key]: code };
		const place = { ...(of.role === 'time' ? {} : Object.fromEntries(fixed)), ...at, [SIDE]: side };
		const own = ownPlace(coupled, place, of.role !== 'time');
		return { kind: of.role === 'time' ? 'period' : 'series', ...own };
	}
	if (of.role === 'time') return { kind: 'period', measure, coordinates: { [of.key]: code } };
	const fixed = gridOf(figure).fixed.filter(({ dimension }) => dimension.role !== 'time');
	return {
		kind: 'series',
		measure,
		coordinates: {
			...Object.fromEntries(fixed.map((f) => [f.dimension.key, f.category.code])),
			[of.key]: code
		}
	};
}

/** What the edition before said of a cell, where it said otherwise; null where it said the same or nothing. */
export function saidBefore({ earlier, dimensions }: FigureData, now: FigureCell) {
	if (!earlier) return null;
	const at = place(dimensions, now.coordinates);
	const before = earlier.cells.find((cell) => place(dimensions, cell.coordinates) === at);
	if (!before || (before.value === now.value && before.status === now.status)) return null;
	return before;
}

/** Breaks between periods the figure shows: numbers on either side cannot be held against each other. */
export function breaksIn(figure: FigureData) {
	const periods = figure.dimensions.find(({ role }) => role === 'time')?.categories ?? [];
	return figure.breaks.flatMap(({ period, reason }) => {
		const at = periods.findIndex(({ code }) => code === period);
		return at > 0 ? [{ period, reason, label: periods[at]!.label }] : [];
	});
}

/** Is this one of those to be seen first? Without any, all are. */
export function stands(figure: FigureData, ...codes: (string | undefined)[]): boolean {
	const { highlight } = figure.spec;
	if (figure.pale) return false;
	return !highlight?.length || codes.some((code) => code !== undefined && highlight.includes(code));
}

/** A table of one measure may lack dimensions altogether. */
const NOTHING: Dimension = {
	key: '',
	label: '',
	role: 'category',
	categories: [{ code: '', label: '' }]
};

const place = (dimensions: Dimension[], coordinates: Coordinates) =>
	dimensions.map(({ key }) => encodeURIComponent(coordinates[key] ?? '')).join('/');

/** Values first, largest first; what is suppressed or missing after them, never placed by its size. */
function sorted(
	x: Dimension,
	columns: (Category | null)[],
	at: Grid['at'],
	{ sort, kind }: FigureSpec
): Category[] {
	if (sort !== 'value' || x.role === 'time' || kind === 'line') return x.categories;
	const first = (row: Category) => at(row, columns[0] ?? null).value ?? -Infinity;
	const whole = (row: Category) =>
		columns.reduce((sum, column) => sum + (at(row, column).value ?? 0), 0);
	const size = kind === 'stacked' ? whole : first;
	return x.categories.toSorted((a, b) => Math.sign(size(b) - size(a)) || 0);
}
