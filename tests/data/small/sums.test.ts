import { describe, expect, it } from 'vitest';
import { Cells } from '#lib/data/cells.ts';
import { suppress } from '#lib/data/suppress.ts';
import { attack, tooNarrow } from './attacker.ts';
import { cellsOf, cubeOf, dimension, measure, shown } from './cubes.ts';

describe('what adds up', () => {
	it('is found though nobody said so: a list, groups of it, and all', () => {
		const codes = ['Nord', 'Syd', 'Byen', 'Øst', 'Vest', 'Landet', 'Kommunen'];
		const years = ['2016', '2017', '2018', '2019'];
		const rows = [
			[31, 40, 22, 3],
			[25, 18, 12, 44],
			[17, 29, 61, 24],
			[52, 66, 39, 28]
		];
		const [nord, syd, east, west] = rows as [number[], number[], number[], number[]];
		const city = nord.map((value, at) => value + syd[at]!);
		const land = east.map((value, at) => value + west[at]!);
		const all = city.map((value, at) => value + land[at]!);
		const dimensions = [dimension('sted', codes), dimension('aar', years)];
		const { cube, found } = suppress(
			cubeOf(dimensions, [nord, syd, city, east, west, land, all].flat()),
			5
		);
		expect(found).toHaveLength(3);
		expect(found.flatMap(({ totals }) => totals).sort()).toEqual(['Byen', 'Kommunen', 'Landet']);
		expect([...cube.cells[0]!].filter(([, { status }]) => status === 's')).toHaveLength(2);
		const sums = [
			{ axis: 0, parts: [0, 1], totals: [2] },
			{ axis: 0, parts: [3, 4], totals: [5] },
			{ axis: 0, parts: [2, 5], totals: [6] }
		];
		expect(tooNarrow(attack(cube, sums), 5)).toEqual([]);
	});

	it('is found across measures: men and women are all', () => {
		const dimensions = [dimension('a', ['Nord', 'Syd', 'Øst', 'Vest'])];
		const cube = {
			shape: { dimensions, measures: [measure('maend'), measure('kvinder'), measure('alle')] },
			cells: [
				cellsOf(dimensions, [3, 25, 16, 31]),
				cellsOf(dimensions, [21, 40, 18, 12]),
				cellsOf(dimensions, [24, 65, 34, 43])
			]
		};
		const { cube: result, found } = suppress(cube, 5);
		expect(found).toEqual([{ dimension: null, totals: ['alle'], parts: ['maend', 'kvinder'] }]);
		expect([0, 1, 2].map((index) => shown(result, index)[0])).toEqual(['s', 's', 24]);
	});

	it('is not seen in what is chance: one small sum among a few small numbers', () => {
		const { cube, found } = suppress(
			cubeOf([dimension('a', ['x', 'y', 'z', 'w'])], [4, 5, 0, 1]),
			5
		);
		expect(found).toEqual([]);
		expect(shown(cube)).toEqual(['s', 5, 0, 's']);
	});

	it('is believed of a total that is told only where it is one', () => {
		const dimensions = [dimension('a', ['x', 'y', 'Hele landet'])];
		const { cube } = suppress(cubeOf(dimensions, [3, 40, 9000]), 5);
		expect(shown(cube)).toEqual(['s', 40, 9000]);
	});

	it('also where the sender had suppressed a number, which is guarded like ours', () => {
		const dimensions = [dimension('a', ['x', 'y', 'z', 'I alt'])];
		const { cube } = suppress(cubeOf(dimensions, ['s', 40, 12, 55]), 5);
		expect(shown(cube)).toEqual(['s', 40, 's', 55]);
	});

	it('one hidden cell costs as little as it can', () => {
		const codes = Array.from({ length: 20 }, (_, index) => `o${index}`);
		const dimensions = [dimension('o', [...codes, 'I alt']), dimension('k', ['M', 'K', 'I alt'])];
		const pairs = codes.map((_, index) => (index === 7 ? [3, 20] : [20 + index, 25 + index]));
		const lines = pairs.map(([men, women]) => [men!, women!, men! + women!]);
		const all = [0, 1, 2].map((at) => lines.reduce((sum, line) => sum + line[at]!, 0));
		const { cube, primary, secondary } = suppress(cubeOf(dimensions, [...lines, all].flat()), 5);
		expect(primary).toBe(1);
		expect(secondary).toBeLessThanOrEqual(7);
		const sums = [
			{ axis: 0, parts: codes.map((_, index) => index), totals: [20] },
			{ axis: 1, parts: [0, 1], totals: [2] }
		];
		expect(tooNarrow(attack(cube, sums), 5)).toEqual([]);
	});

	it('a million cells on lines of their own take seconds', () => {
		const dimensions = [
			dimension('o', [...Array.from({ length: 999 }, (_, index) => `o${index}`), 'I alt']),
			dimension(
				't',
				Array.from({ length: 1000 }, (_, index) => `t${index}`)
			)
		];
		const cells = new Cells(1_000_000);
		const sums = new Float64Array(1000);
		for (let position = 0; position < 999_000; position++) {
			const value = (Math.imul(position, 2654435761) >>> 8) % 60;
			cells.setValue(position, value);
			sums[position % 1000]! += value;
		}
		for (const [at, sum] of sums.entries()) cells.setValue(999_000 + at, sum);
		const before = process.cpuUsage().user;
		const { primary } = suppress(
			{ shape: { dimensions, measures: [measure('n')] }, cells: [cells] },
			5
		);
		expect(primary).toBeGreaterThan(50_000);
		expect((process.cpuUsage().user - before) / 1e6).toBeLessThan(15);
	}, 120_000);
});
