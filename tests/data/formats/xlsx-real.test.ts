import readExcelFile from 'read-excel-file/node';
import { expect, it, test } from 'vitest';
import { readSheet } from '#lib/data/formats/xlsx-sheet.ts';
import { openWorkbook } from '#lib/data/formats/xlsx-workbook.ts';
import { refusalOf } from '../bytes.ts';
import { cellAt, choose, onRealFiles, read, real, sizes } from './real.ts';

onRealFiles('Excel files of statistical offices and others', () => {
	test.each([
		['RAS200', 116, ['All Denmark', '2008'], 76],
		['RAS200', 116, ['Copenhagen', '2008'], 72.5],
		['RAS200', 116, ['Copenhagen', '2021'], 76.1],
		['RAS200', 116, ['Vesthimmerlands', '2008'], 76.9],
		['RAS200', 116, ['Aalborg', '2021'], 74.3],
		['INDKP107', 115, ['All Denmark', '2008'], 306_692],
		['INDKP107', 115, ['Copenhagen', '2021'], 403_607],
		['INDKP107', 115, ['Aalborg', '2021'], 403_887]
	])('%s: %d regions, %j is %d', (name, regions, at, value) => {
		const { cube, problems } = read(`xlsx/${name}.xlsx`);
		expect(problems).toEqual([]);
		expect(sizes(cube)).toEqual([1, 1, 1, 1, regions, 14]);
		expect(cube.cells[0]!.size).toBe(regions * 14);
		expect(cellAt(cube, ...at).value).toBe(value);
	});

	it('INDKP107 has a footnote; RAS200 its unit above the table', () => {
		expect(read('xlsx/INDKP107.xlsx').facts.about.notes!.at(-1)).toMatch(/^There is a databreak/);
		expect(read('xlsx/RAS200.xlsx').cube.shape.measures[0]!.unit).toBe('Per cent');
	});

	it('deaths: prose above and below the table', () => {
		const { cube, facts, questions } = read('xlsx/deaths.xlsx');
		expect(facts.table).toMatchObject({ headerRow: 5, rows: 10 });
		const at = (...words: string[]) => cellAt(cube, ...words).value;
		expect(at('David Bowie', 'musician', 'TRUE', '1947-01-08', '2016-01-10')).toBe(69);
		expect(questions).toEqual([{ column: 'Name', kind: 'names' }]);
		const bytes = real('xlsx/deaths.xlsx');
		const grid = readSheet(openWorkbook(bytes), 'xl/worksheets/sheet1.xml', null);
		const michael = grid.rows.find(({ cells }) => cells[0]!.text === 'George Michael')!;
		expect(michael.cells.map(({ text }) => text)).toEqual(
			expect.arrayContaining(['53', '1963-06-25'])
		);
		expect(choose(bytes, { sheet: 'other' }).facts.table).toMatchObject({ headerRow: 5, rows: 10 });
	});

	it('ozmarriage: two rows of merged headings', () => {
		const { cube, problems } = choose(real('xlsx/ozmarriage.xlsx'), { sheet: 'Table 2' });
		expect(problems.filter(({ severity }) => severity === 'stop')).toEqual([]);
		expect(cellAt(cube, 'Banks', 'Response clear – Yes – no.').value).toBe(37_736);
		expect(cellAt(cube, 'Banks', 'Response clear – Yes – %').value).toBe(44.9);
		expect(cellAt(cube, 'Banks', 'Response clear – No – no.').value).toBe(46_343);
		expect(cellAt(cube, 'Bennelong', 'Response clear – Yes – no.').value).toBe(42_943);
		expect(cellAt(cube, 'Bennelong', 'Response clear – No – no.').value).toBe(43_215);
	});

	it('type-me: days from 1904; Book3: a CPR number', () => {
		const book = openWorkbook(real('xlsx/type-me.xlsx'));
		const sheet = book.sheets.find(({ name }) => name === 'date_coercion')!;
		const texts = readSheet(book, sheet.path, null).rows.map(({ cells }) => cells[0]!.text);
		expect(texts.slice(2, 4)).toEqual(['2016-05-23', '2016-04-28T11:30']);
		expect(refusalOf(() => read('xlsx/Book3.xlsx')).code).toBe('data.cpr');
	});

	it.each(['RAS200', 'INDKP107', 'ozmarriage'])(
		'%s: read-excel-file reads the same cells',
		async (name) => {
			const bytes = real(`xlsx/${name}.xlsx`);
			const book = openWorkbook(bytes);
			const theirs = await readExcelFile(Buffer.from(bytes));
			for (const { name, path } of book.sheets) {
				const { data } = theirs.find(({ sheet }) => sheet === name)!;
				for (const { row, cells } of readSheet(book, path, null).rows)
					for (const { column, text } of cells)
						expect(String(data[row - 1]![column - 1])).toBe(text);
			}
		}
	);
});
