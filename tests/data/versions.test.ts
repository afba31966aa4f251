import { afterAll, beforeAll, beforeEach, describe, expect, it, test } from 'vitest';
import { slice, series, cell } from '#lib/data/cells.server.ts';
import { citations } from '#lib/data/citation.server.ts';
import * as versions from '#lib/data/versions.server.ts';
import { understand } from '#lib/data/formats/formats.ts';
import { freshDatabase, type TestDatabase } from '../support/database.ts';
import { utf16, utf8, windows1252 } from './bytes.ts';
import { demoFile, everything, furnish, refused, type Place } from './place.ts';

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

const small = 'Område;År;Børn;Snit (point)\nNord;2018;12;5,5\nSyd;2018;3;6,5\nØst;2018;0;..\n';

describe('storing a version', () => {
	it('gives it a number, its figures as they stood, and an event', async () => {
		const stored = await place.store(demoFile('areas-2018.csv'));
		expect(stored).toMatchObject({ number: 1, changes: null, suppressed: 52 });
		const at = { omraade: 'Mølleparken', aar: '2017' };
		const value = (measure: string) => cell(database.sql, stored.id, measure, at);
		expect(await value('elever-med-over-20-fravaersdage')).toEqual({ value: 41, status: 'v' });
		expect(await value('antal-borgere')).toEqual({ value: 1585, status: 'v' });
		const [event] = await database.sql`
			select verb, person_id, object_id, detail from events where verb = 'dataset.version_stored'`;
		expect(event).toMatchObject({
			person_id: place.else_.id,
			object_id: place.datasetId,
			detail: { dataset: place.datasetId, version: stored.id }
		});
	});

	it('a newer file of the same shape is the next version and tells what changed; the old one stays', async () => {
		const first = await place.store(demoFile('areas-2018.csv'));
		const before = await versions.load(database.sql, first.id);
		const second = await place.store(demoFile('areas-2019.csv'), { asOf: '2019-08-01' });
		expect(second.number).toBe(2);
		expect(second.changes).toMatchObject({ revisedCount: 2, newCells: 120, lostCells: 0 });
		expect(second.changes!.revised[0]).toMatchObject({ old: 41, new: 48 });
		expect(await versions.load(database.sql, first.id)).toEqual(before);
		const cites = await citations(database.sql, [first.id, second.id]);
		expect(cites.get(first.id)!.newest).toEqual({ versionId: second.id, number: 2 });
		expect(cites.get(second.id)).toMatchObject({
			newest: null,
			limit: 5,
			ownerName: 'Else Winther'
		});
	});

	it('UTF-16 simply imports', async () => {
		const stored = await place.store(utf16(small, 'le', true));
		expect(await cell(database.sql, stored.id, 'boern', { omraade: 'Øst', aar: '2018' })).toEqual({
			value: 0,
			status: 'v'
		});
	});

	it('what is read back is what was built, for every demo file', async () => {
		for (const name of ['development-pool.csv', 'unemployment-benchmarks.csv', 'families.csv']) {
			const id = await place.write((tx) =>
				import('#lib/data/datasets.server.ts').then((datasets) =>
					datasets.create(tx, place.else_, {
						forumId: place.forumId,
						title: name,
						definition: 'x',
						exemptReference: 'Speciale, 2016'
					})
				)
			);
			const stored = await place.store(demoFile(name), {}, place.else_, id);
			expect(stored.suppressed).toBe(0);
			const cube = await versions.load(database.sql, stored.id);
			expect(cube).toEqual(understand(demoFile(name)).cube);
		}
	});

	it('two imports at once get a number each', async () => {
		const other = small.replace('12', '14');
		const [a, b] = await Promise.all([place.store(utf8(small)), place.store(utf8(other))]);
		expect([a.number, b.number].sort()).toEqual([1, 2]);
	});
});

describe('small numbers', () => {
	it('are nowhere in the database after the import', async () => {
		// Numbers so odd that they can only come from the file.
		await database.sql`update forums set small_number_limit = 50`;
		const odd =
			'Område;År;Børn\nNord;2018;1234\nSyd;2018;37\nØst;2018;41\nVest;2018;43\nI alt;2018;1355\n';
		const stored = await place.store(utf8(odd));
		expect(stored.suppressed).toBe(3);
		const again = await place.store(utf8(odd.replace('1234', '1236').replace(';37', ';39')), {
			asOf: '2019-01-01'
		});
		expect(again.suppressed).toBe(3);
		const rows = await database.sql<{ value: number | null }[]>`select value from cells`;
		expect(rows.filter(({ value }) => value !== null).map(({ value }) => value)).not.toContain(37);
		const text = (await everything(database.sql))
			.replace(/[0-9a-f]{8,}(-[0-9a-f-]+)?/g, '')
			.replace(/\d{4}-\d\d-\d\d \d\d:\d\d:[\d.]+\+\d\d/g, '');
		for (const number of ['37', '39', '41', '43'])
			expect(text).not.toMatch(new RegExp(`(?<![\\d.])${number}(?![\\d])`));
	});

	it('are shown when the dataset is exempt, with the reference', async () => {
		await database.sql`update datasets set exempt_reference = 'Danmarks Statistik'`;
		const stored = await place.store(utf8(small));
		expect(stored.suppressed).toBe(0);
		expect((await citations(database.sql, [stored.id])).get(stored.id)!.limit).toBeNull();
	});

	it('a limit raised later counts from the next version', async () => {
		const first = await place.store(utf8(small));
		await database.sql`update forums set small_number_limit = 20`;
		const second = await place.store(utf8(`${small}Vest;2018;25;7\n`));
		expect([first.suppressed, second.suppressed]).toEqual([1, 2]);
		const at = { omraade: 'Nord', aar: '2018' };
		expect(await cell(database.sql, first.id, 'boern', at)).toEqual({ value: 12, status: 'v' });
		expect(second.changes!.status).toContainEqual({
			measure: 'boern',
			coordinates: at,
			from: 'v',
			to: 's'
		});
	});
});

describe('reading', () => {
	it('gives cells in the cube’s order; what the file never had is missing', async () => {
		const { id } = await place.store(
			utf8('Område;År;Børn\nNord;2018;12\nSyd;2018;3\nNord;2019;14\n')
		);
		expect(await slice(database.sql, id, 'boern', { omraade: ['Nord', 'Syd'] })).toEqual([
			{ coordinates: { omraade: 'Nord', aar: '2018' }, value: 12, status: 'v' },
			{ coordinates: { omraade: 'Nord', aar: '2019' }, value: 14, status: 'v' },
			{ coordinates: { omraade: 'Syd', aar: '2018' }, value: null, status: 's' },
			{ coordinates: { omraade: 'Syd', aar: '2019' }, value: null, status: 'm' }
		]);
		expect(await slice(database.sql, id, 'findes-ikke', {})).toEqual([]);
		expect(await cell(database.sql, id, 'boern', { omraade: 'Mars', aar: '2018' })).toEqual({
			value: null,
			status: 'm'
		});
	});

	it('adds several categories up, and is silent where one of them is', async () => {
		const text =
			'Område;År;Børn;Snit (point)\nNord;2018;12;5\nSyd;2018;30;6\nNord;2019;14;5\nSyd;2019;2;6\nNord;2020;15;5\nSyd;2020;..;6\n';
		const { id } = await place.store(utf8(text));
		const where = { omraade: ['Nord', 'Syd'] };
		expect(await series(database.sql, id, { measure: 'boern', where })).toEqual([
			{ period: '2018', label: '2018', value: 42, status: 'v' },
			{ period: '2019', label: '2019', value: null, status: 's' },
			{ period: '2020', label: '2020', value: null, status: 'm' }
		]);
		const means = await series(database.sql, id, { measure: 'snit-point', where });
		expect(means.map(({ value }) => value)).toEqual([null, null, null]);
		const one = await series(database.sql, id, {
			measure: 'snit-point',
			where: { omraade: ['Syd'] }
		});
		expect(one.map(({ value }) => value)).toEqual([6, 6, 6]);
	});
});

describe('what is refused leaves the database as it was', () => {
	const wide = Array.from({ length: 200 }, (_, index) => `k${index}`).join(';');
	/** Cut after a whole row, before its line break: nothing in the row tells. */
	const firstRows = (count: number) => {
		const bytes = demoFile('areas-2018.csv');
		let end = -1;
		for (let row = 0; row < count; row++) end = bytes.indexOf(0x0d, end + 1);
		return bytes.subarray(0, end);
	};
	const bad: [string, string, Uint8Array, Partial<versions.Import>?][] = [
		['an empty file', 'data.empty', new Uint8Array()],
		['only a heading', 'data.no_rows', utf8('Område;År;Antal\n')],
		['a ragged row', 'data.ragged', utf8('Område;År;Antal\nNord;2018;1\nSyd;2018\nØst;2018;2\n')],
		[
			'an unknown encoding',
			'data.unknown_encoding',
			Uint8Array.of(79, 0x86, 100, 59, 0x91, 10, 0x9b, 59, 49)
		],
		['200 columns', 'data.too_many_columns', utf8(`${wide}\n${wide}\n`)],
		['300 MB', 'data.too_large', new Uint8Array(300 * 1024 * 1024)],
		['a ZIP called .csv', 'data.zip_damaged', Uint8Array.of(0x50, 0x4b, 3, 4, 20, 0, 8, 8)],
		['CPR numbers', 'data.cpr', utf8('Barn;Antal\n010190-1234;1\n')],
		['formula cells', 'data.formula', utf8('Område;Antal\n=cmd|/C calc!A0;1\n')],
		['a file cut in the middle', 'data.confirm_whole', firstRows(41)],
		[
			'a file cut inside its last number',
			'data.cut_off',
			demoFile('areas-2018.csv').subarray(0, 3998)
		],
		['a file cut inside a row', 'data.cut_off', demoFile('areas-2018.csv').subarray(0, 4020)],
		['a word among numbers', 'data.unreadable', utf8('Område;Antal\nNord;12\nSyd;tolv\nØst;3\n')],
		['no figures at all', 'data.no_measure', utf8('Kommune;Region\nLindeby;Nord\nAaby;Syd\n')],
		[
			'a CPR number in its name',
			'data.cpr_in_name',
			utf8(small),
			{ fileName: 'udtræk 010190-1234.csv' }
		],
		['a date that is none', 'data.as_of', utf8(small), { asOf: 'i går' }],
		['persons’ names', 'data.confirm_names', utf8('Navn;Antal\nMette Krogh;12\nLars Dahl;9\n')]
	];
	test.each(bad)('%s', async (_, code, bytes, more) => {
		const before = await everything(database.sql);
		expect((await refused(place.store(bytes, more))).code).toBe(code);
		expect(await everything(database.sql)).toBe(before);
	});

	it('the same file twice, naming the version it is', async () => {
		await place.store(windows1252(small));
		const before = await everything(database.sql);
		expect(await refused(place.store(windows1252(small), { asOf: '2019-01-01' }))).toEqual({
			code: 'data.same_file',
			params: { number: 1, date: '2018-08-01' },
			status: 409
		});
		expect(await everything(database.sql)).toBe(before);
	});

	it('another shape, an older date, a lost measure', async () => {
		await place.store(utf8(small));
		const before = await everything(database.sql);
		const codes = [
			await refused(
				place.store(utf8('Skole;År;Børn;Snit (point)\nA;2018;12;5\n'), { recipe: undefined })
			),
			await refused(place.store(utf8(`${small}Vest;2018;9;7\n`), { asOf: '2018-07-31' })),
			await refused(place.store(utf8('Område;År;Børn\nNord;2018;12\n')))
		].map(({ code }) => code);
		expect(codes).toEqual(['data.dimensions_differ', 'data.as_of_before', 'data.measures_lost']);
		expect(await everything(database.sql)).toBe(before);
	});

	test.each([
		['an observer', 'ove', 403],
		['a secretary', 'sigrid', 403],
		['a chief of another department', 'jonas', 403],
		['someone outside the forum', 'nina', 404]
	] as const)('%s', async (_, who, status) => {
		const before = await everything(database.sql);
		expect((await refused(place.store(utf8(small), {}, place[who]))).status).toBe(status);
		expect(await everything(database.sql)).toBe(before);
	});

	it('and an import that fails half-way leaves nothing', async () => {
		const before = await everything(database.sql);
		const failing = place.write(async (tx) => {
			await versions.store(tx, place.else_, place.datasetId, {
				bytes: demoFile('areas-2018.csv'),
				fileName: 'a.csv',
				asOf: '2018-08-01'
			});
			throw new Error('the power went');
		});
		await expect(failing).rejects.toThrow('the power went');
		expect(await everything(database.sql)).toBe(before);
	});
});

describe('persons’ names', () => {
	it('are asked about once, and the answer is on record with who gave it', async () => {
		const bytes = utf8('Navn;Antal\nMette Krogh;12\nLars Dahl;9\n');
		const confirmations = [{ column: 'Navn', kind: 'names' as const }];
		const { id } = await place.store(bytes, { confirmations });
		const [row] = await database.sql`select confirmations from versions where id = ${id}`;
		expect(row!.confirmations).toMatchObject([
			{ column: 'Navn', kind: 'names', by: place.else_.id }
		]);
		const [event] =
			await database.sql`select detail from events where verb = 'dataset.version_stored'`;
		expect(event!.detail.confirmations).toMatchObject([{ column: 'Navn', kind: 'names' }]);
	});
});

it('a version and its cells refuse to be changed', async () => {
	const { id } = await place.store(utf8(small));
	await expect(
		database.sql`update cells set value = 1 where version_id = ${id} and value is not null`
	).rejects.toThrow('never changed');
	await expect(
		database.sql`update cell_blocks set numbers = '{1,2}' where version_id = ${id}`
	).rejects.toThrow('never changed');
	await expect(database.sql`delete from versions`).rejects.toThrow('never changed');
});
