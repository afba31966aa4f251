import { afterAll, beforeAll, beforeEach, describe, expect, it, test } from 'vitest';
import * as breaks from '#lib/data/breaks.server.ts';
import { cell, series } from '#lib/data/cells.server.ts';
import { comparison, comparisonCsv } from '#lib/data/comparison.server.ts';
import * as derived from '#lib/data/derived.server.ts';
import * as mappings from '#lib/data/mappings.server.ts';
import * as versions from '#lib/data/versions.server.ts';
import type { Tx } from '#lib/base/sql.server.ts';
import type { Person } from '#lib/people/person.ts';
import { freshDatabase, type TestDatabase } from '../support/database.ts';
import { utf8 } from './bytes.ts';
import { everything, furnish, refused, type Place } from './place.ts';

/** What persons say of a dataset's figures: breaks, renamed categories, formulas. Versions never change by it. */

let database: TestDatabase;
let place: Place;
beforeAll(async () => {
	database = await freshDatabase();
});
afterAll(() => database.drop());
beforeEach(async () => {
	await database.drop();
	database = await freshDatabase();
	place = await furnish(database.sql);
});

const db = () => database.sql;
const csv = (...rows: string[]) => utf8(`Område;År;Børn;Anbragte;Areal (ha)\n${rows.join('\n')}\n`);
const FIRST = [
	'Nord;2017;200;20;11,5',
	'Nord;2018;210;21;11,5',
	'Syd;2017;90;9;8',
	'Syd;2018;80;12;8'
];
const SECOND = [
	'Havnen;2017;200;22;11,5',
	'Havnen;2018;210;21;11,5',
	'Syd;2017;90;9;8',
	'Syd;2018;80;12;8'
];
const both = async () => {
	const one = await place.store(csv(...FIRST));
	const two = await place.store(csv(...SECOND), { asOf: '2019-08-01' });
	return [one, two] as const;
};
const NORD = { dimension: 'omraade', old: 'Nord', new: 'Havnen', reason: 'Kvarteret fik nyt navn' };
const map = (input = NORD, who: Person = place.else_) =>
	place.write((tx) => mappings.map(tx, who, place.datasetId, input));

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

const BREAK = { measure: 'anbragte', period: '2018', reason: 'Ny opgørelse' };

describe('a break', () => {
	it('is said anew and ended, and what was said before stays on record', async () => {
		await both();
		const said = async () => await breaks.breaksOf(db(), [place.datasetId]);
		const id = await place.write((tx) => breaks.mark(tx, place.else_, place.datasetId, BREAK));
		const [row] = await db()`select * from series_breaks where id = ${id}`;
		const next = await place.write((tx) =>
			breaks.edit(tx, place.else_, place.datasetId, id, {
				...BREAK,
				reason: 'Nyt register',
				because: 'Forkert begrundelse'
			})
		);
		expect(await said()).toMatchObject([{ reason: 'Nyt register' }]);
		await place.write((tx) =>
			breaks.end(tx, place.else_, place.datasetId, next, 'Der er intet brud')
		);
		expect(await said()).toEqual([]);
		expect(await breaks.lines(db(), place.datasetId)).toMatchObject([
			{ reason: 'Ny opgørelse', ended: { reason: 'Forkert begrundelse', byName: 'Else Winther' } },
			{ reason: 'Nyt register', ended: { reason: 'Der er intet brud' } }
		]);
		expect((await db()`select * from series_breaks where id = ${id}`)[0]).toEqual(row);
		await expect(
			db()`update series_breaks set reason = 'noget andet' where id = ${id}`
		).rejects.toThrow();
		await place.write((tx) => breaks.mark(tx, place.else_, place.datasetId, BREAK));
		expect(await said()).toHaveLength(1);
	});

	it('corrected to what cannot be is left as it stood', async () => {
		await both();
		const id = await place.write((tx) => breaks.mark(tx, place.else_, place.datasetId, BREAK));
		const before = await everything(db());
		const wrong = { ...BREAK, period: '1999', because: 'x' };
		const trying = place.write((tx) => breaks.edit(tx, place.else_, place.datasetId, id, wrong));
		expect((await refused(trying)).code).toBe('data.no_such_period');
		expect(await everything(db())).toBe(before);
	});
});

const RATE = {
	label: 'Anbragte pr. 1.000 børn',
	kind: 'rate' as const,
	numerator: 'anbragte',
	denominator: 'boern',
	per: 1000,
	basePeriod: '',
	decimals: 1,
	reason: 'Så områder kan ses ved siden af hinanden'
};
const derive = (input: Partial<typeof RATE> | object = {}, who: Person = place.else_) =>
	place.write((tx) => derived.add(tx, who, place.datasetId, { ...RATE, ...input }));

describe('a derived measure', () => {
	it('is worked out from stored cells as it is read, and its formula is what is kept', async () => {
		const [one] = await both();
		await derive();
		await derive({ label: 'Andel', kind: 'share' });
		await derive({ label: 'Indeks', kind: 'index', basePeriod: '2017', denominator: '' });
		const [rate, share, index] = await derived.list(db(), place.datasetId);
		const numbers = async (of: derived.Derived) =>
			(await derived.derivedTable(db(), one.id, of, '')).rows.map(({ labels, cells }) => [
				labels[0],
				...cells.map(({ value }) => value && Math.round(value * 10) / 10)
			]);
		expect(await numbers(rate!)).toEqual([
			['Nord', 100, 100],
			['Syd', 100, 150]
		]);
		expect(await numbers(share!)).toEqual([
			['Nord', 10, 10],
			['Syd', 10, 15]
		]);
		expect(await numbers(index!)).toEqual([
			['Nord', 100, 105],
			['Syd', 100, 133.3]
		]);
		expect(rate).toMatchObject({
			formula: { kind: 'rate', numerator: 'anbragte', denominator: 'boern', per: 1000 },
			byName: 'Else Winther',
			ended: null
		});
	});

	it('is absent where a part is suppressed, and missing where one is missing or the whole is nought', async () => {
		const stored = await place.store(
			utf8(
				'Område;År;Børn;Anbragte\nNord;2018;100;3\nSyd;2018;0;0\nØst;2018;50;..\nVest;2018;40;10\n'
			)
		);
		await derive();
		const [rate] = await derived.list(db(), place.datasetId);
		const { rows } = await derived.derivedTable(db(), stored.id, rate!, '');
		expect(Object.fromEntries(rows.map(({ labels, cells }) => [labels[0], cells[0]]))).toEqual({
			Nord: { value: null, status: 's' },
			Syd: { value: null, status: 'm' },
			Øst: { value: null, status: 'm' },
			Vest: { value: 250, status: 'v' }
		});
	});

	test.each([
		['over itself', { denominator: 'anbragte' }, 'data.derived_same'],
		['over nothing', { denominator: '' }, 'data.no_such_measure'],
		['of what is not there', { numerator: 'x' }, 'data.no_such_measure'],
		['against no period', { kind: 'index', basePeriod: '1999' }, 'data.no_such_period']
	])('is refused %s', async (_, input, code) => {
		await both();
		const before = await everything(db());
		expect((await refused(derive(input))).code).toBe(code);
		expect(await everything(db())).toBe(before);
	});

	it('is ended with a reason and stays on record', async () => {
		await both();
		const id = await derive();
		const end = () =>
			place.write((tx) => derived.end(tx, place.else_, place.datasetId, id, 'Bruges ikke'));
		await end();
		expect(await derived.list(db(), place.datasetId)).toMatchObject([
			{ id, ended: { reason: 'Bruges ikke', byName: 'Else Winther' } }
		]);
		expect((await refused(end())).status).toBe(404);
	});
});

test('all of it is said by those who may describe the dataset, and by nobody else', async () => {
	await both();
	const breakId = await place.write((tx) => breaks.mark(tx, place.else_, place.datasetId, BREAK));
	const mappingId = await map();
	const derivedId = await derive();
	const { datasetId } = place;
	const verbs: Record<string, (tx: Tx, who: Person) => Promise<unknown>> = {
		mark: (tx, who) => breaks.mark(tx, who, datasetId, { ...BREAK, measure: 'boern' }),
		endBreak: (tx, who) => breaks.end(tx, who, datasetId, breakId, 'x'),
		editBreak: (tx, who) => breaks.edit(tx, who, datasetId, breakId, { ...BREAK, because: 'x' }),
		unmap: (tx, who) => mappings.end(tx, who, datasetId, mappingId, 'x'),
		derive: (tx, who) => derived.add(tx, who, datasetId, RATE),
		underive: (tx, who) => derived.end(tx, who, datasetId, derivedId, 'x')
	};
	const back = new Error('rolled back');
	const attempt = (verb: (tx: Tx, who: Person) => Promise<unknown>, who: Person) =>
		place
			.write(async (tx) => {
				await verb(tx, who);
				throw back;
			})
			.catch((error) => (error === back ? 'done' : (error as { status: number }).status));
	const before = await everything(db());
	for (const [name, verb] of Object.entries(verbs)) {
		// Else made it and is an analyst; Tove sits in the dataset's department.
		for (const who of [place.else_, place.tove])
			expect(await attempt(verb, who), name).toBe('done');
		for (const who of [place.jonas, place.maja, place.sigrid, place.ove])
			expect(await attempt(verb, who), `${name} ${who.name}`).toBe(403);
		expect(await attempt(verb, place.nina), name).toBe(404);
	}
	expect(await everything(db())).toBe(before);
});
