import { describe, expect, it, test } from 'vitest';
import { understand } from '#lib/data/formats/formats.ts';
import { refusalOf, utf8 } from '../bytes.ts';
import { cellAt, choose, onRealFiles, read, sizes, stops } from './real.ts';

describe('a CSV file', () => {
	it('may have its heading over several lines', () => {
		const { cube, facts } = understand(
			utf8('"Kode"\n,"Tid"\n,"Børn"\n\n"000","2018",12\n"101","2018",3\n')
		);
		expect(facts.table).toMatchObject({ headerRow: 3, rows: 2 });
		expect(cellAt(cube, '000', '2018').value).toBe(12);
	});

	it('keeps codes that begin with a nought', () => {
		const { cube } = understand(utf8('Kommune nr;Børn\n0101;12\n0147;13\n'));
		expect(cube.shape.dimensions[0]!.categories.map(({ code }) => code)).toEqual(['0101', '0147']);
	});

	it('can be told another separator', () => {
		const bytes = utf8('a,b;c,d\nx,1;y,2\nz,3;v,4\n');
		expect(understand(bytes).recipe.reading.delimiter).toBe(';');
		const told = choose(bytes, { delimiter: ',' });
		expect(told.recipe.table!.columns.map(({ name }) => name)).toEqual(['a', 'b;c', 'd']);
	});
});

onRealFiles('CSV files of statistical offices and others', () => {
	test.each([
		['FOLK1A', [1, 1, 52], ['2008K1'], 5_475_791],
		['FOLK1A', [1, 1, 52], ['2014K2'], 5_634_437],
		['FOLK1A', [1, 1, 52], ['2020K4'], 5_837_213],
		['Municipality_test_pos', [99], ['København', 'Antal_testede'], 167_293],
		['Municipality_test_pos', [99], ['København', 'Antal_bekræftede_COVID-19'], 2807],
		['Municipality_test_pos', [99], ['Ærø', 'Befolkningstal'], 5964],
		['Municipality_test_pos', [99], ['Christiansø', 'Antal_bekræftede_COVID-19'], null],
		['ASFR', [38, 47], ['Total fertility rate', '1973'], 1917],
		['ASFR', [38, 47], ['31 years', '2019'], 138.7],
		['ASFR', [38, 47], ['Net Reproduction Rate', '2019'], 817.9],
		['DataProject_Data', [141], ['1960', 'DK_B_t'], 17_203.33],
		['DataProject_Data', [141], ['1960', 'DK_K_t'], 266_627_000_000],
		['DataProject_Data', [141], ['2100', 'DK_K_t'], 15_808_100_000_000],
		['DataProject_Data', [141], ['2030', 'DK_Q_t'], 471_389_000_000],
		['TestCsv', [276, 65], ['000', '2007K1', 'Innvandring'], 1711],
		['TestCsv', [276, 65], ['000', '2007K1', 'Nettoinnvandring'], -362],
		['TestCsv', [276, 65], ['990', '2023K1', 'Utvandring'], 0],
		['time_series_covid19_confirmed_global', [83, 187, 101], ['–', 'Denmark', '5/1/20'], 9311],
		[
			'time_series_covid19_confirmed_global',
			[83, 187, 101],
			['Faroe Islands', 'Denmark', '5/1/20'],
			187
		],
		[
			'time_series_covid19_confirmed_global',
			[83, 187, 101],
			['Greenland', 'Denmark', '5/1/20'],
			11
		],
		[
			'utf-16le_encoded',
			[327, 327, 2, 1],
			['5CN', 'Herefordshire PCT', 'NHS Facilities', 'Part_II_patients'],
			69
		],
		[
			'utf-16le_encoded',
			[327, 327, 2, 1],
			['5C1', 'Enfield PCT', 'NHS Facilities', 'Part_II_patients'],
			2
		]
	])('%s: %j at %j is %d', (name, shape, at, value) => {
		const { cube, problems } = read(`csv/${name}.csv`);
		expect(problems.filter(({ severity }) => severity === 'stop')).toEqual([]);
		expect(sizes(cube)).toEqual(shape);
		expect(cellAt(cube, ...at).value).toBe(value);
	});

	it('the population of the municipalities adds up, and what the sender hid is hidden', () => {
		const { cube, suppressedBySender } = read('csv/Municipality_test_pos.csv');
		const measure = cube.shape.measures.findIndex(({ label }) => label === 'Befolkningstal');
		const all = [...cube.cells[measure]!.values()].reduce((sum, { value }) => sum + value!, 0);
		expect(all).toBe(5_822_763);
		expect(suppressedBySender).toBe(14);
	});

	it('American dates are in time’s order', () => {
		const { cube } = read('csv/time_series_covid19_confirmed_global.csv');
		const { role, categories } = cube.shape.dimensions[2]!;
		expect(role).toBe('time');
		expect([categories[0]!.code, categories.at(-1)!.code]).toEqual(['1/22/20', '5/1/20']);
	});

	it('words stay words', () => {
		expect(
			read('csv/duplicate-headers.csv').cube.shape.dimensions.at(-1)!.categories[0]!.code
		).toBe('001101');
		expect(read('csv/newlines_crlf.csv').cube.shape.dimensions[0]!.categories[1]!.label).toBe(
			'Once upon \na time'
		);
		expect(stops(read('csv/kommunerne.csv'))).toEqual(['data.no_measure']);
		expect(
			read('csv/komgrp.csv').facts.table!.columns.find(({ name }) => name === 'KODE')!.distinct
		).toEqual(expect.arrayContaining(['101', '316', '860']));
	});

	test.each([
		['kommuneMapping.csv', 'data.ragged', { row: 3, cells: 3, columns: 5 }],
		['defective-rows.csv', 'data.ragged', { row: 2, cells: 2, columns: 3 }],
		['empty.csv', 'data.empty', {}],
		['csv-payload.txt', 'data.bad_quote', { row: 1 }]
	])('%s is refused with %s', (name, code, params) => {
		expect(refusalOf(() => read(`csv/${name}`))).toEqual({ code, params });
	});
});
