import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { blocksOf, fillFrom } from '#lib/data/blocks.ts';
import { slice } from '#lib/data/cells.server.ts';
import { Cells } from '#lib/data/cells.ts';
import * as datasets from '#lib/data/datasets.server.ts';
import * as download from '#lib/data/download.server.ts';
import { understand } from '#lib/data/formats/formats.ts';
import { Marks } from '#lib/data/marks.ts';
import { knownSign } from '#lib/data/signs.ts';
import { tableOf } from '#lib/data/table.server.ts';
import * as versions from '#lib/data/versions.server.ts';
import { cellTarget } from '#lib/chart/figure.ts';
import { signedWords, targetWords } from '#lib/chart/words.ts';
import { figure, areas, years } from '../chart/figures.ts';
import { freshDatabase, type TestDatabase } from '../support/database.ts';
import { utf8 } from './bytes.ts';
import { jsonstat } from './marked.ts';
import { everything, furnish, refused, type Place } from './place.ts';

/** What the source says of single cells, from the file to whoever reads the number. */

let database: TestDatabase;
let place: Place;
beforeAll(async () => {
	database = await freshDatabase();
	place = await furnish(database.sql);
});
afterAll(() => database.drop());

// Syd 2018 is small; with it goes Øst 2018, whose mark would say that something was there.
const FILE = jsonstat([12, 24, 30, 3, 40, 20, 82, 47], {
	1: 'e',
	3: 'hemmelig-syd',
	4: 'p',
	5: 'hemmelig-oest',
	7: 'e'
});

async function stored(bytes: Uint8Array) {
	const id = await place.write((tx) =>
		datasets.create(tx, place.else_, {
			forumId: place.forumId,
			title: `Med tegn ${Math.random()}`,
			definition: 'Børn'
		})
	);
	const recipe = understand(bytes).recipe;
	for (const measure of recipe.measures) measure.countsPeople = true;
	const { id: versionId } = await place.store(
		bytes,
		{ fileName: 'tal.json', recipe },
		place.else_,
		id
	);
	return { id, versionId };
}

const text = async (file: download.File) =>
	Buffer.from(await new Response(file.body).arrayBuffer());

describe('a mark on a cell', () => {
	it('is stored with it, and a suppressed cell has none, anywhere', async () => {
		const { versionId } = await stored(FILE);
		const cells = await slice(
			database.sql,
			versionId,
			(await versions.shape(database.sql, versionId)).measures[0]!.key,
			{}
		);
		expect(cells.map(({ status, sign }) => [status, sign])).toEqual([
			['v', undefined],
			['v', 'e'],
			['v', undefined],
			['s', undefined],
			['v', 'p'],
			['s', undefined],
			['v', undefined],
			['v', 'e']
		]);
		expect(await everything(database.sql)).not.toContain('hemmelig');
	});

	it('stands in the table with what it means, in the file’s words', async () => {
		const { versionId } = await stored(FILE);
		const table = await tableOf(database.sql, versionId, {});
		expect(table.rows[0]!.cells[1]).toEqual({ value: 24, status: 'v', sign: 'e' });
		expect(table.signs).toEqual({ e: 'anslået af kommunen', p: '' });
	});

	it.each(['csv', 'xlsx', 'json'] as const)('is written again as %s', async (form) => {
		const { id, versionId } = await stored(FILE);
		const file = await text(await download.version(database.sql, place.maja, id, 1, form));
		expect(file.includes('hemmelig')).toBe(false);
		const { cube, recipe } = understand(file);
		if (form === 'json') {
			const first = await versions.load(database.sql, versionId);
			expect([...cube.marks![0]!].filter(([, mark]) => mark !== 's')).toEqual([
				...first.marks![0]!
			]);
			expect(cube.shape.marks!.e).toBe('anslået af kommunen');
		} else {
			// A column beside the numbers, that is no dimension when the file is read again.
			expect(recipe.table!.columns.at(-1)).toMatchObject({ role: 'ignore' });
			expect(recipe.table!.columns.at(-1)!.name).toMatch(/^Tegn: /);
			expect(cube.shape.dimensions.map(({ label }) => label)).toEqual(['omraade', 'aar']);
		}
		if (form === 'csv') expect(file.toString()).toContain('Nord;2018;24;e\r\n');
	});

	it('of PX: dots for why there is no number, a dash for nought', async () => {
		const px = utf8(
			`CHARSET="ANSI";\nCODEPAGE="utf-8";\nTITLE="Børn";\nCONTENTS="Børn";\nUNITS="antal";\nDECIMALS=0;\nSTUB="område";\nHEADING="år";\nVALUES("område")="Nord","Syd";\nVALUES("år")="2017","2018";\nDATASYMBOL2="ikke oplyst";\nDATA=\n12 ..\n- "..."\n;\n`
		);
		const { versionId } = await stored(px);
		const table = await tableOf(database.sql, versionId, {});
		expect(table.rows.map(({ cells }) => cells.map(({ sign }) => sign))).toEqual([
			[undefined, '..'],
			['-', '...']
		]);
		expect(table.signs).toMatchObject({ '..': 'ikke oplyst', '-': '', '...': '' });
	});

	it('with a CPR number in it stops the import', async () => {
		const bytes = jsonstat([12, 14, 30, 3, 40, 20, 82, 37], { 1: '150365-1234' });
		expect(() => understand(bytes)).toThrowError(
			expect.objectContaining({ code: 'data.cpr_described' })
		);
		const told = jsonstat(
			[12, 14, 30, 3, 40, 20, 82, 37],
			{ 1: 'e' },
			{
				extension: { status: { label: { e: 'se 150365-1234' } } }
			}
		);
		expect((await refused(Promise.resolve().then(() => understand(told)))).code).toBe(
			'data.cpr_described'
		);
	});

	it('keeps what would break a line of COPY', async () => {
		const odd = 'a\\b\t"c"\n';
		const { versionId } = await stored(
			jsonstat([12, 14, 30, 33, 40, 20, 82, 67], { 0: odd, 2: odd, 6: odd })
		);
		const { marks } = await versions.load(database.sql, versionId);
		expect([...marks![0]!]).toEqual([
			[0, odd],
			[2, odd],
			[6, odd]
		]);
	});

	it('is none in versions stored before there were any', async () => {
		const { id } = await place.store(utf8('Område;År;Børn\nNord;2018;12\nSyd;2018;40\n'));
		const [block] = await database.sql`select marks from cell_blocks where version_id = ${id}`;
		expect(block).toEqual({ marks: null });
		expect((await versions.load(database.sql, id)).marks).toBeUndefined();
		expect((await tableOf(database.sql, id, {})).signs).toBeUndefined();
	});
});

it('runs of one mark are one entry, over the edge of a block as well', () => {
	const cells = new Cells(5000);
	const marks = new Marks(5000);
	for (let at = 0; at < 3000; at++) {
		cells.setValue(at, at);
		if (at < 1500) marks.set(at, 'p');
	}
	const blocks = [...blocksOf(cells, marks)];
	expect(blocks.map((block) => block.marks)).toEqual([
		[[0, 1024, 'p']],
		[[0, 476, 'p']],
		undefined
	]);
	const [again, said] = [new Cells(5000), new Marks(5000)];
	for (const block of blocks) fillFrom(again, block, said);
	expect([...said]).toEqual([...marks]);
	expect([...again]).toEqual([...cells]);
});

it('is said after the number where a figure is read, in the reader’s language', () => {
	const of = figure({ kind: 'line', x: 'aar' }, [areas('Nord'), years(2017, 2018)], [12, 14]);
	of.cells[1]!.sign = 'e';
	of.cells[0]!.sign = 'q7';
	of.signs = { e: '', q7: '' };
	expect(signedWords(of.cells[1]!, of, 'da')).toBe('14 (skønnet)');
	expect(signedWords(of.cells[1]!, of, 'en')).toBe('14 (estimated)');
	expect(signedWords(of.cells[0]!, of, 'en')).toContain('the source’s own sign');
	of.signs.e = 'anslået af kommunen';
	expect(signedWords(of.cells[1]!, of, 'en')).toBe('14 (anslået af kommunen)');
	expect([':', ':p', ' E '].map(knownSign)).toEqual([null, 'p', 'e']);
});

describe('the pointer', () => {
	it.each(['line', 'bar', 'stacked', 'range', 'panels'] as const)(
		'is told what a mark says at a point of a %s chart',
		(kind) => {
			const of = figure(
				{ kind, x: 'aar', series: 'omraade' },
				[areas('Nord', 'Syd'), years(2017, 2018)],
				[12, 14, 9, 8]
			);
			of.cells[1]!.sign = 'e';
			of.signs = { e: '' };
			expect(targetWords(of, cellTarget(of, of.cells[1]!), 'da')).toMatch(/14.* \(skønnet\)$/);
			expect(targetWords(of, cellTarget(of, of.cells[0]!), 'da')).not.toContain('skønnet');
		}
	);
});
