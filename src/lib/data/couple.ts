import { z } from 'zod';
import type { Cell, Cube, CubeShape, Dimension, Measure } from './cube.ts';
import { emptyLike, labelOf, positionOf } from './grid.ts';
import { Marks } from './marks.ts';
import { signsOf } from './signs.ts';

/**
 * Two datasets that share area, group or period, side by side (D11). What they share is found by name and
 * code; the rest is held at one category each. The joined result is a cube of its own, so that small numbers
 * are checked on it again. It says that figures go together, never that one causes the other. Pure.
 */

export const partSchema = z.object({
	datasetId: z.uuid('base.required'),
	measure: z.string().min(1, 'base.required').max(200),
	/** A category code for each dimension that is not shared. */
	held: z.record(z.string(), z.string().max(400)).default({})
});
export const couplingSchema = z.object({
	title: z.string().trim().min(1, 'base.required').max(200, 'base.too_long'),
	purpose: z.string().trim().min(1, 'base.required').max(2000, 'base.too_long'),
	legalBasis: z.string().trim().min(1, 'base.required').max(1000, 'base.too_long'),
	/** The first counts some of those the second counts. */
	partOf: z.boolean().default(false),
	parts: z.tuple([partSchema, partSchema])
});
export type Coupling = z.infer<typeof couplingSchema>;

/** A dimension both have, with the categories both have, and what each calls it. */
export type Shared = { dimension: Dimension; keys: [string, string] };

const same = (a: string, b: string) => a.trim().toLowerCase() === b.trim().toLowerCase();

/** What two shapes share: time with time, else the same name; and at least one category. */
export function sharedBy(a: CubeShape, b: CubeShape): Shared[] {
	const taken = new Set<string>();
	return a.dimensions.flatMap((dimension) => {
		const other = b.dimensions.find(
			(one) =>
				!taken.has(one.key) &&
				(dimension.role === 'time'
					? one.role === 'time'
					: one.role !== 'time' && (one.key === dimension.key || same(one.label, dimension.label)))
		);
		const codes = new Set(other?.categories.map(({ code }) => code));
		const categories = dimension.categories.filter(({ code }) => codes.has(code));
		if (!other || categories.length === 0) return [];
		taken.add(other.key);
		return [{ dimension: { ...dimension, categories }, keys: [dimension.key, other.key] }];
	});
}

/** Dimensions of one of the two that the other lacks: each is held at one category. */
export const apart = (shape: CubeShape, shared: Shared[], side: 0 | 1): Dimension[] =>
	shape.dimensions.filter(({ key }) => !shared.some(({ keys }) => keys[side] === key));

export type Side = {
	measure: Measure;
	cell: (coordinates: Record<string, string>) => Cell | undefined;
};

/** The two as one cube: the shared dimensions, and a measure from each. `cell` is asked with shared keys of the first. */
export function joined(shared: Shared[], sides: [Side, Side]): Cube {
	const shape: CubeShape = {
		dimensions: shared.map(({ dimension }) => dimension),
		measures: sides.map(({ measure }, index) => ({ ...measure, key: KEYS[index]! }))
	};
	const cube = emptyLike(shape);
	const marks = cube.cells.map(({ room }) => new Marks(room));
	for (const coordinates of places(shape.dimensions)) {
		const position = positionOf(shape, coordinates)!;
		for (const [index, side] of sides.entries()) {
			const cell = side.cell(coordinates);
			if (!cell) continue;
			cube.cells[index]!.set(position, cell);
			if (cell.sign) marks[index]!.set(position, cell.sign);
		}
	}
	return marks.every(({ empty }) => empty) ? cube : { ...cube, marks };
}

export const KEYS = ['first', 'second'] as const;

/** Every place of these dimensions, the last fastest. */
export function* places(dimensions: Dimension[]): Generator<Record<string, string>> {
	const [first, ...rest] = dimensions;
	if (!first) return yield {};
	for (const { code } of first.categories)
		for (const place of places(rest)) yield { [first.key]: code, ...place };
}

/**
 * Where the first counts some of those the second counts, what is left over is a count as well: small, it
 * would be given away by the two beside each other. There the first goes. Returns how many went.
 */
export function guardDifference(cube: Cube, limit: number): number {
	const [part, whole] = cube.cells;
	let gone = 0;
	for (const position of [...part!.keys()]) {
		const [a, b] = [part!.get(position), whole!.get(position)];
		if (a?.status !== 'v' || b?.status !== 'v') continue;
		const left = b.value! - a.value!;
		if (left <= 0 || left >= limit) continue;
		part!.set(position, { value: null, status: 's' });
		gone++;
	}
	return gone;
}

export type JoinedTable = {
	labels: string[];
	measures: Measure[];
	rows: { labels: string[]; cells: Cell[] }[];
	signs?: Record<string, string>;
};

/** A cell with the source's mark on it; one that is hidden has none. */
export function signedAt({ cells, marks }: Cube, side: number, position: number): Cell | undefined {
	const cell = cells[side]!.get(position);
	const sign = cell && cell.status !== 's' ? marks?.[side]?.get(position) : undefined;
	return cell && sign ? { ...cell, sign } : cell;
}

/** The joined cube as rows; a place neither has is left out. */
export function joinedTable(cube: Cube): JoinedTable {
	const { shape } = cube;
	const rows = [...places(shape.dimensions)].flatMap((coordinates) => {
		const position = positionOf(shape, coordinates)!;
		const found = cube.cells.map((_, side) => signedAt(cube, side, position));
		if (!found.some((cell) => cell && cell.status !== 'm')) return [];
		return [
			{
				labels: shape.dimensions.map((dimension) =>
					labelOf(dimension, coordinates[dimension.key]!)
				),
				cells: found.map((cell) => cell ?? { value: null, status: 'm' as const })
			}
		];
	});
	return {
		labels: shape.dimensions.map(({ label }) => label),
		measures: shape.measures,
		rows,
		...signsOf(
			shape,
			rows.flatMap((row) => row.cells)
		)
	};
}
