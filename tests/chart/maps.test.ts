import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { areasOf, areaSpot, classes, classesOf, mapOf } from '#lib/chart/maps.ts';
import { step } from '#lib/chart/read.ts';
import { summary } from '#lib/chart/summary.ts';
import type { Outline } from '#lib/data/outline.ts';
import { areas, figure, years } from './figures.ts';

const place = (name: string, x: number, y: number) => ({
	code: name,
	name,
	d: 'M0 0l1 0 0 1z',
	x,
	y
});
const outline: Outline = {
	id: 'o',
	title: 'Prøvekort',
	source: 'os selv',
	width: 100,
	height: 100,
	areas: [
		place('Nord', 50, 10),
		place('Vest', 10, 50),
		place('Øst', 90, 50),
		place('Syd', 50, 90),
		place('Ø', 95, 95)
	]
};
const dimension = areas('Nord', 'Vest', 'Øst', 'Syd', 'Hele landet');
const map = {
	...figure({ kind: 'map', x: 'omraade' }, [dimension], [10, 's', 'm', 40, 100]),
	map: mapOf(outline, dimension.categories)
};

describe('a map', () => {
	test('hatches what is not shown, leaves blank what is missing, and keeps totals off it', () => {
		const fills = Object.fromEntries(areasOf(map).map(({ name, fill }) => [name, fill]));
		expect(fills).toEqual({
			Nord: 'value',
			Vest: 'hidden',
			Øst: 'missing',
			Syd: 'value',
			Ø: 'outside'
		});
		expect(classesOf(map).at(-1)?.to).toBe(40);
		expect(summary(map, 'da')).toContain('Ikke på kortet: Hele landet.');
	});

	test('gives only areas with a number a colour', () => {
		for (const { fill, colour } of areasOf(map)) expect(colour !== null).toBe(fill === 'value');
	});

	test('is read in the direction of the key', () => {
		const row = (name: string) => dimension.categories.findIndex(({ label }) => label === name);
		const from = (name: string, key: string) =>
			dimension.categories[step(map, { row: row(name), column: 0 }, key).row]?.label;
		expect(from('Nord', 'ArrowDown')).toBe('Syd');
		expect(from('Vest', 'ArrowRight')).toBe('Øst');
		expect(from('Øst', 'ArrowRight')).toBe('Øst');
		expect(from('Hele landet', 'ArrowDown')).not.toBe('Hele landet');
		expect(areaSpot(map, 'hele landet')).toBeNull();
	});

	test('every area can be reached with the arrows from any other', () => {
		const onMap = [0, 1, 2, 3];
		for (const start of onMap) {
			const seen = new Set([start]);
			for (const row of seen)
				for (const key of ['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight'])
					seen.add(step(map, { row, column: 0 }, key).row);
			expect([...seen].sort()).toEqual(onMap);
		}
	});
});

describe('classes', () => {
	test('hold every value once, never part equals, and are no more than five', () => {
		const run = fc.check(
			fc.property(fc.array(fc.integer({ min: -30, max: 60 }), { maxLength: 60 }), (values) => {
				const scale = classes(values);
				return (
					scale.length <= 5 &&
					values.every((v) => scale.filter(({ from, to }) => v >= from && v <= to).length === 1) &&
					scale.every(({ from }, i) => i === 0 || from > scale[i - 1]!.to) &&
					new Set(scale.map(({ colour }) => colour)).size === scale.length
				);
			})
		);
		expect(run.counterexample).toBeNull();
	});

	test('part what is below 0 from what is not', () => {
		const scale = classes([-5, -2, 1, 2, 3]);
		expect(scale.some(({ from, to }) => from < 0 && to >= 0)).toBe(false);
		expect(scale[0]!.colour).toContain('--n');
	});
});

describe('reading with the keyboard', () => {
	test('goes through periods sideways on lines, and through rows up and down on bars', () => {
		const dimensions = [areas('A', 'B'), years(2017, 2018)];
		const line = figure({ kind: 'line', x: 'aar', series: 'omraade' }, dimensions, [1, 2, 3, 4]);
		expect(step(line, { row: 0, column: 0 }, 'ArrowRight')).toEqual({ row: 1, column: 0 });
		expect(step(line, { row: 0, column: 0 }, 'ArrowDown')).toEqual({ row: 0, column: 1 });
		expect(step(line, { row: 1, column: 0 }, 'ArrowRight')).toEqual({ row: 1, column: 0 });
		expect(step(line, { row: 0, column: 1 }, 'End')).toEqual({ row: 1, column: 1 });
		const bars = figure({ kind: 'bar', x: 'omraade', series: 'aar' }, dimensions, [1, 2, 3, 4]);
		expect(step(bars, { row: 0, column: 0 }, 'ArrowDown')).toEqual({ row: 1, column: 0 });
		expect(step(bars, { row: 0, column: 0 }, 'ArrowRight')).toEqual({ row: 0, column: 1 });
	});
});
