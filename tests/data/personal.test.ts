import { describe, expect, it, test } from 'vitest';
import fc from 'fast-check';
import { readTable } from '#lib/data/formats/csv-text.ts';
import { findCpr, hasCheckDigit, isCpr, questionsAbout } from '#lib/data/personal.ts';
import { understand } from '#lib/data/formats/formats.ts';
import { refusalOf, utf8 } from './bytes.ts';

const table = (text: string) => readTable(text, ';');

describe('CPR numbers', () => {
	test.each([
		['0101901234', true],
		['6101901234', true],
		['3102901234', false],
		['0013901234', false],
		['1203000000', false]
	])('%s begins with a date of birth: %s', (digits, expected) =>
		expect(isCpr(digits)).toBe(expected)
	);

	it('had a check digit until 2007', () => {
		expect(hasCheckDigit('0707614285')).toBe(true);
		expect(hasCheckDigit('0707614286')).toBe(false);
	});

	test.each([
		['with a hyphen', 'navn;tal\nx;1\nx 010190-1234;2\n', { row: 3, column: 'navn' }],
		[
			'as ten digits in a column of them',
			'id;tal\n0101901234;1\n0202801234;2\n',
			{ row: 2, column: 'id' }
		],
		[
			'alone in a column of other things',
			'note;tal\n;1\n0101901234;2\n',
			{ row: 3, column: 'note' }
		],
		['inside a sentence', 'note;tal\nborger 0101901234 ringede;2\n', { row: 2, column: 'note' }],
		[
			'without its leading zero, by its heading',
			'CPR-nr;tal\n101901234;2\n',
			{ row: 2, column: 'CPR-nr' }
		],
		['in a heading', 'a;010190-1234\nx;2\n', { row: 1, column: '2' }]
	])('are found %s', (_, text, where) => expect(findCpr(table(text))).toEqual(where));

	test.each([
		['amounts', 'a;kr\nx;1203001500\ny;9903001777\nz;2660000000\n'],
		['decimals', 'a;tal\nx;010190,1234\n'],
		['phone numbers and areas', 'a;b\nBakkegården;12345678\n'],
		['dates', 'a;b\n2021-10-31;1\n31-10-2021;2\n']
	])('are not seen in %s', (_, text) => expect(findCpr(table(text))).toBeNull());

	it('stop the reading, and the refusal does not hold the number', () => {
		const refusal = refusalOf(() => understand(utf8('a;b\nx;010190-1234\n')));
		expect(refusal).toEqual({ code: 'data.cpr', params: { row: 2, column: 'b' } });
	});

	it('are found wherever they stand', () => {
		const digits = fc
			.tuple(
				fc.integer({ min: 1, max: 28 }),
				fc.integer({ min: 1, max: 12 }),
				fc.integer({ min: 0, max: 99 }),
				fc.integer({ min: 1, max: 9999 })
			)
			.map(
				([d, m, y, n]) =>
					[d, m, y].map((part) => String(part).padStart(2, '0')).join('') +
					'-' +
					String(n).padStart(4, '0')
			);
		fc.assert(
			fc.property(digits, fc.nat(4), fc.nat(2), (cpr, row, column) => {
				const rows = Array.from({ length: 5 }, () => ['x', 'y', 'z']);
				rows[row]![column] = cpr;
				expect(
					findCpr(table(['a;b;c', ...rows.map((cells) => cells.join(';'))].join('\n')))
				).toEqual({
					row: row + 2,
					column: 'abc'[column]
				});
			})
		);
	});
});

describe('persons', () => {
	test.each([
		['names', 'Navn;tal\nx y;1\n'],
		['names', 'Beboer;tal\nMette Krogh;1\nLars Dahl;2\nFatima Aziz;3\n'],
		['addresses', 'Sted;tal\nBakkevej 12, 2. tv;1\nSkolegade 4;2\n'],
		['addresses', 'Adresse;tal\nx;1\n']
	])('%s are asked about: %j', (kind, text) => {
		expect(questionsAbout(table(text))).toMatchObject([{ kind }]);
	});

	test.each([
		'Område;tal\nBakkegården;1\nFjordparken;2\n',
		'Skole;tal\nØsterled Skole;1\nSkolen ved Åen;2\n',
		'Vejnavn;tal\nBakkevej;1\nSkolegade;2\n',
		'Kommunenavn;tal\nLindeby;1\nNabokommune 1;2\n',
		'Kommune (navn);tal\nLindeby;1\n',
		'Center;tal\nCenter for Kultur og Fritid;1\n'
	])('areas, streets and schools pass: %j', (text) =>
		expect(questionsAbout(table(text))).toEqual([])
	);
});
