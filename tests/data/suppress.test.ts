import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { Cells } from '#lib/data/cells.ts';
import type { Cube, Dimension } from '#lib/data/cube.ts';
import { strides } from '#lib/data/grid.ts';
import { suppress } from '#lib/data/suppress.ts';
import { totalsOf } from '#lib/data/totals.ts';

const dimension = (key: string, codes: string[]): Dimension => ({
	key,
	label: key,
	role: 'category',
	categories: codes.map((code) => ({ code, label: code }))
});

function cube(dimensions: Dimension[], values: (number | null)[], countsPeople = true): Cube {
	const cells = new Cells(
		values.length,
		values.map((value, position) => [
			position,
			value === null ? { value, status: 'm' } : { value, status: 'v' }
		])
	);
	const measure = {
		key: 'n',
		label: 'n',
		unit: 'antal',
		decimals: 0,
		countsPeople,
		additive: true
	};
	return { shape: { dimensions, measures: [measure] }, cells: [cells] };
}

const shown = (result: Cube) =>
	[...result.cells[0]!].map(([, { value, status }]) => value ?? status);

describe('small numbers', () => {
	it('go below the limit, and nought stays', () => {
		const { cube: result, primary } = suppress(
			cube([dimension('a', ['x', 'y', 'z', 'w'])], [4, 5, 0, 1]),
			5
		);
		expect(shown(result)).toEqual(['s', 5, 0, 's']);
		expect(primary).toBe(2);
	});

	it('stay where a measure does not count individuals', () => {
		const original = cube([dimension('a', ['x', 'y'])], [2.2, 1.6], false);
		expect(suppress(original, 5).cube.cells).toEqual(original.cells);
	});

	it('take a second cell with them where a total would give them away', () => {
		const { cube: result, secondary } = suppress(
			cube([dimension('a', ['x', 'y', 'z', 'I alt'])], [3, 40, 12, 55]),
			5
		);
		expect(shown(result)).toEqual(['s', 40, 's', 55]);
		expect(secondary).toBe(1);
	});

	it('take more when what is hidden together still adds up to less than the limit', () => {
		const { cube: result } = suppress(
			cube([dimension('a', ['x', 'y', 'z', 'Total'])], [1, 1, 12, 14]),
			5
		);
		expect(shown(result)).toEqual(['s', 's', 's', 14]);
	});

	it('take the total when nothing else is left on the line', () => {
		const { cube: result } = suppress(cube([dimension('a', ['x', 'y', 'Total'])], [3, null, 7]), 5);
		expect(shown(result)).toEqual(['s', 'm', 's']);
	});

	it('are guarded in every direction of a table', () => {
		const rows = dimension('r', ['a', 'b', 'I alt']);
		const columns = dimension('c', ['x', 'y', 'I alt']);
		const { cube: result } = suppress(
			cube([rows, columns], [3, 20, 23, 30, 40, 70, 33, 60, 93]),
			5
		);
		// The row totals go too: with them shown, the larger three could not be small, and the first must be.
		expect(shown(result)).toEqual(['s', 's', 's', 's', 's', 's', 33, 60, 93]);
	});

	it('are guarded against a total someone declared', () => {
		const { cube: result } = suppress(
			cube([dimension('a', ['x', 'y', 'z', 'Kommunen'])], [3, 40, 12, 55]),
			5,
			{ declared: { a: ['Kommunen'] } }
		);
		expect(shown(result)).toEqual(['s', 40, 's', 55]);
	});

	it('knows totals by their label, but never calls every category one', () => {
		expect(totalsOf(dimension('a', ['Mænd', 'Kvinder', 'I alt']))).toEqual(['I alt']);
		expect(totalsOf(dimension('a', ['Hele landet']))).toEqual([]);
	});
});

/** A table of parts with both totals, as a file would have it. */
const tables = fc
	.tuple(
		fc.integer({ min: 2, max: 4 }),
		fc.integer({ min: 2, max: 4 }),
		fc.integer({ min: 3, max: 12 })
	)
	.chain(([height, width, limit]) =>
		fc
			.array(fc.integer({ min: 0, max: 25 }), {
				minLength: height * width,
				maxLength: height * width
			})
			.map((parts) => ({ height, width, limit, parts }))
	);

function withTotals({
	height,
	width,
	parts
}: {
	height: number;
	width: number;
	parts: number[];
}): Cube {
	const names = (count: number) => [
		...Array.from({ length: count }, (_, index) => `k${index}`),
		'I alt'
	];
	const at = (row: number, column: number): number => {
		let sum = 0;
		for (let r = 0; r < height; r++)
			for (let c = 0; c < width; c++)
				if ((row === height || r === row) && (column === width || c === column))
					sum += parts[r * width + c]!;
		return sum;
	};
	const values: number[] = [];
	for (let row = 0; row <= height; row++)
		for (let column = 0; column <= width; column++) values.push(at(row, column));
	return cube([dimension('r', names(height)), dimension('c', names(width))], values);
}

describe('whatever the table', () => {
	it('no small number is left, and none can be had by subtraction on one line', () => {
		fc.assert(
			fc.property(tables, (table) => {
				const original = withTotals(table);
				const { cube: result } = suppress(original, table.limit);
				const cells = result.cells[0]!;
				const steps = strides(result.shape.dimensions);
				for (const [, cell] of cells)
					expect(cell.value === null || cell.value === 0 || cell.value >= table.limit).toBe(true);
				for (const [axis, { categories }] of result.shape.dimensions.entries()) {
					const last = categories.length - 1;
					for (const base of cells.keys()) {
						if (Math.floor(base / steps[axis]!) % categories.length !== 0) continue;
						const line = categories.map((_, place) => base + place * steps[axis]!);
						const hidden = line.filter((position) => cells.get(position)!.status === 's');
						expect(hidden.length).not.toBe(1);
						if (hidden.length > 0 && !hidden.includes(line[last]!)) {
							const sum = hidden.reduce(
								(all, position) => all + original.cells[0]!.get(position)!.value!,
								0
							);
							expect(sum).toBeGreaterThanOrEqual(table.limit);
						}
					}
				}
			}),
			{ numRuns: 300 }
		);
	});

	it('what is shown is unchanged, and a second pass changes nothing', () => {
		fc.assert(
			fc.property(tables, (table) => {
				const original = withTotals(table);
				const once = suppress(original, table.limit).cube;
				for (const [position, cell] of once.cells[0]!)
					if (cell.status === 'v') expect(cell).toEqual(original.cells[0]!.get(position));
				const twice = suppress(once, table.limit);
				expect([twice.primary, twice.secondary]).toEqual([0, 0]);
			}),
			{
				examples: [
					// What is hidden can be exactly 0 to 4: seen only when asked from nought upwards.
					[{ height: 4, width: 3, limit: 4, parts: [0, 11, 2, 1, 10, 13, 2, 2, 0, 0, 1, 9] }]
				]
			}
		);
	});
});
