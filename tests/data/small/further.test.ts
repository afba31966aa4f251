import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { Cells } from '#lib/data/cells.ts';
import type { Cube, Dimension } from '#lib/data/cube.ts';
import { coordinatesAt, gridSize, positionOf } from '#lib/data/grid.ts';
import { nestedWith, nestings } from '#lib/data/small/nested.ts';
import { suppress } from '#lib/data/suppress.ts';
import { attack, tooNarrow, type Sum } from './attacker.ts';
import { cellsOf, cubeOf, dimension, measure, shown } from './cubes.ts';

/** Periods and measures that only an earlier publication has, and what is said where there is too much of it. */

const numRuns = Number(process.env.ATTACKS ?? 40);
const lasts = 30_000 + numRuns * 250; // ms
const time = (...codes: string[]): Dimension => ({ ...dimension('t', codes), role: 'time' });
const QUARTERS = ['2018K1', '2018K2', '2018K3', '2018K4'];
const YEAR = '2018';

/** The cube with only these periods. */
function during(cube: Cube, periods: string[]): Cube {
	const dimensions = cube.shape.dimensions.map((one) =>
		one.key === 't'
			? { ...one, categories: one.categories.filter(({ code }) => periods.includes(code)) }
			: one
	);
	const shape = { ...cube.shape, dimensions };
	const cells = new Cells(gridSize(dimensions));
	for (const [position, cell] of cube.cells[0]!) {
		const at = coordinatesAt(cube.shape, position);
		if (periods.includes(at.t!)) cells.set(positionOf(shape, at)!, cell);
	}
	return { shape, cells: [cells] };
}

/** All that several publications tell, in the grid of the whole. */
function together(of: Cube, parts: Cube[]): Cube {
	const cells = new Cells(gridSize(of.shape.dimensions));
	for (const { shape, cells: held } of parts)
		for (const [position, cell] of held[0]!) {
			const at = positionOf(of.shape, coordinatesAt(shape, position))!;
			if (cells.statusAt(at) !== 'v') cells.set(at, cell);
		}
	return { shape: of.shape, cells: [cells] };
}

const SUMS: Sum[] = [
	{ axis: 1, parts: [0, 1, 2, 3], totals: [4] },
	{ axis: 0, parts: [0, 1, 2], totals: [3] }
];
/** Three areas and all of them, four quarters and their year: every sum right. */
const years = fc
	.array(fc.oneof(fc.integer({ min: 0, max: 6 }), fc.integer({ min: 0, max: 90 })), {
		minLength: 12,
		maxLength: 12
	})
	.map((leaves) => {
		const rows = [0, 1, 2].map((area) => leaves.slice(area * 4, area * 4 + 4));
		const all = [...rows, [0, 1, 2, 3].map((at) => rows.reduce((sum, row) => sum + row[at]!, 0))];
		return cubeOf(
			[dimension('a', ['x', 'y', 'z', 'I alt']), time(...QUARTERS, YEAR)],
			all.flatMap((row) => [...row, row.reduce((sum, value) => sum + value, 0)])
		);
	});

/** Each made beside those before it: no small number can be had from all of them. */
function withstand(whole: Cube, periods: string[][], limit: number) {
	const made: ReturnType<typeof suppress>[] = [];
	const small = new Set<number>();
	for (const some of periods) {
		const next = suppress(during(whole, some), limit, {
			earlier: made.map(({ cube, sums }) => ({ ...cube, sums })).reverse()
		});
		if (next.given > 0) return; // said to the owner
		made.push(next);
	}
	for (const [position, cell] of whole.cells[0]!)
		if (cell.value! > 0 && cell.value! < limit) small.add(position);
	const known = together(
		whole,
		made.map(({ cube }) => cube)
	);
	const held = attack(known, SUMS, { only: (position) => small.has(position) });
	expect(
		tooNarrow(held, limit),
		made.map(({ cube }) => JSON.stringify(shown(cube))).join(' ')
	).toEqual([]);
}

describe('periods that only an earlier publication has', () => {
	const quarters = cubeOf([dimension('a', ['x']), time(...QUARTERS)], [3, 20, 30, 40]);

	it('guard those within them: a quarter is not what is left of a year shown before', () => {
		const year = cubeOf([dimension('a', ['x']), time(YEAR)], [93]);
		expect(shown(suppress(quarters, 5).cube)).toEqual(['s', 20, 30, 40]);
		expect(shown(suppress(quarters, 5, { earlier: [year] }).cube)).toEqual(['s', 's', 30, 40]);
	});

	it('are not given away by the year that comes after them', () => {
		const year = cubeOf([dimension('a', ['x']), time(YEAR)], [93]);
		const before = suppress(quarters, 5).cube;
		expect(shown(suppress(year, 5).cube)).toEqual([93]);
		expect(shown(suppress(year, 5, { earlier: [before] }).cube)).toEqual(['s']);
	});

	it('hide nothing where figures do not add up over time', () => {
		const day = cubeOf([dimension('a', ['x', 'y']), time(YEAR)], [40, 41]);
		const stock = cubeOf(
			[dimension('a', ['x', 'y']), time(...QUARTERS)],
			[3, 40, 41, 40, 39, 40, 41, 41]
		);
		expect(shown(suppress(stock, 5, { earlier: [day] }).cube)).toEqual([
			's',
			40,
			41,
			40,
			39,
			40,
			41,
			41
		]);
	});

	it(
		'and lie neither within nor about these change nothing',
		() => {
			fc.assert(
				fc.property(years, (whole) => {
					const own = during(whole, QUARTERS);
					const shape = own.shape;
					const other = {
						...own,
						shape: {
							...shape,
							dimensions: [shape.dimensions[0]!, time('2015K1', '2015K2', '2015K3', '2016')]
						}
					};
					expect(shown(suppress(own, 5, { earlier: [suppress(other, 5).cube] }).cube)).toEqual(
						shown(suppress(own, 5).cube)
					);
				}),
				{ numRuns }
			);
		},
		lasts
	);

	it(
		'whatever the table: the year first, or its quarters, or half of them and then the rest',
		() => {
			fc.assert(
				fc.property(
					years,
					fc.integer({ min: 3, max: 6 }),
					fc.constantFrom<string[][][]>(
						[[YEAR], QUARTERS],
						[QUARTERS, [YEAR]],
						[[YEAR], QUARTERS.slice(0, 2), QUARTERS],
						[[...QUARTERS.slice(0, 3)], QUARTERS, [YEAR]]
					),
					(whole, limit, periods) => withstand(whole, periods, limit)
				),
				{ numRuns }
			);
		},
		lasts
	);
});

describe('which periods make up others', () => {
	it('is told by their months, however they are written', () => {
		const months = Array.from({ length: 12 }, (_, at) => `2018M${String(at + 1).padStart(2, '0')}`);
		expect(nestings([YEAR, ...months]).map(({ parts }) => parts.length)).toEqual([12]);
		expect(nestings(['2018Q1', '2018-01', '2018-02', '2018-13'])).toEqual([]);
		expect(nestings(['2018Q1', '2017-09', '2018-01', '2018-02', '2018-03'])).toEqual([
			{ total: '2018Q1', parts: ['2018-01', '2018-02', '2018-03'] }
		]);
		expect(nestings([YEAR, '2018H1', '2018H2', ...QUARTERS]).map(({ total }) => total)).toEqual([
			YEAR,
			YEAR,
			'2018H1',
			'2018H2'
		]);
		expect(nestings(['2018/19', '2018', '2018U01', '2018-01-31', ...months.slice(1)])).toEqual([]);
	});

	it('takes of an earlier publication only what meets the edition', () => {
		expect([...nestedWith(time(...QUARTERS), ['2017', YEAR, '2019K1'])]).toEqual([YEAR]);
		expect([...nestedWith(time(YEAR), ['2017K1', ...QUARTERS])]).toEqual(QUARTERS);
		expect([...nestedWith(time('2018K1'), [YEAR, '2018K2', '2018K3'])]).toEqual([]);
		expect([...nestedWith(time('2018K1'), [YEAR, ...QUARTERS])]).toEqual([
			YEAR,
			...QUARTERS.slice(1)
		]);
	});
});

describe('measures that only an earlier publication has', () => {
	const AREAS = Array.from({ length: 9 }, (_, at) => `k${at}`);
	/** Men, women and all, in areas. */
	const people = fc
		.array(fc.tuple(fc.integer({ min: 1, max: 400 }), fc.integer({ min: 1, max: 400 })), {
			minLength: 8,
			maxLength: 8
		})
		.map((rows) => [[2, 37] as [number, number], ...rows]);
	const counted = (rows: [number, number][], names: string[]): Cube => {
		const dimensions = [dimension('a', AREAS)];
		const of: Record<string, number[]> = {
			m: rows.map(([men]) => men),
			k: rows.map(([, women]) => women),
			alle: rows.map(([men, women]) => men + women)
		};
		return {
			shape: { dimensions, measures: names.map((name) => measure(name)) },
			cells: names.map((name) => cellsOf(dimensions, of[name]!))
		};
	};
	/** Both as one cube, with the measures down the side: what the attacker reads. */
	const beside = (rows: [number, number][], made: Cube[]): Cube => {
		const names = ['m', 'k', 'alle'];
		const shape = {
			dimensions: [dimension('n', names), dimension('a', AREAS)],
			measures: [measure('n')]
		};
		const cells = new Cells(gridSize(shape.dimensions));
		for (const { shape: of, cells: held } of made)
			for (const [index, { key }] of of.measures.entries())
				for (const [position, cell] of held[index]!) {
					const at = names.indexOf(key) * AREAS.length + position;
					if (cells.statusAt(at) !== 'v') cells.set(at, cell);
				}
		return { shape, cells: [cells] };
	};

	it(
		'whatever the table: who kept it subtracts nothing small from it, or it is said',
		() => {
			fc.assert(
				fc.property(people, fc.integer({ min: 3, max: 8 }), (rows, limit) => {
					const one = suppress(counted(rows, ['m', 'alle']), limit);
					const earlier = [{ ...one.cube, sums: one.sums }];
					const own = counted(rows, ['m', 'k']);
					const two = suppress(own, limit, { earlier });
					expect(suppress(own, limit).cube.cells[1]!.statusAt(0)).toBe('v');
					expect(two.cube.cells[1]!.statusAt(0)).toBe('s');
					const known = beside(rows, [one.cube, two.cube]);
					const small = attack(known, [{ axis: 0, parts: [0, 1], totals: [2] }], {
						only: (position) => position < AREAS.length && rows[position]![0] < limit
					});
					expect(tooNarrow(small, limit)).toEqual([]);
				}),
				{ numRuns }
			);
		},
		lasts
	);

	it('that give a small number away by themselves are said to the owner', () => {
		const rows = AREAS.map(
			(_, at) => [at === 0 ? 2 : 30 + at * at, 40 + 7 * at] as [number, number]
		);
		const one = suppress(counted(rows, ['k', 'alle']), 5);
		const two = suppress(counted(rows, ['m', 'k']), 5, { earlier: [one.cube] });
		expect(two.given).toBeGreaterThan(0);
		expect(two.cube.cells[0]!.statusAt(0)).toBe('s');
	});

	it('are passed over where they say nothing of these', () => {
		const rows = AREAS.map((_, at) => [at + 3, 40 + at] as [number, number]);
		const other = counted(rows, ['k', 'alle']);
		other.cells[1] = cellsOf(
			other.shape.dimensions,
			AREAS.map((_, at) => 1000 + at * at * 7)
		);
		const own = counted(rows, ['m', 'k']);
		expect(suppress(own, 5, { earlier: [other] }).cube.cells[0]).toEqual(
			suppress(own, 5).cube.cells[0]
		);
	});
});

describe('more than can be held', () => {
	it('is counted, what lies nearest is held first, and nothing is guarded less for what lies further', () => {
		const parts = cubeOf(
			[dimension('a', ['x', 'y']), time(...QUARTERS)],
			[3, 20, 30, 40, 30, 30, 30, 30]
		);
		const all = cubeOf([dimension('a', ['I alt']), time(...QUARTERS)], [33, 50, 60, 70]);
		const year = cubeOf([dimension('a', ['x', 'y']), time(YEAR)], [93, 120]);
		const both = { earlier: [year, all] };
		expect(suppress(parts, 5, both).left).toBe(0);
		expect(suppress(parts, 5, { ...both, most: 4 }).left).toBe(0);
		const less = suppress(parts, 5, { ...both, most: 1 });
		expect(less.left).toBe(4);
		expect(shown(less.cube).slice(0, 1)).toEqual(['s']);
		expect(suppress(parts, 5, { earlier: [{ ...all, left: 17 }] }).left).toBe(17);
	});
});
