import { expect, it } from 'vitest';
import { suppress } from '#lib/data/suppress.ts';
import { Effort } from '#lib/data/small/effort.ts';
import { attack, tooNarrow } from './attacker.ts';
import { filled, laidOut } from './cubes.ts';

/** Large cubes whose every axis has totals and most of whose cells are small. */

const laid = (leaves: number[]) =>
	leaves.map((count, at) =>
		laidOut({ groups: [count], subtotals: false, total: true, named: true }, at)
	);

/** The nth of a row of numbers that look drawn, mostly small. */
const drawn = (nth: number) => {
	const x = Math.imul(nth + 1, 0x9e3779b1) >>> 0;
	return x % 7 === 0 ? (x >>> 8) % 60 : (x >>> 8) % 9;
};

function table(leaves: number[], limit: number) {
	const size = leaves.reduce((all, count) => all * count, 1);
	return filled(
		laid(leaves),
		Array.from({ length: size }, (_, nth) => drawn(nth)),
		limit
	);
}

it('a cube of four axes with totals and tens of thousands of small cells ends, and far within what reading may take', () => {
	const { cube, declared } = table([30, 24, 12, 6], 5);
	const effort = new Effort();
	const began = process.cpuUsage();
	const { cube: result, primary } = suppress(cube, 5, { declared, effort });
	const { user, system } = process.cpuUsage(began);
	expect(primary).toBeGreaterThan(8_000);
	for (const [position, { status, value }] of result.cells[0]!)
		if (status === 'v' && value! > 0) expect(cube.cells[0]!.valueAt(position)).toBeGreaterThan(4);
	// What was counted is what was spent: a unit is no more than some nanoseconds, on a busy machine as well.
	expect((user + system) / 1e6).toBeLessThan(4 + (effort.spent / 1e9) * 8);
	expect(effort.spent).toBeLessThan(effort.most * 1.2);
}, 60_000);

it('with nothing left to spend it hides more, and never too little', () => {
	for (const leaves of [[5, 4], [4, 3, 3], [12]]) {
		const { cube, sums, declared } = table(leaves, 5);
		const least = suppress(cube, 5, { declared });
		const coarse = suppress(cube, 5, { declared, effort: new Effort(0) });
		expect(tooNarrow(attack(coarse.cube, sums), 5)).toEqual([]);
		expect(coarse.secondary).toBeGreaterThanOrEqual(least.secondary);
		const again = suppress(cube, 5, {
			declared,
			earlier: [coarse.cube],
			effort: new Effort(0)
		});
		for (const [position, { status }] of coarse.cube.cells[0]!)
			if (status === 's') expect(again.cube.cells[0]!.statusAt(position)).toBe('s');
	}
});
