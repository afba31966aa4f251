import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import fc from 'fast-check';
import { find, choices } from '#lib/data/catalogue.server.ts';
import { isFiltered, lookingIn, NOTHING_ASKED, wordsIn } from '#lib/data/catalogue.ts';
import * as datasets from '#lib/data/datasets.server.ts';
import { freshDatabase, type TestDatabase } from '../support/database.ts';
import { utf8 } from './bytes.ts';
import { demoFile, furnish, type Place } from './place.ts';

let database: TestDatabase;
let place: Place;
let absence: string;
const db = () => database.sql;

beforeAll(async () => {
	database = await freshDatabase();
	place = await furnish(database.sql);
	await place.store(demoFile('areas-2018.csv'));
	absence = await place.write((tx) =>
		datasets.create(tx, place.tove, {
			forumId: place.forumId,
			title: 'Skolefravær',
			definition: 'Elevernes fravær i folkeskolen',
			grade: 'validated',
			nextUpdate: '2019-01-01',
			secondId: place.jonas.id
		})
	);
	await place.store(
		utf8(
			'Skole;Skoleår;Fraværsdage;Elever med højt fravær\nSøndre;2016/17;4,5;120\nNordre;2017/18;5,5;130\n'
		),
		{},
		place.tove,
		absence
	);
	await place.write((tx) =>
		datasets.create(tx, place.else_, {
			forumId: place.forumId,
			title: 'Plejehjem og ældre',
			definition: 'Timer hos de ældre'
		})
	);
});
afterAll(() => database.drop());

const look = async (query: string, by = place.ove) => {
	const found = await find(db(), by, place.forumId, lookingIn(new URLSearchParams(query)));
	return {
		datasets: found.datasets.map(({ title }) => title),
		indicators: found.indicators.map(({ label }) => label)
	};
};
const q = (text: string) => look(new URLSearchParams({ q: text }).toString());

test('whose owner has left says so, and only those', async () => {
	const { sql } = database;
	await sql`update persons set deactivated_at = now() where id = ${place.tove.id}`;
	const { datasets: found } = await find(db(), place.ove, place.forumId, NOTHING_ASKED);
	await sql`update persons set deactivated_at = null where id = ${place.tove.id}`;
	expect(found.filter(({ ownerLeft }) => ownerLeft).map(({ title }) => title)).toEqual([
		'Skolefravær'
	]);
	expect(found.length).toBeGreaterThan(1);
});

describe('the catalogue', () => {
	it('shows every dataset when nothing is asked, and no indicators', async () => {
		expect(await look('')).toEqual({
			datasets: ['Boligområderne', 'Plejehjem og ældre', 'Skolefravær'],
			indicators: []
		});
	});

	test.each([
		['skolerne', 'Skolefravær'], // another ending of the same stem
		['folkeskole', 'Skolefravær'],
		['folkesk', 'Skolefravær'], // the beginning of a word
		['fravær', 'Skolefravær'], // inside a word put together
		['plejehjemmene', 'Plejehjem og ældre'],
		['bolig', 'Boligområderne'],
		['tove', 'Skolefravær'], // by owner
		['center for skole fravær', 'Skolefravær'], // by department and word
		['søndre', 'Skolefravær'] // by what it is divided into
	])('finds %s', async (text, title) => {
		expect((await q(text)).datasets).toContain(title);
	});

	it('finds an indicator by its own words, and by its dataset’s beside them', async () => {
		expect((await q('fraværsdage')).indicators).toEqual([
			'Elever med over 20 fraværsdage',
			'Fraværsdage'
		]);
		expect((await q('højt fravær')).indicators).toEqual(['Elever med højt fravær']);
		expect((await q('karaktersnit')).datasets).toEqual(['Boligområderne']);
		expect((await q('folkeskolen dage')).indicators).toEqual(['Fraværsdage']);
		expect((await q('folkeskolen')).indicators).toEqual([]);
	});

	it('asks for every word, and passes over those that carry nothing', async () => {
		expect((await q('fravær plejehjem')).datasets).toEqual([]);
		expect((await q('plejehjem og de ældre')).datasets).toEqual(['Plejehjem og ældre']);
		expect((await q('100%')).datasets).toEqual([]);
	});

	test.each([
		[
			'department',
			(p: Place) => p.tove.departmentId,
			['Boligområderne', 'Plejehjem og ældre', 'Skolefravær']
		],
		['department', (p: Place) => p.jonas.departmentId, []],
		['owner', (p: Place) => p.tove.id, ['Skolefravær']],
		['owner', (p: Place) => p.jonas.id, ['Skolefravær']], // the second who knows it
		['grade', () => 'validated', ['Skolefravær']],
		['grade', () => 'none', ['Boligområderne', 'Plejehjem og ældre']],
		['fresh', () => 'stale', ['Skolefravær']],
		['fresh', () => 'none', ['Boligområderne', 'Plejehjem og ældre']],
		['year', () => '2017', ['Boligområderne', 'Skolefravær']],
		['year', () => '1999', []],
		['area', () => 'mølle', ['Boligområderne']]
	] as const)('narrows down by %s', async (name, value, titles) => {
		expect((await look(`${name}=${value(place)}`)).datasets).toEqual(titles);
	});

	it('shows only one kind when asked to', async () => {
		expect((await look('sort=indicator')).indicators).toContain('Fraværsdage');
		expect((await look('sort=indicator')).datasets).toEqual([]);
		expect((await look('sort=dataset&q=fraværsdage')).indicators).toEqual([]);
	});

	it('offers what keeps something here to narrow down by', async () => {
		const offered = await choices(db(), place.ove, place.forumId);
		expect(offered.departments.map(({ name }) => name)).toEqual(['Center for Skole']);
		expect(offered.owners.map(({ name }) => name)).toEqual([
			'Else Winther',
			'Jonas Bruun',
			'Tove Holm'
		]);
	});

	it('is empty for those outside, and without what one may not read', async () => {
		expect(await look('', place.nina)).toEqual({ datasets: [], indicators: [] });
		expect(await look('sort=indicator', place.nina)).toEqual({ datasets: [], indicators: [] });
		await db()`update objects set confidential = true where id = ${absence}`;
		expect((await q('fravær')).datasets).toEqual(['Boligområderne']);
		expect((await q('folkeskolen dage')).indicators).toEqual([]);
		expect((await look('q=fravær', place.tove)).datasets).toContain('Skolefravær');
		await db()`update objects set confidential = false where id = ${absence}`;
	});

	it('follows the versions: a measure that comes is found when it comes', async () => {
		const csv = 'Område;År;Sager\nNord;2018;120\nSyd;2018;90\n';
		const id = await place.write((tx) =>
			datasets.create(tx, place.jonas, {
				forumId: place.forumId,
				title: 'Xylofon',
				definition: 'X'
			})
		);
		await place.store(utf8(csv), {}, place.jonas, id);
		expect((await q('xylofon kvarter')).indicators).toEqual([]);
		const more = csv.replace('Sager', 'Sager;Kvarterer').replaceAll(/(\d)\n/g, '$1;7\n');
		await place.store(utf8(more), {}, place.jonas, id);
		expect((await q('xylofon kvarter')).indicators).toEqual(['Kvarterer']);
		expect((await q('xylofon sager')).indicators).toEqual(['Sager']);
		await db()`update objects set confidential = true where id = ${id}`; // out of the others' way
	});

	it('takes whatever anyone types', async () => {
		await fc.assert(
			fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 30 }), async (text) => {
				expect((await q(text.replaceAll('\0', ''))).datasets.length).toBeLessThanOrEqual(3);
			}),
			{ numRuns: 60 }
		);
		for (const text of ["'", ':*', '!a', '(', 'a & b', 'a <-> b', '\\', '%', '_', '""'])
			expect((await q(text)).datasets.length, text).toBeLessThanOrEqual(3);
	});
});

test('an address that says nonsense asks for nothing', () => {
	const odd = new URLSearchParams('department=x&grade=best&fresh=1&year=soon&sort=all&owner=');
	expect(lookingIn(odd)).toEqual(NOTHING_ASKED);
	expect(isFiltered(NOTHING_ASKED)).toBe(false);
	expect(isFiltered(lookingIn(new URLSearchParams('year=2018')))).toBe(true);
	expect(wordsIn(' fravær,  "skole"; a:* ')).toEqual(['fravær', '"skole"', 'a']);
});
