import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { keyOf, mapNames } from '#lib/chart/map-names.ts';
import { areasOf, areaSpot, classes, classesOf, drawnSpot, mapOf } from '#lib/chart/maps.ts';
import { step } from '#lib/chart/read.ts';
import { summary } from '#lib/chart/summary.ts';
import { textWidth } from '#lib/chart/text.ts';
import type { Dimension } from '#lib/data/cube.ts';
import { municipalities } from '#lib/data/municipalities.ts';
import { pathOf, ringsOf, type Outline } from '#lib/data/outline.ts';
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

describe('names on a map', () => {
	const danish = { ...municipalities, areas: municipalities.areas };
	const all: Dimension = {
		key: 'omraade',
		label: 'Kommune',
		role: 'area',
		categories: danish.areas.map(({ code, name }) => ({ code, label: name }))
	};
	const country = {
		...figure(
			{ kind: 'map', x: 'omraade' },
			[all],
			all.categories.map((_, i) => i)
		),
		map: mapOf(danish, all.categories)
	};

	test('stand where there is room, never on each other', () => {
		for (const pixels of [320, 520]) {
			const names = mapNames(country, 'da', pixels);
			expect(names.length).toBeGreaterThan(pixels === 320 ? 5 : 25);
			expect(names.every(({ value, letter }) => value === null && letter === null)).toBe(true);
			const boxes = names.map(({ name, x, y }) => ({
				left: (x / country.map.width) * pixels - textWidth(name!, 12) / 2,
				right: (x / country.map.width) * pixels + textWidth(name!, 12) / 2,
				y: (y / country.map.width) * pixels
			}));
			for (const [i, a] of boxes.entries())
				for (const b of boxes.slice(i + 1))
					expect(
						a.right < b.left || a.left > b.right || Math.abs(a.y - b.y) >= 15,
						`${names[i]!.name}`
					).toBe(true);
		}
	});

	test('never lie across the frame of what is shown larger', () => {
		const { to } = country.map.insets![0]!;
		for (const pixels of [320, 520]) {
			const scale = pixels / country.map.width;
			for (const { name, x, y } of mapNames(country, 'da', pixels)) {
				if (x < to.x || x > to.x + to.width || y < to.y || y > to.y + to.height) continue;
				const half = textWidth(name!, 12) / 2 / scale;
				expect(x - half >= to.x && x + half <= to.x + to.width, name!).toBe(true);
			}
		}
	});

	test('are replaced by a letter with a key where few areas have numbers and no room', () => {
		const names = mapNames(map, 'da', 300);
		expect(names.map(({ letter }) => letter)).toEqual(['a', 'b', 'c', 'd']);
		expect(
			keyOf(map, names)
				.map(({ name }) => name)
				.toSorted()
		).toEqual(['Nord', 'Syd', 'Vest', 'Øst'].toSorted());
		expect(names.map(({ value }) => value).toSorted()).toEqual(['10', '40', '×', '–'].toSorted());
	});

	test('a small area is read where it is shown larger, and every one of them inside the drawing', () => {
		const code = danish.areas.find(({ name }) => name === 'Frederiksberg')!.code;
		const [inset] = country.map.insets!;
		const spot = drawnSpot(country, code)!;
		expect(areaSpot(country, code)).not.toEqual({ x: spot.x, y: spot.y });
		expect(spot.x > inset!.to.x && spot.x < inset!.to.x + inset!.to.width).toBe(true);
		for (const { code, x, y } of danish.areas) {
			const at = drawnSpot(country, code)!;
			expect(at.x >= 0 && at.x <= country.map.width && at.y <= country.map.height).toBe(true);
			const covered =
				at.x === x &&
				x > inset!.to.x &&
				x < inset!.to.x + inset!.to.width &&
				y > inset!.to.y &&
				y < inset!.to.y + inset!.to.height;
			expect(covered, `${code} lies under the inset`).toBe(false);
		}
	});

	test('the rings of a path are those it was written from', () => {
		const ring = fc.array(
			fc.tuple(fc.integer({ min: -900, max: 900 }), fc.integer({ min: 0, max: 900 })),
			{
				minLength: 3,
				maxLength: 8
			}
		);
		const run = fc.check(
			fc.property(ring, (points) => {
				const apart = points.filter(
					([x, y], i) => i === 0 || x !== points[i - 1]![0] || y !== points[i - 1]![1]
				);
				return JSON.stringify(ringsOf(pathOf([apart]))) === JSON.stringify([apart]);
			})
		);
		expect(run.counterexample).toBeNull();
	});
});
