import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { blocksOf, fillFrom } from '#lib/data/blocks.ts';
import { slice } from '#lib/data/cells.server.ts';
import { Cells } from '#lib/data/cells.ts';
import * as datasets from '#lib/data/datasets.server.ts';
import * as download from '#lib/data/download.server.ts';
import { understand } from '#lib/data/formats/formats.ts';
import type { Cube, CubeShape } from '#lib/data/cube.ts';
import { emptyLike, positionOf } from '#lib/data/grid.ts';
import { Marks } from '#lib/data/marks.ts';
import { mergeCategories } from '#lib/data/merge.ts';
import type { Recipe } from '#lib/data/recipe.ts';
import { isLong, knownSign } from '#lib/data/signs.ts';
import { signWord } from '#lib/data/sign-words.ts';
import { tableOf } from '#lib/data/table.server.ts';
import * as versions from '#lib/data/versions.server.ts';
import { cellTarget } from '#lib/chart/figure.ts';
import { signedWords, targetWords } from '#lib/chart/words.ts';
import { figure, areas, years } from '../chart/figures.ts';
import { freshDatabase, type TestDatabase } from '../support/database.ts';
import { utf8 } from './bytes.ts';
import { everything, furnish, refused, type Place } from './place.ts';

/** What the source says of single cells, from the file to whoever reads the number. */

let database: TestDatabase;
let place: Place;
beforeAll(async () => {
	database = await freshDatabase();
	place = await furnish(database.sql);
});
afterAll(() => database.drop());

const AREAS = ['Nord', 'Syd', 'Øst', 'I alt'];
const jsonstat = (values: (number | null)[], status: Record<number, string>, more = {}) =>
	utf8(
		JSON.stringify({
			version: '2.0',
			class: 'dataset',
			label: 'Børn',
			id: ['omraade', 'aar'],
			size: [AREAS.length, 2],
			role: { time: ['aar'], geo: ['omraade'] },
			dimension: {
				omraade: { category: { index: AREAS } },
				aar: { category: { index: ['2017', '2018'] } }
			},
			value: values,
			status,
			extension: { status: { label: { e: 'anslået af kommunen' } } },
			...more
		})
	);

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

describe('where categories become one', () => {
	const shape: CubeShape = {
		dimensions: [areas('Nord', 'Syd', 'Øst', 'Vest'), years(2017, 2018)],
		measures: [true, false].map((additive, index) => ({
			key: `m${index}`,
			label: `m${index}`,
			unit: '',
			decimals: 0,
			countsPeople: false,
			additive
		})),
		marks: { e: 'anslået af kommunen', p: 'foreløbigt tal', r: '' }
	};
	const from = ['syd', 'øst', 'vest'];
	const mark = fc.constantFrom(undefined, 'e', 'p', 'r', '..');
	const cell = fc.record({ value: fc.option(fc.integer({ min: 0, max: 9 })), mark });
	const anyCube = fc.array(cell, { minLength: 16, maxLength: 16 }).map((all): Cube => {
		const cube = { ...emptyLike(shape), marks: shape.measures.map(() => new Marks(8)) };
		for (const [at, { value, mark }] of all.entries()) {
			const [measure, position] = [at >> 3, at & 7];
			cube.cells[measure]!.set(position, { value, status: value === null ? 'm' : 'v' });
			if (mark) cube.marks[measure]!.set(position, mark);
		}
		return cube;
	});

	it('what is not merged keeps its mark, and a sum carries those of the numbers it is made of, no other', () => {
		fc.assert(
			fc.property(anyCube, (cube) => {
				const {
					shape: now,
					cells,
					marks
				} = mergeCategories(cube, 'omraade', { into: 'Resten', from });
				const codes = now.dimensions[0]!.categories.map(({ code }) => code);
				expect(codes).toEqual(['nord', 'Resten']);
				for (const [measure, of] of cells.entries())
					for (const year of [0, 1]) {
						const was = (area: number) => cube.marks![measure]!.get(area * 2 + year);
						expect(marks?.[measure]?.get(year)).toBe(was(0));
						const status = of.statusAt(2 + year);
						const parts = [1, 2, 3].filter(
							(area) => cube.cells[measure]!.statusAt(area * 2 + year) === status
						);
						const said = [...new Set(parts.flatMap((area) => was(area) ?? []))].sort().join(' ');
						expect(marks?.[measure]?.get(2 + year) ?? '').toBe(measure === 0 ? said : '');
					}
			}),
			{ numRuns: Number(process.env.MARK_RUNS ?? 200) }
		);
	});

	it('marks that came together are told together, in the file’s words or ours', () => {
		const cube: Cube = { ...emptyLike(shape), marks: [new Marks(8), undefined] };
		for (const position of [2, 4, 6]) cube.cells[0]!.setValue(position, 10);
		cube.marks![0]!.set(2, 'p');
		cube.marks![0]!.set(4, 'e');
		const merged = mergeCategories(cube, 'omraade', { into: 'Resten', from });
		expect(merged.marks![0]!.get(2)).toBe('e p');
		expect(merged.shape.marks!['e p']).toBe('anslået af kommunen; foreløbigt tal');
		expect(signWord('e p', '', 'da')).toBe('skønnet; foreløbigt tal');
		expect(isLong('e p')).toBe(false);
		expect(isLong('meget usikkert')).toBe(true);
	});

	it('a suppressed sum has no mark', () => {
		const cube: Cube = { ...emptyLike(shape), marks: [new Marks(8), undefined] };
		cube.cells[0]!.setValue(2, 10);
		cube.cells[0]!.setStatus(4, 's');
		for (const position of [2, 4]) cube.marks![0]!.set(position, 'e');
		const merged = mergeCategories(cube, 'omraade', { into: 'Resten', from });
		expect(merged.cells[0]!.statusAt(2)).toBe('s');
		expect(merged.marks?.[0]?.get(2)).toBeUndefined();
	});

	it('is so in a file that is imported with a merge', () => {
		const bytes = jsonstat([12, 24, 30, 3, 40, 20, 82, 47], { 1: 'e', 3: 'p', 5: 'e' });
		const { recipe } = understand(bytes);
		const merges = [
			{ column: 'omraade', into: 'Syd og Øst', from: ['Syd', 'Øst'], reason: 'få', lost: 'delt' }
		];
		const { cube } = understand(bytes, { told: { ...recipe, merges } as Recipe });
		const at = positionOf(cube.shape, { omraade: 'Syd og Øst', aar: '2018' })!;
		expect(cube.cells[0]!.get(at)).toEqual({ value: 23, status: 'v' });
		expect(cube.marks![0]!.get(at)).toBe('e p');
	});
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
