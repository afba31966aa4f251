import { strToU8, zipSync } from 'fflate';
import { describe, expect, it, test } from 'vitest';
import { understand } from '#lib/data/formats/formats.ts';
import { areaOf, columnName, dateText } from '#lib/data/formats/xlsx-sheet.ts';
import { dateForm } from '#lib/data/formats/xlsx-workbook.ts';
import { refusalOf } from '../bytes.ts';
import { cellAt, choose, sizes, stops } from './real.ts';
import { rows, workbook } from './xlsx-file.ts';

const table = [
	['Område', 'År', 'Børn', 'Snit (point)'],
	['Nord', 2018, 12, 5.5],
	['Syd', 2018, 2.807, 0]
];

const one = (...sheet: Parameters<typeof rows>) => workbook({ Ark1: rows(...sheet) });

describe('an Excel file', () => {
	it('has its numbers as they are: 2.807 is no thousands, and nought is nought', () => {
		const { cube, facts, recipe } = understand(one(table));
		expect(facts).toMatchObject({
			format: 'Excel',
			encoding: null,
			table: { rows: 2, headerRow: 1 }
		});
		expect(recipe.reading).toEqual({ sheet: 'Ark1', range: null });
		expect(cellAt(cube, 'Syd', '2018', 'Børn').value).toBe(2.807);
		expect(cellAt(cube, 'Syd', '2018', 'Snit').value).toBe(0);
	});

	it('may have its numbers as Danish text', () => {
		const { cube } = understand(
			one([
				['Område', 'Børn'],
				['Nord', '2.118'],
				['Syd', '5,8'],
				['Øst', 3.5]
			])
		);
		expect([...cube.cells[0]!.values()].map(({ value }) => value)).toEqual([2118, 5.8, 3.5]);
	});

	it('may name its elements with a prefix, and its sheets by any path', () => {
		const bytes = workbook({ Ark1: rows(table, 1, 'x:') }, { prefix: 'x' });
		expect(cellAt(understand(bytes).cube, 'Nord', '2018', 'Børn').value).toBe(12);
	});

	it('is read in the sheet that has figures, or the one chosen, or a range of it', () => {
		const bytes = workbook({
			Forside: rows([['Læs mig']]),
			Tal: rows(table),
			Andre: rows([
				['Område', 'Børn', 'Note'],
				['Nord', 1, 'x'],
				['Syd', 2, 'y'],
				['Øst', 3, 'z']
			])
		});
		const first = understand(bytes);
		expect(first.recipe.reading.sheet).toBe('Tal');
		expect(first.facts.choices).toMatchObject([
			{
				key: 'sheet',
				value: 'Tal',
				options: [{ value: 'Forside' }, { value: 'Tal' }, { value: 'Andre' }]
			},
			{ key: 'range', value: null, options: null }
		]);
		const other = choose(bytes, { sheet: 'Andre', range: 'A1:B3' });
		expect(other.cube.shape.measures.map(({ label }) => label)).toEqual(['Børn']);
		expect(sizes(other.cube)).toEqual([2]);
		expect(stops(choose(bytes, { sheet: 'Andre', range: 'foo' }))).toEqual(['data.xlsx_range']);
		expect(refusalOf(() => choose(bytes, { sheet: 'Væk' })).code).toBe('data.xlsx_no_sheet');
		expect(understand(bytes, { earlier: other.recipe }).recipe.reading).toEqual({
			sheet: 'Andre',
			range: 'A1:B3'
		});
	});

	it('may have headings in several rows, merged; titles above; labels written once; notes below', () => {
		const sheet =
			rows([
				['Fravær i skolerne'],
				['Enhed: dage'],
				[null, null, 'Piger', null, 'Drenge'],
				[null, null, '2018', '2019', '2018'],
				['Nord', 'Skole A', 1, 2, 3],
				[null, 'Skole B', 4, 5, 6],
				['Syd', 'Skole C', 7, 8, 9],
				['* foreløbige tal']
			]) + '<mergeCells><mergeCell ref="C3:D3"/></mergeCells>';
		const { cube, facts, problems } = understand(workbook({ Ark1: sheet }));
		expect(problems.filter(({ severity }) => severity === 'stop')).toEqual([]);
		expect(facts.about).toMatchObject({
			title: 'Fravær i skolerne',
			notes: ['Enhed: dage', '* foreløbige tal']
		});
		expect(cube.shape.measures.map(({ label }) => label)).toEqual([
			'Piger – 2018',
			'Piger – 2019',
			'Drenge – 2018'
		]);
		expect(cellAt(cube, 'Nord', 'Skole B', 'Piger – 2019').value).toBe(5);
	});

	it('has dates as days, months or years, as they are shown', () => {
		const styles =
			'<numFmts><numFmt numFmtId="170" formatCode="mmm\\-yy;@"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="170"/></cellXfs>';
		const day = (style: number, serial: number) => `<c s="${style}"><v>${serial}</v></c>`;
		const bytes = (date1904: boolean) =>
			workbook(
				{
					Ark1: rows([
						['Dato', 'Børn'],
						[day(1, 43_131), 1],
						[day(2, 43_160), 2]
					])
				},
				{ styles, date1904 }
			);
		const codes = (from1904: boolean) =>
			understand(bytes(from1904)).cube.shape.dimensions[0]!.categories.map(({ code }) => code);
		expect(codes(false)).toEqual(['2018-01-31', '2018-03']);
		expect(codes(true)).toEqual(['2022-02-01', '2022-03']);
	});

	it('takes the value a formula has in the file, and says where one has none', () => {
		const formula = (value: string) => `<c><f>SUM(A1)</f>${value}</c>`;
		const bytes = (value: string) =>
			one([
				['Område', 'Børn'],
				['Nord', 3],
				['Syd', formula(value)]
			]);
		expect(cellAt(understand(bytes('<v>0</v>')).cube, 'Syd').value).toBe(0);
		expect(refusalOf(() => understand(bytes('')))).toEqual({
			code: 'data.xlsx_no_value',
			params: { cell: 'B3' }
		});
		const failed = understand(
			one([
				['Område', 'Børn'],
				['Nord', 3],
				['Syd', '<c t="e"><v>#N/A</v></c>']
			])
		);
		expect(cellAt(failed.cube, 'Syd').value).toBeNull();
		expect(failed.problems).toMatchObject([{ code: 'data.xlsx_errors', params: { cells: 'B3' } }]);
	});

	it('puts shared texts together from their runs, and leaves pronunciation out', () => {
		const texts = [
			'<r><t>No</t></r><r><t>rd &amp; S&#248;</t></r><rPh><t>x</t></rPh>',
			'<t>B_x00f8_rn</t>'
		];
		const shared = (at: number) => `<c t="s"><v>${at}</v></c>`;
		const { cube } = understand(
			workbook(
				{
					Ark1: rows([
						['Område', shared(1)],
						[shared(0), 3],
						['Syd', 4]
					])
				},
				{ texts }
			)
		);
		expect(cube.shape.dimensions[0]!.categories[0]!.label).toBe('Nord & Sø');
		expect(cube.shape.measures[0]!.label).toBe('Børn');
	});

	it('stops at a CPR number anywhere in the sheet', () => {
		expect(refusalOf(() => understand(one([['Kontakt 240687-1111'], [], ...table]))).code).toBe(
			'data.cpr'
		);
	});

	const entry = (name: string, text: string) => zipSync({ [name]: strToU8(text) });
	test.each([
		['data.is_zip', entry('brev.txt', 'hej')],
		['data.zip_damaged', Uint8Array.of(0x50, 0x4b, 3, 4, 20, 0)],
		['data.zip_damaged', entry('xl/workbook.xml', '<workbook>')],
		['data.zip_damaged', workbook({ A: '<row><c></row>' })],
		['data.no_rows', workbook({ A: '<sheetData/>' })],
		['data.no_rows', workbook({ A: '<a>'.repeat(50) + '</a>'.repeat(50) })],
		['data.zip_damaged', workbook({ A: '<a>'.repeat(50_000) })],
		['data.zip_damaged', workbook({ A: `<c ${'a="" '.repeat(50_000)}/>` })],
		[
			'data.xlsx_entities',
			entry('xl/workbook.xml', '<!DOCTYPE x [<!ENTITY a "aaaaaaaa">]><workbook/>')
		]
	])('is refused with %s', (code, bytes) => {
		expect(refusalOf(() => understand(bytes)).code).toBe(code);
	});

	it('cannot be blown up: a sheet of 100 MB of blanks, one that lies about its size, a row at the end of the world', () => {
		const huge = workbook({ A: ' '.repeat(100_000_000) });
		expect(huge.length).toBeLessThan(500_000);
		expect(refusalOf(() => understand(huge)).code).toBe('data.xlsx_too_large');
		const view = new DataView(huge.buffer);
		// In the directory, the size unpacked stands after the size packed.
		for (let at = 0; at < huge.length - 4; at++)
			if (view.getUint32(at, true) === 0x02014b50 && view.getUint32(at + 24, true) > 90_000_000)
				view.setUint32(at + 24, 1000, true);
		expect(refusalOf(() => understand(huge)).code).toBe('data.zip_damaged');
		const far = '<row r="1048576"><c r="XFD1048576"><v>1</v></c><c r="A1048576"><v>1</v></c></row>';
		const wide = Array.from(
			{ length: 1000 },
			(_, row) => `<row r="${row + 1}"><c r="XFD${row + 1}"><v>1</v></c></row>`
		);
		for (const sheet of [far, wide.join('')])
			expect(
				refusalOf(() => understand(workbook({ A: `<sheetData>${sheet}</sheetData>` }))).code
			).toMatch(/^data\./);
	});

	test.each([
		['dd-mm-yyyy', 'day'],
		['yyyy', 'year'],
		['mmm yy', 'month'],
		['dd/mm/yyyy hh:mm', 'time'],
		['#,##0.00', null],
		['General', null],
		['0.0%', null],
		['"d" 0', null],
		['[Red]0', null]
	])('the format %s shows a %s', (code, form) => expect(dateForm(code)).toBe(form));

	it('knows cells by their letters, and days by their numbers', () => {
		expect(areaOf('A3:O120')).toEqual([3, 1, 120, 15]);
		expect(areaOf('$AA$1')).toEqual([1, 27, 1, 27]);
		expect(areaOf('A0x')).toBeNull();
		expect([1, 26, 27, 702, 703, 16_384].map(columnName)).toEqual([
			'A',
			'Z',
			'AA',
			'ZZ',
			'AAA',
			'XFD'
		]);
		expect(dateText(1, 'day', false)).toBe('1900-01-01');
		expect(dateText(61, 'day', false)).toBe('1900-03-01');
		expect(dateText(41_026.479_166_666_664, 'time', true)).toBe('2016-04-28T11:30');
	});
});
