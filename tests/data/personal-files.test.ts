import { readdirSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { understand } from '#lib/data/formats/formats.ts';
import { refusalOf, utf8 } from './bytes.ts';
import { onRealFiles, read, REAL_FOLDER } from './formats/real.ts';
import { everything, furnish, refused, type Place } from './place.ts';
import { freshDatabase, type TestDatabase } from '../support/database.ts';

/** Persons in whole files (D6): what is asked, what passes, what stops, and where the answer stands. Nobody here exists. */

const asked = (text: string) => understand(utf8(text)).questions;

describe('a file with persons in it', () => {
	test.each([
		['full names under no telling heading', 'Sag;Antal\nMette Kroghus;3\nLars Dahlbo;5\n', 'names'],
		['family name first', 'Hvem;Antal\nKroghus, Mette;3\nDahlbo, Lars;5\n', 'names'],
		['names in capitals', 'Hvem;Antal\nMETTE KROGHUS;3\nLARS DAHLBO;5\n', 'names'],
		['given names alone', 'Elev;Dage\nMette;3\nLars;5\nFatima;1\nZorbo;2\n', 'names'],
		['names from elsewhere', 'Borger;Antal\nFatima El-Zorbi;3\nAli van der Krog;5\n', 'names'],
		['a heading that says so', 'Fornavn;Antal\nZorbo;3\nKwix;5\n', 'names'],
		['“Navn” over what is no place', 'Navn;Antal\nZorbo Kwix;3\nKwix Zorbo;5\n', 'names'],
		[
			'persons among places',
			'Navn;Antal\nMette Kroghus;3\nLars Dahlbo;2\nBakkegården;5\n',
			'names'
		],
		['homes', 'Bolig;Antal\nKroghusvej 12, 2. tv;3\nDahlbogade 4B;5\n', 'addresses'],
		[
			'homes with post codes',
			'Sted;Antal\nZorbo 3, 9999 Lindeby;3\nKwix 12, 9999 Lindeby;5\n',
			'addresses'
		],
		['a heading of homes', 'Bopæl;Antal\nZorbo;3\nKwix;5\n', 'addresses']
	])('is asked about: %s', (_, text, kind) => {
		expect(asked(text)).toEqual([{ column: text.split(';')[0], kind }]);
	});

	test.each([
		['areas under “Navn”', 'Navn;Antal\nBakkegården;3\nFjordparken;5\nNørrevænget;2\n'],
		['municipalities under “Navn”', 'Navn;Antal\nKøbenhavn;3\nAarhus;5\nLæsø;2\n'],
		[
			'schools under “Navn”',
			'Navn;Antal\nØsterled Skole;3\nSkolen ved Åen;5\nSankt Maria Skole;2\n'
		],
		[
			'institutions called after people',
			'Sted;Antal\nSofie Centret;3\nKaren Hospital;5\nPeter Afdeling;1\n'
		],
		['organisations', 'Organisation_name;Antal\nEnfield Trust;3\nBarnsley;5\n'],
		['streets without numbers', 'Vej;Antal\nKroghusvej;3\nDahlbogade;5\n'],
		['age groups and sexes', 'Alder;Køn;Antal\n0-4 år;Mænd;3\n5-9 år;Kvinder;5\n']
	])('is not asked about: %s', (_, text) => {
		expect(asked(text)).toEqual([]);
	});

	test.each([
		['with a hyphen', '310290-1234'],
		['ten bare digits', '3102901234'],
		['a date beyond the month', '320190-1234']
	])('a number that begins with no date passes: %s', (_, number) => {
		expect(() => understand(utf8(`Id;Antal\nx${number};3\ny;5\n`))).not.toThrow();
	});

	test.each([
		['with a hyphen', '010190-1234'],
		['with a blank', '010190 1234'],
		['a replacement number, day and sixty', '610190-1234'],
		['without a check digit that holds, as since 2007', '010110-1111']
	])('a CPR number stops it by its date: %s', (_, number) => {
		const refusal = refusalOf(() => understand(utf8(`Id;Antal\nx;3\n${number};5\n`)));
		expect(refusal).toEqual({ code: 'data.cpr', params: { row: 3, column: 'Id' } });
		expect(JSON.stringify(refusal)).not.toContain(number.slice(0, 6));
	});
});

describe('the answer about persons', () => {
	let database: TestDatabase;
	let place: Place;
	beforeAll(async () => {
		database = await freshDatabase();
		place = await furnish(database.sql);
	});
	afterAll(() => database.drop());
	const bytes = utf8('Sted;Antal\nKroghusvej 12, 2. tv;30\nDahlbogade 4B;50\n');

	it('is waited for: without it, or with another’s, nothing is stored', async () => {
		const before = await everything(database.sql);
		for (const confirmations of [
			[],
			[{ column: 'Sted', kind: 'names' as const }],
			[{ column: 'Antal', kind: 'addresses' as const }]
		])
			expect(await refused(place.store(bytes, { confirmations }))).toMatchObject({
				code: 'data.confirm_addresses',
				params: { column: 'Sted' }
			});
		expect(await everything(database.sql)).toBe(before);
	});

	it('is an event with who gave it and when', async () => {
		await place.store(bytes, { confirmations: [{ column: 'Sted', kind: 'addresses' }] });
		const [event] = await database.sql`
			select person_id, object_id, detail->'confirmations' said from events
			where verb = 'dataset.version_stored'`;
		expect(event).toMatchObject({
			person_id: place.else_.id,
			object_id: place.datasetId,
			said: [{ column: 'Sted', kind: 'addresses', by: place.else_.id }]
		});
		expect(Date.parse(event!.said[0].at)).toBeGreaterThan(Date.now() - 60_000);
	});
});

onRealFiles('the agencies’ own files', () => {
	/** Those that do hold persons, by what they are asked about. */
	const PERSONS: Record<string, object[]> = {
		'csv/duplicate-headers.csv': [{ column: 'name', kind: 'names' }],
		'xlsx/deaths.xlsx': [{ column: 'Name', kind: 'names' }]
	};
	/** Refused for what they are, not for persons: broken, ragged, empty. */
	const BROKEN = new Set([
		'csv/csv-payload.txt',
		'csv/defective-rows.csv',
		'csv/empty.csv',
		'csv/kommuneMapping.csv',
		'px/BE0101F1errorValues.px'
	]);
	const files = ['csv', 'px', 'jsonstat', 'xlsx'].flatMap((folder) =>
		readdirSync(`${REAL_FOLDER}${folder}`).map((name) => `${folder}/${name}`)
	);

	test.each(files.filter((name) => name !== 'xlsx/Book3.xlsx'))(
		'%s is neither stopped nor asked about wrongly',
		(name) => {
			if (BROKEN.has(name)) {
				const { code } = refusalOf(() => read(name));
				expect(code).not.toMatch(/cpr/);
				return;
			}
			expect(read(name).questions).toEqual(PERSONS[name] ?? []);
		}
	);

	it('the one with a personal number is stopped', () => {
		expect(refusalOf(() => read('xlsx/Book3.xlsx'))).toMatchObject({
			code: 'data.cpr',
			params: { row: 1, column: 'A' }
		});
	});
});
