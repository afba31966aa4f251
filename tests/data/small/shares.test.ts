import { describe, expect, it, test } from 'vitest';
import { outOf, withBases } from '#lib/data/small/shares.ts';
import { suppress } from '#lib/data/suppress.ts';
import { cellsOf, dimension, measure, shown } from './cubes.ts';

const areas = [dimension('a', ['Nord', 'Syd', 'Øst', 'Vest', 'I alt'])];

describe('what rests on a count goes where it goes', () => {
	it('a mean where its n is small, or hidden to guard another', () => {
		const cube = {
			shape: {
				dimensions: areas,
				measures: [
					measure('n'),
					measure('snit', { unit: 'point', countsPeople: false, additive: false, basedOn: 'n' })
				]
			},
			cells: [cellsOf(areas, [3, 40, 12, 30, 85]), cellsOf(areas, [7, 6.5, 5, 6, 6.2])]
		};
		const { cube: result } = suppress(cube, 5);
		expect(shown(result)).toEqual(['s', 40, 's', 30, 85]);
		expect(shown(result, 1)).toEqual(['s', 6.5, 's', 6, 6.2]);
	});

	it('a share whose numerator is small, though its denominator is not', () => {
		const cube = {
			shape: {
				dimensions: areas,
				measures: [
					measure('borgere'),
					measure('andel', {
						unit: 'pct.',
						countsPeople: false,
						additive: false,
						basedOn: 'borgere'
					})
				]
			},
			// 7.5 % of 40 are 3; with 15 of 300 hidden too, the total's 68 do not give it away.
			cells: [cellsOf(areas, [40, 200, 300, 100, 640]), cellsOf(areas, [7.5, 15, 5, 20, 10.625])]
		};
		const { cube: result } = suppress(cube, 5);
		expect(shown(result)).toEqual([40, 200, 300, 100, 640]);
		expect(shown(result, 1)).toEqual(['s', 15, 's', 20, 10.625]);
	});

	it('a share whose numerator stands beside it and is hidden', () => {
		const cube = {
			shape: {
				dimensions: [dimension('a', ['Nord', 'Syd', 'Øst'])],
				measures: [
					measure('ledige'),
					measure('borgere'),
					measure('andel', { unit: '%', countsPeople: false, additive: false, basedOn: 'borgere' })
				]
			},
			cells: [
				cellsOf([dimension('a', ['Nord', 'Syd', 'Øst'])], [2, 30, 50]),
				cellsOf([dimension('a', ['Nord', 'Syd', 'Øst'])], [50, 300, 250]),
				cellsOf([dimension('a', ['Nord', 'Syd', 'Øst'])], [4, 10, 20])
			]
		};
		const { cube: result } = suppress(cube, 5);
		expect([0, 1, 2].map((index) => shown(result, index))).toEqual([
			['s', 30, 50],
			[50, 300, 250],
			['s', 10, 20]
		]);
	});

	it('as a person says it in the recipe', () => {
		const cube = {
			shape: { dimensions: [], measures: [measure('n'), measure('snit')] },
			cells: []
		};
		const told = (source: string, basedOn?: string) => ({
			source,
			label: source,
			unit: '',
			countsPeople: true,
			additive: true,
			basedOn
		});
		const { shape } = withBases(cube, [told('n'), told('snit', 'n')]);
		expect(shape.measures.map(({ basedOn }) => basedOn)).toEqual([undefined, 'n']);
	});
});

test.each([
	['pct.', 'Andel', 100],
	['%', 'x', 100],
	['‰', 'x', 1000],
	['antal', 'Sager pr. 1.000 borgere', 1000],
	['per 100,000', 'Cases', 100_000],
	['', 'Andel på 9. klassetrin', 1],
	['point', 'Snit', null],
	['antal', 'Børn', null]
])('unit %j of %j is out of %s', (unit, label, expected) =>
	expect(outOf({ unit, label })).toBe(expected)
);
