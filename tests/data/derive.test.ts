import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { editionsFigure, EDITION } from '#lib/chart/editions.ts';
import { gridOf } from '#lib/chart/figure.ts';
import { guardDifference, joined, sharedBy } from '#lib/data/couple.ts';
import type { Cell, CubeShape, Measure } from '#lib/data/cube.ts';
import { quotient } from '#lib/data/derive.ts';

const v = (value: number): Cell => ({ value, status: 'v' });
const M: Cell = { value: null, status: 'm' };
const S: Cell = { value: null, status: 's' };
const cells = fc.oneof(
	fc.integer({ min: -1000, max: 1000 }).map(v),
	fc.constant(M),
	fc.constant(S),
	fc.constant(undefined)
);

describe('a quotient', () => {
	it('has a number exactly when both parts have one and the lower is not nought', () => {
		fc.assert(
			fc.property(cells, cells, fc.constantFrom(100, 1000), (above, below, factor) => {
				const result = quotient(above, below, factor);
				const whole = above?.status === 'v' && below?.status === 'v' && below.value !== 0;
				expect(result.status === 'v').toBe(whole);
				expect(result.value === null).toBe(!whole);
				if (above?.status === 's' || below?.status === 's') expect(result.status).toBe('s');
				if (whole) expect(result.value).toBeCloseTo((above!.value! / below!.value!) * factor);
			})
		);
	});
});

const measure = (key: string): Measure => ({
	key,
	label: key,
	unit: 'antal',
	decimals: 0,
	countsPeople: true,
	additive: true
});
const shape = (dimensions: [string, 'time' | 'area' | 'category', string[]][]): CubeShape => ({
	dimensions: dimensions.map(([label, role, codes]) => ({
		key: label.toLowerCase(),
		label,
		role,
		categories: codes.map((code) => ({ code, label: code }))
	})),
	measures: [measure('a')]
});

describe('two shapes', () => {
	it('share time whatever it is called, other dimensions by name, and what both have of each', () => {
		const a = shape([
			['Område', 'area', ['Nord', 'Syd']],
			['År', 'time', ['2017', '2018']],
			['Køn', 'category', ['M', 'K']]
		]);
		const b = shape([
			['Periode', 'time', ['2018', '2019']],
			['område', 'area', ['Syd', 'Øst']],
			['Alder', 'category', ['0-5']]
		]);
		expect(
			sharedBy(a, b).map(({ keys, dimension }) => [
				...keys,
				dimension.categories.map(({ code }) => code)
			])
		).toEqual([
			['område', 'område', ['Syd']],
			['år', 'periode', ['2018']]
		]);
	});

	it('that have no category in common share nothing', () => {
		const a = shape([['Område', 'area', ['Nord']]]);
		expect(sharedBy(a, shape([['Område', 'area', ['Syd']]]))).toEqual([]);
	});
});

it('where one counts some of the other, no difference below the limit can be worked out', () => {
	fc.assert(
		fc.property(
			fc.array(fc.tuple(fc.nat(40), fc.nat(40)), { minLength: 1, maxLength: 12 }),
			fc.integer({ min: 2, max: 10 }),
			(pairs, limit) => {
				const codes = pairs.map((_, index) => `O${index}`);
				const shared = sharedBy(
					shape([['Område', 'area', codes]]),
					shape([['Område', 'area', codes]])
				);
				const side = (which: 0 | 1) => ({
					measure: measure('x'),
					cell: (at: Record<string, string>) => {
						const [part, more] = pairs[codes.indexOf(at.område!)]!;
						return v(which === 0 ? part : part + more);
					}
				});
				const cube = joined(shared, [side(0), side(1)]);
				const gone = guardDifference(cube, limit);
				const [part, whole] = cube.cells;
				let counted = 0;
				for (const [index, [, more]] of pairs.entries()) {
					const small = more > 0 && more < limit;
					expect(part!.statusAt(index)).toBe(small ? 's' : 'v');
					expect(whole!.statusAt(index)).toBe('v');
					if (small) counted++;
				}
				expect(gone).toBe(counted);
			}
		)
	);
});

it('two versions of one place are a figure with a line for each', () => {
	const of = shape([
		['Område', 'area', ['Nord', 'Syd']],
		['År', 'time', ['2016', '2017', '2018']]
	]);
	const edition = (number: number, values: (number | null)[], code = 'Nord') => ({
		number,
		label: `Udgave ${number}`,
		cells: values.map((value, at) => ({
			coordinates: { område: code, år: String(2016 + at) },
			...(value === null ? S : v(value))
		}))
	});
	const figure = editionsFigure({
		shape: of,
		measure: 'a',
		coordinates: { område: 'Nord', år: '2017' },
		// The older version called the place something else.
		editions: [edition(1, [10, 12], 'Nordbyen'), edition(2, [10, 15, null])],
		citation: {} as never,
		words: { title: 'a, Nord', why: 'hvorfor', edition: 'Udgave' },
		breaks: []
	})!;
	const grid = gridOf(figure);
	expect(grid.x.key).toBe('år');
	expect(grid.series?.key).toBe(EDITION);
	const read = grid.rows.map((row) => grid.columns.map((column) => grid.at(row, column)));
	expect(read.map((row) => row.map(({ value, status }) => value ?? status))).toEqual([
		[10, 10],
		[12, 15],
		['m', 's']
	]);
	expect(figure.spec.kind).toBe('line');
});
