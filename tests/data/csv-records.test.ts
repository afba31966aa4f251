import { describe, expect, it } from 'vitest';
import { parse, CsvError } from 'csv-parse/sync';
import fc from 'fast-check';
import { inBytes } from '#lib/data/encoding.ts';
import { ByteColumn, Records } from '#lib/data/formats/csv-records.ts';
import { countsOf, differentRows, Table, TableWriter } from '#lib/data/table.ts';
import { utf8 } from './bytes.ts';

const text = fc.string({ maxLength: 60, unit: fc.constantFrom(...'ab;"\n\r æ') });

function ours(text: string): string[][] | string {
	const records = new Records(utf8(text), 'utf-8', ';');
	const rows: string[][] = [];
	try {
		while (records.next()) rows.push(records.texts());
	} catch (error) {
		return (error as { code: string }).code;
	}
	return rows;
}

function theirs(text: string): string[][] | string {
	try {
		return parse(text, {
			delimiter: ';',
			relax_column_count: true,
			record_delimiter: ['\r\n', '\n', '\r']
		});
	} catch (error) {
		return (error as CsvError).code === 'CSV_QUOTE_NOT_CLOSED' ? 'data.cut_off' : 'data.bad_quote';
	}
}

describe('records of a CSV file', () => {
	it('are those csv-parse finds, and what it refuses is refused', () => {
		fc.assert(
			fc.property(text, (given) => {
				expect(ours(given)).toEqual(theirs(given));
			}),
			{ numRuns: Number(process.env.FUZZ ?? 3000) }
		);
	});

	it('give columns in which each text stands once, and every row its own', () => {
		const rows = fc.array(
			fc.array(fc.string({ unit: fc.constantFrom(...'ab"'), maxLength: 3 }), {
				minLength: 2,
				maxLength: 2
			}),
			{ maxLength: 600, size: 'max' }
		);
		fc.assert(
			fc.property(rows, (rows) => {
				const quoted = (cell: string) => `"${cell.replaceAll('"', '""')}"`;
				const bytes = utf8(rows.map((row) => `${row.map(quoted).join(';')}\n`).join(''));
				const records = new Records(bytes, 'utf-8', ';');
				const columns = [new ByteColumn(), new ByteColumn()];
				const writer = new TableWriter(['a', 'b'], 1, columns);
				const met: string[] = [];
				while (records.next()) {
					for (const [cell, column] of columns.entries())
						column.take(records, cell, (text) => met.push(text));
					writer.close(records.number);
				}
				const table = writer.table();
				expect(table.rows).toEqual(rows);
				for (const column of table.columns) {
					expect(new Set(column.texts).size).toBe(column.texts.length);
					for (const text of column.texts) expect(met).toContain(text);
				}
			}),
			{ numRuns: 60 }
		);
	});
});

describe('a table by column', () => {
	const table = written([
		['Nord', '2018'],
		['Syd', '2018'],
		['Nord', '2018'],
		['Nord', '2019']
	]);

	it('knows how often and where first each text stands', () => {
		const [area, year] = table.columns;
		expect(area).toMatchObject({ texts: ['Nord', 'Syd'], firsts: [0, 1] });
		expect([...countsOf(area!)]).toEqual([3, 1]);
		expect([...countsOf(year!)]).toEqual([3, 1]);
		expect(table.textAt(3, 1)).toBe('2019');
	});

	it('counts rows that differ, also where there are too many possible to mark each', () => {
		expect([[], [0], [0, 1]].map((columns) => differentRows(table, columns))).toEqual([1, 2, 3]);
		const rows = Array.from({ length: 20_000 }, (_, row) => [`a${row}`, `b${(row * 7) % 19_999}`]);
		expect(differentRows(written([...rows, rows[5]!]), [0, 1])).toBe(20_000);
	});
});

describe('the encoding of bytes', () => {
	it('is the same in a long file as in a short one', () => {
		const line = 'Bakkegården;2018;12\r\n';
		const long = line.repeat(60_000);
		const latin = Buffer.from(long, 'latin1');
		expect(inBytes(utf8(long))).toMatchObject({ encoding: 'utf-8', bom: false, cut: false });
		expect(inBytes(utf8(long).subarray(0, 1_200_003 + 6))).toMatchObject({ encoding: 'utf-8' });
		expect(inBytes(latin)).toMatchObject({ encoding: 'windows-1252', written: 'windows-1252' });
		const wide = inBytes(Buffer.from(`\ufeff${long}`, 'utf16le'));
		expect(wide).toMatchObject({ encoding: 'utf-16le', written: 'utf-8' });
		expect(Buffer.from(wide.body).toString()).toBe(long);
	});

	it.each([
		['control characters', Buffer.from('a;b\n1;\u0001\n'.repeat(200_000))],
		['letters of another encoding', Buffer.alloc(1_500_000, 0xcc)]
	])('is not guessed from %s, however long the file', (_, bytes) => {
		expect(() => inBytes(bytes)).toThrow('data.unknown_encoding');
	});
});

function written(rows: string[][]): Table {
	const writer = new TableWriter(['a', 'b'], 1);
	for (const [row, texts] of rows.entries()) writer.add(texts, row + 2);
	return writer.table();
}
