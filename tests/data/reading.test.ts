import { describe, expect, it, test } from 'vitest';
import fc from 'fast-check';
import { decode } from '#lib/data/encoding.ts';
import { guessDelimiter, readTable } from '#lib/data/formats/csv-text.ts';
import { guessFormat, readNumber } from '#lib/data/numbers.ts';
import { byPeriod, byPeriodIn, isPeriod } from '#lib/data/periods.ts';
import { understand } from '#lib/data/formats/formats.ts';
import { refusalOf, utf16, utf8, windows1252 } from './bytes.ts';

const danish = 'Område;År;Værdi\r\nSøndermarken;2018;5,8\r\nØsterled;2018;..\r\n';

describe('encodings', () => {
	test.each([
		['utf-8', utf8(danish)],
		['utf-8', utf8(`\ufeff${danish}`)],
		['windows-1252', windows1252(danish)],
		['utf-16le', utf16(danish, 'le', true)],
		['utf-16le', utf16(danish, 'le', false)],
		['utf-16be', utf16(danish, 'be', true)],
		['utf-16be', utf16(danish, 'be', false)]
	])('a Danish file in %s reads the same', (encoding, bytes) => {
		const decoded = decode(bytes);
		expect(decoded.encoding).toBe(encoding);
		expect(decoded.text.replace(/^\ufeff/, '')).toBe(danish);
	});

	test.each([
		['data.empty', new Uint8Array()],
		['data.empty', utf8(' \r\n\r\n')],
		['data.is_zip', Uint8Array.of(0x50, 0x4b, 3, 4, 20, 0)],
		['data.is_excel_old', Uint8Array.of(0xd0, 0xcf, 0x11, 0xe0, 0xa1)],
		['data.is_pdf', utf8('%PDF-1.7')],
		['data.unknown_encoding', Uint8Array.of(0xff, 0xfe, 0, 0, 0x41, 0, 0, 0)],
		// Code page 865: 'Område;Værdi' as DOS wrote it
		[
			'data.unknown_encoding',
			Uint8Array.of(79, 109, 114, 0x86, 100, 101, 59, 86, 0x91, 114, 100, 105)
		],
		// Windows-1251: Cyrillic letters
		[
			'data.unknown_encoding',
			Uint8Array.of(0xcf, 0xf0, 0xe8, 0xe2, 0xe5, 0xf2, 59, 0xe8, 0xec, 0xff)
		],
		['data.unknown_encoding', Uint8Array.from({ length: 400 }, (_, index) => (index * 7919) % 251)]
	])('is refused with %s', (code, bytes) => {
		expect(refusalOf(() => decode(bytes)).code).toBe(code);
	});

	it('refuses a file over the limit without reading it', () => {
		const bytes = new Uint8Array(64 * 1024 * 1024 + 1);
		expect(refusalOf(() => decode(bytes))).toEqual({
			code: 'data.too_large',
			params: { limit: 64 }
		});
	});
});

describe('tables', () => {
	test.each([
		[';', 'a;b\n1,5;2\n'],
		[',', 'a,b\n1.5,2\n'],
		['\t', 'a\tb\n1,5\t2\n'],
		['|', 'a|b\n1,5|2\n'],
		[';', 'sep=;\r\na;b\r\n1,5;2\r\n'],
		[',', 'a,b\n"x;y;z",2\n"x;y;z",3\n']
	])('finds the separator %j', (delimiter, text) => {
		expect(guessDelimiter(text)).toBe(delimiter);
	});

	it('finds the heading under title rows, and numbers rows as a spreadsheet does', () => {
		const table = readTable('Fertilitet;;\n;;\n;2018;2019\nDanmark;1,7;1,7\n\nFyn;1,6;1,8\n', ';');
		expect(table.headerRow).toBe(3);
		expect(table.header).toEqual(['1', '2018', '2019']);
		expect([...table.numbers]).toEqual([4, 6]);
	});

	it('passes over cells that hang empty at the end of rows', () => {
		const table = readTable('a;b;;\n1;2;;\n3;4\n', ';');
		expect(table.rows).toEqual([
			['1', '2'],
			['3', '4']
		]);
	});

	it('keeps a line break inside quotes as one cell', () => {
		expect(readTable('a;b\n"x\ny";2\n', ';').rows).toEqual([['x\ny', '2']]);
	});

	const wide = `${Array.from({ length: 200 }, (_, index) => `k${index}`).join(';')}\n`;
	test.each([
		['data.no_rows', 'a;b;c\n', {}],
		['data.one_column', 'bare tekst\nmere tekst\n', {}],
		['data.ragged', 'a;b;c\n1;2;3\n1;2\n1;2;3\n', { row: 3, cells: 2, columns: 3 }],
		['data.ragged', 'a;b\n1;2\n1;2;3\n1;2\n', { row: 3, cells: 3, columns: 2 }],
		['data.cut_off', 'a;b;c\n1;2;3\n1;2', { row: 3 }],
		['data.cut_off', 'a;b\n1;2\n"uden slut;3\n', { row: 3 }],
		['data.bad_quote', 'a;b\n1;2\n"x"y;3\n', { row: 3 }],
		['data.too_many_columns', `${wide}${wide}`, { columns: 200, limit: 150 }],
		['data.formula', 'a;b\n1;2\n=cmd|/C calc;3\n', { row: 3, column: 'a' }],
		['data.formula', 'a;b\n1;@SUM(A1)\n', { row: 2, column: 'b' }],
		['data.formula', 'a;b\n1;"-2+3+cmd|x!A0"\n', { row: 2, column: 'b' }],
		['data.formula', '=x;b\n1;2\n', { row: 1, column: '1' }]
	])('refuses with %s: %j', (code, text, params) => {
		expect(refusalOf(() => readTable(text, guessDelimiter(text)))).toEqual({ code, params });
	});

	it('tells repeated headings apart and says so', () => {
		expect(readTable('a;b;A\n1;2;3\n', ';').header).toEqual(['a', 'b', 'A (2)']);
		const { problems: said } = understand(utf8('a;b;A\n1;2;3\n'));
		expect(said.map(({ code, params }) => [code, params])).toContainEqual([
			'data.heading_repeated',
			{ column: 'A', name: 'A (2)' }
		]);
	});

	it('takes no sign for a formula that stands before a number or a word', () => {
		const table = readTable('a;b\n- heraf kvinder;-3,4\n+65 år;+2\n-;..\n', ';');
		expect(table.rows).toHaveLength(3);
	});

	it('says that a file stops inside a character', () => {
		const bytes = utf8('Område;Værdi\nBakkegården;2\nBakkegå').slice(0, -1);
		expect(refusalOf(() => understand(bytes)).code).toBe('data.cut_off');
	});

	it('reads back any table that is written as CSV', () => {
		const cell = fc.string({
			minLength: 1,
			maxLength: 8,
			unit: fc.constantFrom(...'abcæøå ;,"\n12')
		});
		const safe = cell.map((text) => `x${text}x`);
		fc.assert(
			fc.property(fc.array(fc.tuple(safe, safe, safe), { minLength: 1, maxLength: 20 }), (rows) => {
				const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
				const text = [['h1', 'h2', 'h3'], ...rows]
					.map((row) => row.map(quoted).join(';'))
					.join('\r\n');
				expect(readTable(text, ';').rows).toEqual(rows);
			})
		);
	});
});

describe('numbers', () => {
	const dk = { decimal: ',', thousands: '.' } as const;
	const en = { decimal: '.', thousands: ',' } as const;

	test.each([
		['2.118', 2118, dk],
		['5,8', 5.8, dk],
		['-3,4', -3.4, dk],
		['−3,4', -3.4, dk],
		['1 234 567,5', 1234567.5, dk],
		['1\u00a0234', 1234, dk],
		['2,66627E+11', 266627000000, dk],
		['72 %', 72, dk],
		[',5', 0.5, dk],
		['138.7', 138.7, en],
		['1,234.5', 1234.5, en]
	])('%s is %d', (text, number, format) => {
		expect(readNumber(text, format)).toBe(number);
	});

	test.each([
		['2.11', dk],
		['1.2.3', dk],
		['12a', dk],
		['1,2,3', dk],
		['', dk],
		['.', dk],
		['1,23', en]
	])('%j cannot be read', (text, format) => {
		expect(readNumber(text, format)).toBeNull();
	});

	test.each([
		[['120', '5,8', '2.118'], ';', dk],
		[['2.807', '444'], ';', dk],
		[['138.7', '1917'], ';', en],
		[['474318', '69'], ',', en],
		[['1.234.567'], ',', dk],
		[['1,234'], '\t', dk]
	])('%j is written in one way', (cells, delimiter, format) => {
		expect(guessFormat(cells, delimiter)).toEqual(format);
	});

	it('reads back every number as Danes and Englishmen write it', () => {
		const number = fc
			.double({ min: -1e9, max: 1e9, noNaN: true })
			.map((value) => Math.round(value * 100) / 100);
		fc.assert(
			fc.property(number, (value) => {
				const write = (locale: string) =>
					new Intl.NumberFormat(locale, { maximumFractionDigits: 2 }).format(value);
				expect(readNumber(write('da-DK'), dk)! + 0).toBe(value + 0);
				expect(readNumber(write('en-GB'), en)! + 0).toBe(value + 0);
			})
		);
	});
});

describe('periods', () => {
	test.each([
		'2018',
		'2018/19',
		'2008K1',
		'2. kvt. 2019',
		'2021M10',
		'2021-10',
		'2021-10-31',
		'31-10-2021'
	])('%s is a period', (text) => expect(isPeriod(text)).toBe(true));
	test.each(['Bakkegården', '18', '2018,5', '3000', '2018K5'])('%s is none', (text) =>
		expect(isPeriod(text)).toBe(false)
	);
	it('knows a month from two years by its column', () => {
		const months = ['2009-12', '2009-09', '2009-10', '2009-11'];
		expect(months.sort(byPeriodIn([...months]))).toEqual([
			'2009-09',
			'2009-10',
			'2009-11',
			'2009-12'
		]);
		expect(['2018-09', '2018-10', '2018-01'].sort(byPeriod)).toEqual([
			'2018-01',
			'2018-09',
			'2018-10'
		]);
		expect(['2019-20', '2018-19'].sort(byPeriod)).toEqual(['2018-19', '2019-20']);
	});
	test.each([
		[['2004Q2', '2004Q1', '2003Q4']],
		[['2004H2', '2004H1', '2003H2']],
		[['2004T3', '2004T1', '2003T2']],
		[['2021U10', '2021U02', '2020U53']],
		[['2021W10', '2021W02', '2020W53']],
		[['2020M03D12', '2020M03D02', '2020M02D28']],
		[['2/1/20', '1/23/20', '1/22/20']]
	])('%j runs backwards', (periods) => {
		expect(periods.every(isPeriod)).toBe(true);
		expect([...periods].sort(byPeriod)).toEqual([...periods].reverse());
	});
	it('orders them in time', () => {
		expect(['2021M10', '2021M2', '2020M12'].sort(byPeriod)).toEqual([
			'2020M12',
			'2021M2',
			'2021M10'
		]);
		expect(['31-01-2021', '02-01-2021'].sort(byPeriod)).toEqual(['02-01-2021', '31-01-2021']);
	});
});
