import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tableOf } from '#lib/data/table.server.ts';
import * as versions from '#lib/data/versions.server.ts';
import { csvPieces } from '#lib/data/write/csv.ts';
import { pointingIn, targetLink } from '#lib/data/target.ts';
import { freshDatabase, type TestDatabase } from '../support/database.ts';
import { utf8 } from './bytes.ts';
import { demoFile, furnish, type Place } from './place.ts';

let database: TestDatabase;
let place: Place;
let areas: string;
beforeAll(async () => {
	database = await freshDatabase();
	place = await furnish(database.sql);
	areas = (await place.store(demoFile('areas-2018.csv'))).id;
});
afterAll(() => database.drop());

describe('a version as a table', () => {
	it('has time across and the rest down, and says what is hidden', async () => {
		const table = await tableOf(database.sql, areas, { measure: 'anbragte-boern' });
		expect(table.measure.label).toBe('Anbragte børn');
		expect(table.down).toEqual(['Område']);
		expect(table.across!.periods.map(({ code }) => code)).toEqual([
			'2014',
			'2015',
			'2016',
			'2017',
			'2018'
		]);
		expect(table.rows).toHaveLength(12);
		const [bakke, fjord] = table.rows;
		expect(bakke!.cells[0]).toEqual({ value: 20, status: 'v' });
		expect(fjord!.cells[0]).toEqual({ value: null, status: 's' });
	});

	it('marks the cell an address points at, and only it', async () => {
		const link = targetLink('d', 1, {
			kind: 'cell',
			measure: 'anbragte-boern',
			coordinates: { omraade: 'Bakkegården', aar: '2014' }
		});
		const pointing = pointingIn(new URL(link, 'http://x').searchParams);
		const table = await tableOf(database.sql, areas, { pointing });
		expect(table.pointed).toBe('Anbragte børn, Bakkegården, 2014');
		const marked = table.rows.flatMap(({ labels, marked }) =>
			marked.map((on, at) => (on ? [labels[0], at] : []))
		);
		expect(marked.filter((one) => one.length > 0)).toEqual([['Bakkegården', 0]]);
	});

	it('says so when what is pointed at is not there', async () => {
		const pointing = { measure: 'anbragte-boern', where: { omraade: ['Atlantis'] } };
		const table = await tableOf(database.sql, areas, { pointing });
		expect(table.pointed).toBeNull();
		expect(table.rows.some(({ marked }) => marked.includes(true))).toBe(false);
	});

	it('opens a long table at the row pointed at', async () => {
		const rows = Array.from({ length: 250 }, (_, index) => `Sogn ${index};2018;${index + 10}`);
		const { id } = await place.store(
			utf8(
				`Område;År;Nøgletal;Værdi\n${rows.join('\n')}\n`
					.replace(';Nøgletal', '')
					.replace('Værdi', 'Antal')
			),
			{},
			place.else_,
			await other()
		);
		const table = await tableOf(database.sql, id, {
			pointing: { measure: 'antal', where: { omraade: ['Sogn 217'] } }
		});
		expect([table.from, table.rows.length, table.total]).toEqual([200, 50, 250]);
		expect(table.rows[17]!.marked).toEqual([true]);
	});

	it('downloads as CSV that a Danish spreadsheet reads, without what is hidden', async () => {
		const text = 'Navn på område;Børn;Snit (point)\n"Nord; og ""vest""";12;5,5\nSyd;3;..\n';
		const { id } = await place.store(utf8(text), {}, place.else_, await other());
		// The text, its mark included: decoding would take that away.
		const csv = [...csvPieces(await versions.load(database.sql, id))].join('');
		expect(csv).toBe(
			'\ufeffNavn på område;Børn;Snit (point)\r\n"Nord; og ""vest""";12;5,5\r\nSyd;;..\r\n'
		);
	});
});

const other = () =>
	place.write(async (tx) => {
		const { create } = await import('#lib/data/datasets.server.ts');
		return await create(tx, place.else_, {
			forumId: place.forumId,
			title: 'Andet',
			definition: 'x'
		});
	});
