import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { suppress, type Rules } from '#lib/data/suppress.ts';
import { attack, tooNarrow } from './attacker.ts';
import { cubes, type Drawn } from './cubes.ts';

/** More of them by night: ATTACKS=2000. */
const numRuns = Number(process.env.ATTACKS ?? 60);
const lasts = 30_000 + numRuns * 250; // ms

function withstands({ cube, sums, limit, declared }: Drawn, rules: Rules = { declared }) {
	const hideZeros = rules.hideZeros ?? false;
	const { cube: result } = suppress(cube, limit, rules);
	expect(tooNarrow(attack(result, sums), limit, hideZeros ? 0 : 1)).toEqual([]);
	for (const [position, cell] of result.cells[0]!) {
		const before = cube.cells[0]!.get(position)!;
		if (cell.status === 'v') expect(cell).toEqual(before);
		if (!hideZeros && before.value === 0) expect(cell.value).toBe(0);
		if (cell.status === 'v' && before.value! > 0)
			expect(before.value).toBeGreaterThanOrEqual(limit);
		if (hideZeros && cell.status === 'v') expect(cell.value).toBeGreaterThanOrEqual(limit);
	}
	expect(result.shape).toEqual(cube.shape);
	expect([...result.cells[0]!.keys()]).toEqual([...cube.cells[0]!.keys()]);
}

describe('one who solves the linear program gets too little', () => {
	it(
		'from a list with subtotals and a total',
		() => {
			fc.assert(
				fc.property(cubes(1, 30), (drawn) => withstands(drawn)),
				{ numRuns }
			);
		},
		lasts
	);

	it(
		'from a table with totals both ways',
		() => {
			fc.assert(
				fc.property(cubes(2, 40), (drawn) => withstands(drawn)),
				{ numRuns }
			);
		},
		lasts
	);

	it(
		'from a cube of three',
		() => {
			fc.assert(
				fc.property(cubes(3, 40), (drawn) => withstands(drawn)),
				{
					numRuns: Math.ceil(numRuns / 4)
				}
			);
		},
		lasts
	);

	it(
		'where noughts are hidden too',
		() => {
			fc.assert(
				fc.property(cubes(2, 40), (drawn) =>
					withstands(drawn, { declared: drawn.declared, hideZeros: true })
				),
				{ numRuns }
			);
		},
		lasts
	);

	it(
		'where nobody said what adds up to what',
		() => {
			const telling = cubes(2, 60).filter(({ evidence }) => evidence > 9);
			fc.assert(
				fc.property(telling, (drawn) => withstands(drawn, {})),
				{ numRuns: Math.ceil(numRuns / 4) }
			);
		},
		lasts
	);
});
