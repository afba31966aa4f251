import { describe, expect, it, test } from 'vitest';
import { cell, series } from '#lib/data/cells.server.ts';
import { comparison, comparisonCsv } from '#lib/data/comparison.server.ts';
import * as mappings from '#lib/data/mappings.server.ts';
import * as versions from '#lib/data/versions.server.ts';
import type { Person } from '#lib/people/person.ts';
import { utf8 } from './bytes.ts';
import { everything, refused } from './place.ts';
import { FIRST, place, onTheDesk, db, csv, both, NORD, map } from './desk.ts';

/** Renamed categories, and what two editions differ by: versions never change by it. */

onTheDesk();

describe('a renamed category', () => {
	it('is followed by comparison, series and single cells, both ways, and no version changes', async () => {
		const [one, two] = await both();
		const stored = await Promise.all([one, two].map(({ id }) => versions.load(db(), id)));
		const compared = () => comparison(db(), place.ove, place.datasetId, { from: 2, to: 1 });
		expect((await compared()).changes).toMatchObject({
			revisedCount: 0,
			lostCells: 6,
			newCells: 6
		});
		await map();
		const { changes, from, to } = await compared();
		expect([from.number, to.number], 'the earlier one first').toEqual([1, 2]);
		expect(changes).toMatchObject({ dimensions: [], lostCells: 0, newCells: 0, revisedCount: 1 });
		expect(changes.revised).toMatchObject([
			{ measure: 'anbragte', coordinates: { omraade: 'Havnen', aar: '2017' }, old: 20, new: 22 }
		]);
		const read = async (id: string, code: string) =>
			(await series(db(), id, { measure: 'anbragte', where: { omraade: [code] } })).map(
				({ value }) => value
			);
		expect(await read(two.id, 'Nord')).toEqual([22, 21]);
		expect(await read(one.id, 'Havnen')).toEqual([20, 21]);
		const at = { omraade: 'Nord', aar: '2018' };
		expect(await cell(db(), two.id, 'boern', at)).toEqual({ value: 210, status: 'v' });
		expect(await Promise.all([one, two].map(({ id }) => versions.load(db(), id)))).toEqual(stored);
	});

	it('is called what it is called now when a later file still has the old name', async () => {
		await both();
		await map();
		const third = await place.store(csv(...FIRST, 'Nord;2019;215;23;11,5', 'Syd;2019;81;11;8'), {
			asOf: '2020-08-01'
		});
		const shape = await versions.shape(db(), third.id);
		expect(shape.dimensions.find(({ key }) => key === 'omraade')!.categories).toEqual([
			{ code: 'Havnen', label: 'Havnen' },
			{ code: 'Syd', label: 'Syd' }
		]);
		expect(
			third.changes!.dimensions.map(({ key }) => key),
			'only a new year'
		).toEqual(['aar']);
	});

	it('ends with a reason, and can be said otherwise after', async () => {
		await both();
		const id = await map();
		const end = (reason: string) =>
			place.write((tx) => mappings.end(tx, place.else_, place.datasetId, id, reason));
		expect((await refused(end(' '))).code).toBe('data.ending_reason');
		await end('Det er to kvarterer');
		expect((await refused(end('Igen'))).status).toBe(404);
		expect(await mappings.active(db(), place.datasetId)).toEqual([]);
		expect(await mappings.lines(db(), place.datasetId)).toMatchObject([
			{ ...NORD, byName: 'Else Winther', ended: { reason: 'Det er to kvarterer' } }
		]);
		await map();
		expect(await mappings.active(db(), place.datasetId)).toHaveLength(1);
	});

	test.each([
		['of what no version has', { ...NORD, old: 'Vest' }, 'data.no_such_category'],
		['to what no version has', { ...NORD, new: 'Vest' }, 'data.no_such_category'],
		['in another dimension', { ...NORD, dimension: 'aar' }, 'data.no_such_category'],
		['to itself', { ...NORD, new: 'Nord' }, 'data.mapping_same'],
		['of two that one version has', { ...NORD, old: 'Syd' }, 'data.mapping_both']
	])('is refused %s', async (_, input, code) => {
		await both();
		const before = await everything(db());
		expect((await refused(map(input))).code).toBe(code);
		expect(await everything(db())).toBe(before);
	});

	it('is refused twice, and the other way round', async () => {
		await both();
		await map();
		const before = await everything(db());
		expect((await refused(map())).code).toBe('data.mapping_already');
		const back = { ...NORD, old: 'Havnen', new: 'Nord' };
		expect((await refused(map(back))).code).toBe('data.mapping_circular');
		const two = await Promise.allSettled([map(NORD), map(NORD)]);
		expect(two.every(({ status }) => status === 'rejected')).toBe(true);
		expect(await everything(db())).toBe(before);
	});
});

describe('a comparison', () => {
	it('is one page of the differences, and all of them as CSV', async () => {
		const rows = (by: number) =>
			Array.from({ length: 150 }, (_, at) => `O${at};2018;${200 + at};20;${at + by}`);
		await place.store(csv(...rows(1)));
		await place.store(csv(...rows(2)), { asOf: '2019-08-01' });
		const asked = { from: 1, to: 2, measure: null };
		const page = await comparison(db(), place.ove, place.datasetId, { ...asked, start: 100 });
		expect(page.changes.revisedCount).toBe(150);
		expect(page.changes.revised).toHaveLength(50);
		const words = { measure: 'Mål', old: 'Før', now: 'Nu', percent: 'Pct.' };
		const stream = await comparisonCsv(db(), place.ove, place.datasetId, asked, words);
		const lines = (await new Response(stream).text()).replace('\ufeff', '').trim().split('\r\n');
		expect(lines).toHaveLength(151);
		expect(lines.slice(0, 2)).toEqual([
			'Mål;Område;År;Før (1);Nu (2);Pct.',
			'Areal (ha);O0;2018;1;2;100,0'
		]);
		const only = await comparison(db(), place.ove, place.datasetId, { ...asked, measure: 'boern' });
		expect(only.changes.revisedCount).toBe(0);
	});

	it('shows no number that is suppressed in either version', async () => {
		await place.store(utf8('Område;Børn\nNord;12\nSyd;13\nØst;3\n'));
		await place.store(utf8('Område;Børn\nNord;2\nSyd;14\nØst;11\n'), { asOf: '2019-08-01' });
		const asked = { from: 1, to: 2 };
		const { changes } = await comparison(db(), place.ove, place.datasetId, asked);
		// Whether what was small before may be shown now is the guards' to say (suppress.ts).
		expect(changes.status).toContainEqual({
			measure: 'boern',
			coordinates: { omraade: 'Nord' },
			from: 'v',
			to: 's'
		});
		expect(changes.revised).toMatchObject([{ old: 13, new: 14 }]);
		const words = { measure: 'Mål', old: 'Før', now: 'Nu', percent: 'Pct.' };
		const stream = await comparisonCsv(db(), place.ove, place.datasetId, asked, words);
		const text = await new Response(stream).text();
		expect(text).toContain('Nord;12;;');
		expect(text).not.toMatch(/;[23];/);
	});

	it('is of two versions, for those who may read the dataset', async () => {
		await both();
		const ask = (who: Person, from: number, to: number) =>
			refused(comparison(db(), who, place.datasetId, { from, to }));
		expect((await ask(place.ove, 1, 1)).code).toBe('data.same_version');
		expect((await ask(place.ove, 1, 7)).status).toBe(404);
		expect((await ask(place.nina, 1, 2)).status).toBe(404);
	});
});
