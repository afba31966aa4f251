import { describe, expect, it, test } from 'vitest';
import { understand } from '#lib/data/formats/formats.ts';
import { refusalOf, utf8, windows1252 } from '../bytes.ts';
import { cellAt } from './real.ts';

/** A small table with everything in it; `more` comes before DATA, `data` after it. */
const px = (more = '', data = '1 2\n3 4;', head = '') => `${head}CHARSET="ANSI";
MATRIX="T1";
SUBJECT-AREA="Test";
TITLE="Børn efter område og år";
CONTENTS="Børn";
UNITS="antal";
DECIMALS=0;
STUB="område";
HEADING="år";
VALUES("område")="Nord","Syd";
VALUES("år")="2018","2019";
TIMEVAL("år")=TLIST(A1),"2018","2019";
${more}DATA=
${data}`;

const readPx = (...parts: Parameters<typeof px>) => understand(utf8(px(...parts)));

describe('a PX file', () => {
	it('describes its cube itself', () => {
		const { cube, facts, recipe, problems } = readPx();
		expect(problems).toEqual([]);
		expect(facts).toMatchObject({ format: 'PX', encoding: 'utf-8', table: null, choices: [] });
		expect(recipe).toMatchObject({ format: 'px', table: null });
		expect(cube.shape.dimensions).toMatchObject([
			{ key: 'omraade', label: 'område', role: 'area' },
			{ key: 'aar', role: 'time', categories: [{ code: '2018' }, { code: '2019' }] }
		]);
		expect(cube.shape.measures).toMatchObject([
			{ label: 'Børn', unit: 'antal', decimals: 0, countsPeople: true, additive: true }
		]);
		expect(cellAt(cube, 'Syd', '2018').value).toBe(3);
	});

	test.each([
		['blanks and line breaks', '1 2\n3 4;'],
		['tabs and commas', '1\t2,3,4;'],
		['semicolons between', '1;2;3;4;'],
		['no end', '1 2 3 4']
	])('has its figures split by %s', (_, data) => {
		const { cube } = readPx('', data);
		expect([...cube.cells[0]!.values()].map(({ value }) => value)).toEqual([1, 2, 3, 4]);
	});

	it('takes "-" for nil and dots for missing, each with what it means', () => {
		const { cube } = readPx(
			'DATASYMBOL1="kan ikke forekomme";\nDATASYMBOLNIL="nul";\n',
			'"-" "."\n- ..;'
		);
		expect(cellAt(cube, 'Nord', '2018')).toEqual({ value: 0, mark: '-' });
		expect(cellAt(cube, 'Nord', '2019')).toEqual({ value: null, mark: '.' });
		expect(cellAt(cube, 'Syd', '2019')).toEqual({ value: null, mark: '..' });
		expect(cube.shape.marks).toEqual({ '.': 'kan ikke forekomme', '-': 'nul' });
	});

	it('is sparse with KEYS: a row that is not there is all nought', () => {
		const { cube } = readPx('KEYS("område")=VALUES;\n', '"Syd",3 4;');
		expect(cellAt(cube, 'Nord', '2018').value).toBe(0);
		expect(cellAt(cube, 'Syd', '2019').value).toBe(4);
		const byCode = readPx('CODES("område")="N","S";\nKEYS("område")=CODES;\n', '"N",1 2;');
		expect(cellAt(byCode.cube, 'Nord', '2019').value).toBe(2);
	});

	it('carries texts on over lines, with semicolons, commas and brackets in them', () => {
		const { facts, cube } = readPx(
			'NOTE="Først; (så)"\n"=, og#så";\nVALUENOTE("område","Syd")="a,b";\n'
		);
		expect(facts.about.notes).toEqual(['Først; (så)=, og\nså']);
		expect(cube.shape.dimensions[0]!.categories[1]).toEqual({
			code: 'Syd',
			label: 'Syd',
			note: 'a,b'
		});
	});

	it('can be read in any of its languages, and keeps what a person typed', () => {
		const head = 'LANGUAGE="da";\nLANGUAGES="da","en";\n';
		const bytes = utf8(
			px(
				`STUB[en]="area";\nHEADING[en]="year";\nVALUES[en]("area")="North","South";\nVALUES[en]("year")="2018","2019";\nCONTENTS[en]="Children";\nUNITS[en]="number";\n`,
				'1 2 3 4;',
				head
			)
		);
		const english = understand(bytes, { language: 'en' });
		expect(english.cube.shape.dimensions[0]).toMatchObject({ key: 'omraade', label: 'area' });
		expect(english.cube.shape.measures[0]).toMatchObject({ label: 'Children', unit: 'number' });
		const typed = {
			...english.recipe,
			measures: [{ ...english.recipe.measures[0]!, label: 'Kids' }]
		};
		const danish = understand(bytes, { told: { ...typed, reading: { language: 'da' } } });
		expect(danish.cube.shape.dimensions[0]!.label).toBe('område');
		expect(danish.cube.shape.measures[0]).toMatchObject({ label: 'Kids', unit: 'antal' });
		expect(danish.cube.shape.dimensions[0]!.key).toBe(english.cube.shape.dimensions[0]!.key);
	});

	it('has a measure for each value of CONTVARIABLE, with its unit and decimals', () => {
		const { cube } = readPx(
			'CONTVARIABLE="område";\nUNITS("Nord")="antal";\nUNITS("Syd")="pct.";\nPRECISION("område","Syd")=2;\n',
			'1 2 3.25 4;'
		);
		expect(cube.shape.measures).toMatchObject([
			{ label: 'Nord', unit: 'antal', decimals: 0 },
			{ label: 'Syd', unit: 'pct.', decimals: 2 }
		]);
		expect(cube.shape.metric).toEqual({ source: 'område', label: 'område', place: 0 });
		expect(cellAt(cube, 'Syd', '2018').value).toBe(3.25);
	});

	test.each([
		['TLIST(A1,"2018"-"2019")', ['2018', '2019']],
		['TLIST(Q1),"20184","20191"', ['2018Q4', '2019Q1']],
		['TLIST(M1,"201812"-"201901")', ['2018M12', '2019M01']],
		['TLIST(W1),"201852","201901"', ['2018W52', '2019W01']],
		['TLIST(H1),"20182","20191"', ['2018H2', '2019H1']]
	])('tells its time by %s', (list, codes) => {
		const text = px()
			.replace('TLIST(A1),"2018","2019"', list)
			.replace('VALUES("år")="2018","2019"', 'VALUES("år")="sidste","denne"');
		const { categories, role } = understand(utf8(text)).cube.shape.dimensions[1]!;
		expect(role).toBe('time');
		expect(categories.map(({ code }) => code)).toEqual(codes);
		expect(categories[0]!.label).toBe('sidste');
	});

	it('puts its periods in order', () => {
		const text = px().replaceAll('"2018","2019"', '"2019","2018"');
		const { cube } = understand(utf8(text));
		expect(cube.shape.dimensions[1]!.categories.map(({ code }) => code)).toEqual(['2018', '2019']);
		expect(cellAt(cube, 'Nord', '2019').value).toBe(1);
	});

	it('says what is a total, and what is part of what', () => {
		const { recipe, cube } = understand(
			utf8(
				px(
					'ELIMINATION("område")="Land";\nHIERARCHIES("område")="Land","Land":"Nord","Land":"Syd";\n',
					'3 3 1 1 2 2;'
				).replace('"Nord","Syd"', '"Land","Nord","Syd"')
			)
		);
		expect(recipe.totals).toEqual({ område: ['Land'] });
		expect(cube.shape.dimensions[0]!.categories[1]).toMatchObject({ code: 'Nord', parent: 'Land' });
	});

	it('may be Windows-1252, whatever it says, or UTF-8, whatever it says', () => {
		const told = px('', '1 2 3 4;', 'CODEPAGE="iso-8859-15";\n');
		expect(understand(utf8(told)).facts.encoding).toBe('utf-8');
		const western = understand(windows1252(px()));
		expect(western.facts.encoding).toBe('windows-1252');
		expect(western.cube.shape.dimensions[0]!.label).toBe('område');
	});

	test.each([
		[
			'data.px_keyword',
			px().replace('"Nord"', '"No"rd"'),
			{ keyword: 'VALUES("område")', line: 10 }
		],
		['data.px_missing', px().replace('STUB="område";\nHEADING="år";\n', ''), { keyword: 'STUB' }],
		['data.px_missing', px().replace(/VALUES\("år"\).*\n/, ''), { keyword: 'VALUES("år")' }],
		['data.px_missing', px().replace(/DATA=[^]*/, ''), { keyword: 'DATA' }],
		[
			'data.px_count',
			px('CODES("område")="N";\n'),
			{ keyword: 'CODES("område")', count: 1, expected: 2 }
		],
		['data.px_same', px('CODES("område")="N","N";\n'), { keyword: 'CODES("område")', value: 'N' }],
		['data.px_data', px('', '1 2\n3 x;'), { line: 15 }],
		['data.px_data', px('', '1 2\n3 5e999;'), { line: 15 }],
		['data.px_data_count', px('', '1 2\n3;'), { count: 3, expected: 4 }],
		[
			'data.px_unknown_key',
			px('KEYS("område")=VALUES;\n', '"Vest",1 2;'),
			{ line: 15, keyword: 'område' }
		],
		['data.px_row_twice', px('KEYS("område")=VALUES;\n', '"Syd",1 2\n"Syd",1 2;'), { line: 16 }],
		[
			'data.px_unknown_variable',
			px('CONTVARIABLE="x";\n'),
			{ keyword: 'CONTVARIABLE', variable: 'x' }
		],
		['data.px_syntax', px('??;\n'), { line: 13 }],
		['data.cpr_described', px('NOTE="Om 240687-1111";\n'), { place: '–' }]
	])('is refused with %s', (code, text, params) => {
		expect(refusalOf(() => understand(utf8(text)))).toEqual({ code, params });
	});
});
