import { existsSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readOutline, type Read } from '#lib/data/geojson.ts';
import { municipalities } from '#lib/data/municipalities.ts';
import {
	fits,
	matchAreas,
	middleOf,
	MOST_BYTES,
	pathOf,
	sameCode,
	type Ring
} from '#lib/data/outline.ts';
import { inside, ringsIn } from './rings.ts';

const bytes = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));
const square = (x: number, y: number, size = 1) => [
	[
		[x, y],
		[x + size, y],
		[x + size, y + size],
		[x, y + size],
		[x, y]
	]
];
const area = (properties: object, coordinates: number[][][], more: object = {}) => ({
	type: 'Feature',
	properties,
	geometry: { type: 'Polygon', coordinates },
	...more
});
const collection = (...features: object[]) => bytes({ type: 'FeatureCollection', features });
const category = (code: string, label = code) => ({ code, label });

const three = collection(
	area({ kode: '0101', navn: 'Nord' }, square(10, 56)),
	area({ kode: '0147', navn: 'Midt' }, square(11, 56)),
	area({ kode: '0751', navn: 'Syd' }, square(12, 56))
);

describe('a file of outlines', () => {
	test('is drawn north up and as wide as there is room for, each area with a place for its number', () => {
		const read = readOutline(three) as Read;
		expect(read).toMatchObject({ width: 1000, codeFrom: 'kode', nameFrom: 'navn', passedOver: 0 });
		expect(read.areas.map(({ code, name }) => [code, name])).toEqual([
			['0101', 'Nord'],
			['0147', 'Midt'],
			['0751', 'Syd']
		]);
		const [west, , east] = read.areas;
		expect(west!.x).toBeLessThan(east!.x);
		expect(west!.d).toMatch(/^M\d+ \d+l[-\d ]+z$/);
		const north = readOutline(
			collection(area({ kode: 'a' }, square(10, 55)), area({ kode: 'b' }, square(10, 57)))
		) as Read;
		expect(north.areas[1]!.y).toBeLessThan(north.areas[0]!.y);
	});

	test('tells by the dataset which of its properties is the code', () => {
		const file = collection(
			area({ fid: 1, region: 'R', area_id: 'x1', label: 'Nord' }, square(0, 0)),
			area({ fid: 2, region: 'R', area_id: 'x2', label: 'Syd' }, square(0, 2))
		);
		expect(readOutline(file, [category('x1'), category('x2')])).toMatchObject({
			codeFrom: 'area_id'
		});
		expect(readOutline(file, [category('1', 'Nord'), category('2', 'Syd')])).toMatchObject({
			codeFrom: 'fid',
			nameFrom: 'label'
		});
	});

	test('may be in metres, and its pieces of one code are one area', () => {
		const metres = collection(
			area({ kode: '1' }, square(500_000, 6_200_000, 1000)),
			area({ kode: '1' }, square(502_000, 6_200_000, 1000)),
			area({ kode: '2' }, square(504_000, 6_200_000, 1000))
		);
		const read = readOutline(metres) as Read;
		expect(read.areas.map(({ code }) => code)).toEqual(['1', '2']);
		expect(read.areas[0]!.d.match(/M/g)).toHaveLength(2);
	});

	test('passes over what is no area', () => {
		const mixed = collection(
			area({ kode: '1' }, square(0, 0)),
			{ type: 'Feature', properties: {}, geometry: { type: 'Point', coordinates: [0, 0] } },
			{ type: 'Feature', properties: {}, geometry: null }
		);
		expect(readOutline(mixed)).toMatchObject({ passedOver: 2 });
	});

	test.each([
		['data.outline_not_json', new TextEncoder().encode('{"type":')],
		['data.outline_not_json', new Uint8Array([0xff, 0xfe, 0x7b])],
		['data.outline_not_geojson', bytes({ type: 'Feature' })],
		['data.outline_not_geojson', bytes([])],
		[
			'data.outline_not_geojson',
			bytes({ type: 'Topology', objects: { a: { type: 'Polygon', arcs: [[9]] } }, arcs: [] })
		],
		[
			'data.outline_no_areas',
			collection({
				type: 'Feature',
				properties: {},
				geometry: { type: 'Point', coordinates: [1, 2] }
			})
		],
		['data.outline_no_code', collection(area({}, square(0, 0)))],
		['data.outline_too_large', new Uint8Array(MOST_BYTES + 1)]
	])('that cannot be used is refused as %s', (code, file) => {
		expect(readOutline(file)).toMatchObject({ code });
	});

	test('of any content is read or refused, never more', () => {
		const number = fc.oneof(fc.double(), fc.integer(), fc.constant(null), fc.string());
		const ring = fc.array(fc.array(number, { maxLength: 3 }), { maxLength: 6 });
		const shape = fc.record({
			type: fc.constantFrom('Polygon', 'MultiPolygon', 'Point'),
			coordinates: fc.oneof(
				fc.array(ring, { maxLength: 3 }),
				fc.array(fc.array(ring, { maxLength: 2 }), { maxLength: 2 })
			)
		});
		const one = fc.record({
			type: fc.constant('Feature'),
			properties: fc.dictionary(
				fc.constantFrom('kode', 'navn', '__proto__'),
				fc.oneof(fc.string(), fc.integer())
			),
			geometry: shape
		});
		const run = fc.check(
			fc.property(fc.array(one, { maxLength: 5 }), (features) => {
				const read = readOutline(bytes({ type: 'FeatureCollection', features }));
				return (
					'code' in read ||
					read.areas.every(
						({ d, x, y }) =>
							/^(M-?\d+ -?\d+[^a-z]*(l[-\d ]*)?z)+$/.test(d) && Number.isFinite(x + y)
					)
				);
			}),
			{ numRuns: 300 }
		);
		expect(run.counterexample).toBeNull();
	});
});

describe('outlines and categories', () => {
	const outline = readOutline(three) as Read;

	test('meet by code as a number, else by name, and never by likeness', () => {
		const matched = matchAreas(
			[category('101', 'København'), category('x', ' midt '), category('751'), category('Sydby')],
			outline
		);
		expect([...matched.areas].map(([code, [first]]) => [code, first!.code])).toEqual([
			['101', '0101'],
			['x', '0147'],
			['751', '0751']
		]);
		expect(matched.unmatched).toEqual([category('Sydby')]);
		expect(matched.unused).toEqual([]);
	});

	test('a merged category is drawn as its parts', () => {
		const { areas } = matchAreas([category('Nord og Syd')], outline, {
			'Nord og Syd': ['Nord', 'Syd']
		});
		expect(areas.get('Nord og Syd')?.map(({ code }) => code)).toEqual(['0101', '0751']);
	});

	test('fit when most of the categories have a place', () => {
		const few = [category('101'), category('147'), category('751')];
		expect(fits(matchAreas(few, outline), few)).toBe(true);
		const two = few.slice(0, 2);
		expect(fits(matchAreas(two, outline), two)).toBe(false);
		const many = [...few, ...Array.from({ length: 4 }, (_, i) => category(`y${i}`))];
		expect(fits(matchAreas(many, outline), many)).toBe(false);
	});

	test('codes are compared as numbers only where they are', () => {
		expect(sameCode('0101')).toBe(sameCode(' 101'));
		expect(sameCode('A01')).not.toBe(sameCode('A1'));
		expect(sameCode('DK01')).toBe(sameCode('dk01'));
	});
});

test('the number of an area stands inside it, holes heeded', () => {
	const u: Ring = [
		[0, 0],
		[30, 0],
		[30, 100],
		[70, 100],
		[70, 0],
		[100, 0],
		[100, 130],
		[0, 130]
	];
	expect(inside([u], middleOf([u]))).toBe(true);
	const holed: Ring[] = [
		[
			[0, 0],
			[100, 0],
			[100, 100],
			[0, 100]
		],
		[
			[20, 20],
			[80, 20],
			[80, 80],
			[20, 80]
		]
	];
	expect(inside(holed, middleOf(holed))).toBe(true);
	expect(
		pathOf([
			[
				[0, 0],
				[3, -1],
				[3, 4]
			]
		])
	).toBe('M0 0l3-1 0 5z');
});

test('the municipalities are the 98, each with a code of its own and its number inside', () => {
	expect(municipalities.areas).toHaveLength(98);
	expect(new Set(municipalities.areas.map(({ code }) => code)).size).toBe(98);
	expect(municipalities.areas.some(({ code }) => code === '411')).toBe(false);
	for (const { d, x, y, name } of municipalities.areas)
		expect(inside(ringsIn(d), { x, y }), name).toBe(true);
});

const REAL = '../shared/data/real';
const beside = existsSync(REAL);

describe.skipIf(!beside)('real files (../shared/data/real, when it is beside the project)', () => {
	const read = (name: string) => readOutline(readFileSync(`${REAL}/geo/${name}`)) as Read;

	test('kommuner.geojson: 98 municipalities and Christiansø, Frederiksberg inside København', () => {
		const file = read('kommuner.geojson');
		expect(file).toMatchObject({ codeFrom: 'kode', nameFrom: 'navn' });
		expect(file.areas).toHaveLength(99);
		const area = (code: string) => file.areas.find((one) => sameCode(one.code) === code)!;
		const at = (lon: number, lat: number) => {
			const across = (15.2 - 8.07) * Math.cos((56.155 * Math.PI) / 180);
			const scale = file.width / across;
			return {
				x: (lon - 8.07) * Math.cos((56.155 * Math.PI) / 180) * scale,
				y: (57.75 - lat) * scale
			};
		};
		const found = (lon: number, lat: number) =>
			file.areas.filter(({ d }) => inside(ringsIn(d), at(lon, lat))).map(({ code }) => code);
		expect(found(10.2039, 56.153)).toEqual(['0751']);
		expect(found(12.5325, 55.6787)).toEqual(['0147']);
		expect(found(14.7069, 55.1009)).toEqual(['0400']);
		expect(area('411').d).toMatch(/^M/);
		const size = JSON.stringify(file.areas).length;
		expect(size).toBeLessThan(70_000);
	});

	test('kommuner.topojson: the pieces of a municipality are one area', () => {
		const file = read('kommuner.topojson');
		expect(file).toMatchObject({ codeFrom: 'KOMKODE', nameFrom: 'KOMNAVN' });
		expect(file.areas).toHaveLength(99);
	});

	test('the groups of Statistics Denmark: every municipality has its outline, by number', () => {
		const lines = readFileSync(`${REAL}/csv/komgrp.csv`, 'utf8').split(/\r?\n/);
		const codes = lines.flatMap(
			(line) => /;"(\d{3})";2;/.exec(line)?.[1] ?? /"?(\d{3})"?;2;/.exec(line)?.[1] ?? []
		);
		const matched = matchAreas(
			[...codes, '411'].map((code) => category(code)),
			municipalities
		);
		expect(codes.length).toBe(98);
		expect(matched.areas.size).toBe(98);
		expect(matched.unmatched.map(({ code }) => code)).toEqual(['411']);
		expect(matched.unused).toEqual([]);
	});
});
