import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { understand } from '#lib/data/formats/formats.ts';
import { compare, mismatch } from '#lib/data/compare.ts';
import { suppress } from '#lib/data/suppress.ts';
import { utf8 } from './bytes.ts';

function cube(bytes: Uint8Array) {
	return suppress(understand(bytes).cube, 5).cube;
}
const areas = (year: number) =>
	cube(
		readFileSync(new URL(`../../src/lib/thread/demo/figures/areas-${year}.csv`, import.meta.url))
	);
const text = (csv: string) => cube(utf8(csv));

describe('two versions', () => {
	it('of the areas: a new year and two revised values', () => {
		const changes = compare(areas(2018), areas(2019));
		expect(changes.dimensions).toEqual([
			{ key: 'aar', label: 'År', role: 'time', added: [{ code: '2019', label: '2019' }], lost: [] }
		]);
		expect(
			changes.revised.map(({ measure, coordinates, old, new: now }) => [
				measure,
				coordinates,
				old,
				now
			])
		).toEqual([
			['elever-med-over-20-fravaersdage', { omraade: 'Mølleparken', aar: '2017' }, 41, 48],
			['voksne-i-beskaeftigelse', { omraade: 'Fjordparken', aar: '2018' }, 77.5, 75.1]
		]);
		expect(changes.revised[0]!.percent).toBeCloseTo(17.07, 2);
		expect([changes.statusCount, changes.lostCells, changes.newCells]).toEqual([0, 0, 120]);
	});

	it('the same twice: nothing', () => {
		expect(compare(areas(2018), areas(2018))).toMatchObject({
			measures: [],
			dimensions: [],
			revisedCount: 0,
			statusCount: 0,
			newCells: 0,
			lostCells: 0
		});
	});

	it('say that a cell is suppressed now, or no longer, and never its number', () => {
		const changes = compare(
			text('Område;Børn\nNord;12\nSyd;3\nØst;9\n'),
			text('Område;Børn\nNord;2\nSyd;11\nØst;9\n')
		);
		expect(changes.status).toEqual([
			{ measure: 'boern', coordinates: { omraade: 'Nord' }, from: 'v', to: 's' },
			{ measure: 'boern', coordinates: { omraade: 'Syd' }, from: 's', to: 'v' }
		]);
		expect(changes.revised).toEqual([]);
		expect(JSON.stringify(changes)).not.toMatch(/12|11|[^"]3/);
	});

	it('with a category gone', () => {
		const changes = compare(
			text('Område;Børn\nNord;12\nSyd;13\n'),
			text('Område;Børn\nNord;12\nØst;9\n')
		);
		expect(changes.dimensions[0]).toMatchObject({
			added: [{ code: 'Øst' }],
			lost: [{ code: 'Syd' }]
		});
		expect([changes.lostCells, changes.newCells]).toEqual([1, 1]);
	});
});

describe('shapes', () => {
	const shape = (csv: string) => text(csv).shape;
	const before = shape('Område;Børn;Fravær (pct.)\nNord;12;5,5\n');

	it('with a new measure are the next version', () => {
		expect(mismatch(before, shape('Område;Børn;Fravær (pct.);Voksne\nNord;12;5,5;7\n'))).toBeNull();
	});

	it('with other dimensions are not', () => {
		expect(mismatch(before, shape('Skole;Børn;Fravær (pct.)\nA;12;5,5\n'))).toEqual({
			code: 'data.dimensions_differ',
			params: { missing: 'Område', added: 'Skole' }
		});
	});

	it('that have lost a measure are not', () => {
		expect(mismatch(before, shape('Område;Børn\nNord;12\n'))).toEqual({
			code: 'data.measures_lost',
			params: { measures: 'Fravær' }
		});
	});
});
