import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { Cells } from '#lib/data/cells.ts';
import type { Cube } from '#lib/data/cube.ts';
import { coordinatesAt, gridSize, positionOf } from '#lib/data/grid.ts';
import { suppress } from '#lib/data/suppress.ts';
import { attack, tooNarrow } from './attacker.ts';
import { cubeOf, cubes, dimension, shown, type Drawn } from './cubes.ts';

/** Totals that only one of two publications has: with both at hand, they add up all the same. */

const numRuns = Number(process.env.ATTACKS ?? 40);
const lasts = 30_000 + numRuns * 250; // ms

/** The cube with only these categories of a dimension; `whole` leaves the dimension out and keeps its one category. */
function only(cube: Cube, key: string, wanted: (code: string) => boolean, whole = false): Cube {
	const dimensions = cube.shape.dimensions.flatMap((one) => {
		if (one.key !== key) return [one];
		return whole ? [] : [{ ...one, categories: one.categories.filter(({ code }) => wanted(code)) }];
	});
	const shape = { ...cube.shape, dimensions };
	const cells = new Cells(gridSize(dimensions));
	for (const [position, cell] of cube.cells[0]!) {
		const at = coordinatesAt(cube.shape, position);
		if (wanted(at[key]!)) cells.set(positionOf(shape, at)!, cell);
	}
	return { shape, cells: [cells] };
}

/** All that two publications tell, in the grid of the cube both are of. `total`: stands for a dimension left out. */
function together(of: Cube, parts: Cube[], total: Record<string, string>): Cube {
	const cells = new Cells(gridSize(of.shape.dimensions));
	for (const { shape, cells: held } of parts)
		for (const [position, cell] of held[0]!) {
			const at = positionOf(of.shape, { ...total, ...coordinatesAt(shape, position) })!;
			if (cells.statusAt(at) !== 'v') cells.set(at, cell);
		}
	return { shape: of.shape, cells: [cells] };
}

/** d0's totals by themselves, and its leaves by themselves. */
const isLeaf = (code: string) => code.startsWith('k');
const hasTotal = ({ cube }: Drawn, key: string) =>
	cube.shape.dimensions
		.find((one) => one.key === key)!
		.categories.some(({ code }) => code === 'I alt' || code === 'w');
const totalOf = ({ cube }: Drawn, key: string) =>
	cube.shape.dimensions
		.find((one) => one.key === key)!
		.categories.find(({ code }) => code === 'I alt' || code === 'w')!.code;

function withstands(drawn: Drawn, first: Cube, second: Cube, total: Record<string, string> = {}) {
	const { limit, sums, cube, declared } = drawn;
	const one = suppress(first, limit, { declared });
	const { cube: two, given } = suppress(second, limit, {
		declared,
		earlier: [{ ...one.cube, sums: one.sums }]
	});
	if (given > 0) return; // said to the owner
	const known = together(cube, [one.cube, two], total);
	// A cell hidden only to guard others now need not hide that it is no small one itself.
	const small = (position: number) =>
		cube.cells[0]!.valueAt(position)! < limit ||
		together(cube, [one.cube], total).cells[0]!.statusAt(position) === 's';
	const held = attack(known, sums, { only: small });
	expect(tooNarrow(held, limit), told([first, second, one.cube, two], limit)).toEqual([]);
	for (const [position, cell] of two.cells[0]!)
		if (cell.status === 'v') expect(cell).toEqual(second.cells[0]!.get(position));
}

const told = (of: Cube[], limit: number) =>
	`${limit}: ${of.map((cube) => JSON.stringify([cube.shape.dimensions.map(({ key, categories }) => key + categories.map(({ code }) => code)), shown(cube)])).join(' ')}`;

describe('a total that only an earlier publication has', () => {
	it('guards the parts that come after it', () => {
		const all = cubeOf([dimension('a', ['I alt']), dimension('t', ['u', 'v'])], [43, 60]);
		const parts = cubeOf([dimension('a', ['x', 'y']), dimension('t', ['u', 'v'])], [3, 20, 40, 40]);
		expect(shown(suppress(parts, 5).cube)).toEqual(['s', 20, 40, 40]);
		expect(shown(suppress(parts, 5, { earlier: [all] }).cube)).toEqual(['s', 20, 's', 40]);
	});

	it('is not believed where the parts are others by now', () => {
		const all = cubeOf([dimension('a', ['I alt']), dimension('t', ['u', 'v'])], [93, 160]);
		const parts = cubeOf([dimension('a', ['x', 'y']), dimension('t', ['u', 'v'])], [3, 20, 40, 40]);
		expect(shown(suppress(parts, 5, { earlier: [all] }).cube)).toEqual(['s', 20, 40, 40]);
	});

	it(
		'whatever the table, with both at hand',
		() => {
			fc.assert(
				fc.property(
					cubes(2, 40).filter((drawn) => hasTotal(drawn, 'd0')),
					(drawn) =>
						withstands(
							drawn,
							only(drawn.cube, 'd0', (code) => !isLeaf(code)),
							only(drawn.cube, 'd0', isLeaf)
						)
				),
				{ numRuns }
			);
		},
		lasts
	);

	it(
		'whatever the table, where the earlier one has no such dimension',
		() => {
			fc.assert(
				fc.property(
					cubes(2, 40).filter((drawn) => hasTotal(drawn, 'd1')),
					(drawn) => {
						const total = totalOf(drawn, 'd1');
						withstands(
							drawn,
							only(drawn.cube, 'd1', (code) => code === total, true),
							only(drawn.cube, 'd1', isLeaf),
							{ d1: total }
						);
					}
				),
				{ numRuns }
			);
		},
		lasts
	);
});

describe('parts that only an earlier publication has', () => {
	it('are not given away by their total coming after them', () => {
		const parts = suppress(
			cubeOf([dimension('t', ['u', 'v']), dimension('k', ['M', 'K'])], [3, 40, 20, 40]),
			5
		).cube;
		const all = cubeOf([dimension('t', ['u', 'v'])], [43, 60]);
		expect(shown(parts)).toEqual(['s', 40, 20, 40]);
		expect(shown(suppress(all, 5, { earlier: [parts] }).cube)).toEqual(['s', 60]);
	});

	it(
		'whatever the table, where the later one has no such dimension',
		() => {
			fc.assert(
				fc.property(
					cubes(2, 40).filter((drawn) => hasTotal(drawn, 'd1')),
					(drawn) => {
						const total = totalOf(drawn, 'd1');
						withstands(
							drawn,
							only(drawn.cube, 'd1', isLeaf),
							only(drawn.cube, 'd1', (code) => code === total, true),
							{ d1: total }
						);
					}
				),
				{ numRuns }
			);
		},
		lasts
	);
});
