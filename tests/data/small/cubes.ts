import fc from 'fast-check';
import { Cells } from '#lib/data/cells.ts';
import type { Cube, Dimension, Measure } from '#lib/data/cube.ts';
import { gridSize, strides } from '#lib/data/grid.ts';
import type { Totals } from '#lib/data/totals.ts';
import type { Sum } from './attacker.ts';

/** Cubes whose sums are known, for the tests of small numbers. */

export const dimension = (key: string, codes: string[]): Dimension => ({
	key,
	label: key,
	role: 'category',
	categories: codes.map((code) => ({ code, label: code }))
});

export const measure = (key: string, more: Partial<Measure> = {}): Measure => ({
	key,
	label: key,
	unit: 'antal',
	decimals: 0,
	countsPeople: true,
	additive: true,
	...more
});

/** A cube of one measure; null is missing, 's' suppressed. */
export function cubeOf(dimensions: Dimension[], values: (number | null | 's')[]): Cube {
	return { shape: { dimensions, measures: [measure('n')] }, cells: [cellsOf(dimensions, values)] };
}

export const cellsOf = (dimensions: Dimension[], values: (number | null | 's')[]): Cells =>
	new Cells(
		gridSize(dimensions),
		values.map((value, position) => [
			position,
			value === null
				? { value, status: 'm' }
				: value === 's'
					? { value: null, status: 's' }
					: { value, status: 'v' }
		])
	);

/** How an axis adds up: groups of leaves, their subtotals, and perhaps a total of it all. */
export type Axis = { groups: number[]; subtotals: boolean; total: boolean; named: boolean };

export const axis: fc.Arbitrary<Axis> = fc.record({
	groups: fc.array(fc.integer({ min: 2, max: 3 }), { minLength: 1, maxLength: 2 }),
	subtotals: fc.boolean(),
	total: fc.boolean(),
	named: fc.boolean()
});

/** Categories of an axis: leaves first, then subtotals, then the total. */
export function laidOut({ groups, subtotals, total, named }: Axis, at: number) {
	const leaves = groups.reduce((sum, size) => sum + size, 0);
	const codes = Array.from({ length: leaves }, (_, index) => `k${index}`);
	const sums: Sum[] = [];
	let from = 0;
	const heads: number[] = [];
	for (const [group, size] of groups.entries()) {
		const parts = Array.from({ length: size }, (_, index) => from + index);
		from += size;
		if (!subtotals || groups.length < 2) {
			heads.push(...parts);
			continue;
		}
		heads.push(codes.length);
		sums.push({ axis: at, parts, totals: [codes.length] });
		codes.push(`g${group}`);
	}
	if (total) {
		sums.push({ axis: at, parts: heads, totals: [codes.length] });
		codes.push(named ? 'I alt' : 'w');
	}
	return { dimension: dimension(`d${at}`, codes), sums, leaves };
}

export type Drawn = {
	cube: Cube;
	sums: Sum[];
	limit: number;
	/** The sums as someone would declare them. */
	declared: Totals;
	/** The least that speaks for a sum being no chance: how many bits its lines hold. */
	evidence: number;
};

/** A cube over these axes, its leaves drawn, every sum in it right. */
export const cubes = (axes: number, most: number): fc.Arbitrary<Drawn> =>
	fc
		.record({
			axes: fc.array(axis, { minLength: axes, maxLength: axes }),
			limit: fc.integer({ min: 3, max: 10 })
		})
		.chain(({ axes: drawn, limit }) => {
			const laid = drawn.map(laidOut);
			const size = laid.reduce((all, { leaves }) => all * leaves, 1);
			return fc
				.array(
					fc.oneof(
						{ arbitrary: fc.integer({ min: 0, max: most }), weight: 4 },
						{ arbitrary: fc.integer({ min: 0, max: 4 }), weight: 1 }
					),
					{ minLength: size, maxLength: size }
				)
				.map((leaves) => filled(laid, leaves, limit));
		});

export function filled(laid: ReturnType<typeof laidOut>[], leaves: number[], limit: number): Drawn {
	const dimensions = laid.map(({ dimension: of }) => of);
	const steps = strides(dimensions);
	const leafSteps = laid.map((_, index) =>
		laid.slice(index + 1).reduce((all, { leaves: count }) => all * count, 1)
	);
	const values = Array.from({ length: gridSize(dimensions) }, () => 0);
	for (const [at, value] of leaves.entries()) {
		let places = [0];
		for (const [index, { leaves: count, sums }] of laid.entries()) {
			const own = Math.floor(at / leafSteps[index]!) % count;
			const all = new Set([own]);
			for (const sum of sums) if (sum.parts.some((part) => all.has(part))) all.add(sum.totals[0]!);
			places = places.flatMap((place) => [...all].map((one) => place + one * steps[index]!));
		}
		for (const place of places) values[place]! += value;
	}
	const sums = laid.flatMap(({ sums: of }) => of);
	const codes = (axis: number, at: number) => dimensions[axis]!.categories[at]!.code;
	const declared: Totals = {};
	for (const { axis: at, parts, totals } of sums)
		(declared[`d${at}`] ??= []).push({
			total: codes(at, totals[0]!),
			parts: parts.map((part) => codes(at, part))
		});
	const evidence = Math.min(
		Infinity,
		...sums.map((sum) => bitsOf(dimensions, values, sum) - dimensions[sum.axis]!.categories.length)
	);
	return { cube: cubeOf(dimensions, values), sums, limit, declared, evidence };
}

function bitsOf(
	dimensions: Dimension[],
	values: number[],
	{ axis: at, parts, totals }: Sum
): number {
	const step = strides(dimensions)[at]!;
	const length = dimensions[at]!.categories.length;
	let bits = 0;
	for (const [position, value] of values.entries()) {
		if (Math.floor(position / step) % length !== totals[0]) continue;
		const base = position - totals[0]! * step;
		if (parts.filter((part) => values[base + part * step]! > 0).length > 1)
			bits += Math.log2(1 + value);
	}
	return bits;
}

export const shown = (cube: Cube, index = 0) =>
	[...cube.cells[index]!].map(([, { value, status }]) => value ?? status);
