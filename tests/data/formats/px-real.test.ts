import { expect, it } from 'vitest';
import { refusalOf } from '../bytes.ts';
import { cellAt, choose, onRealFiles, read, real, sizes, stops, sum } from './real.ts';

onRealFiles('PX files of statistical offices', () => {
	it('BEXSTA: nil keeps its sign and is nought, so totals add up; Danish is one of its languages', () => {
		const { cube } = read('px/BEXSTA_windows_1252.px');
		expect(sizes(cube)).toEqual([3, 3, 100, 8, 1]);
		expect(cellAt(cube, 'T', 'T', '0', 'T').value).toBe(747);
		expect(cellAt(cube, 'Greenland', 'Men', '50', 'Capital city').value).toBe(79);
		expect(cellAt(cube, 'Born outside Greenland', 'Women', '99', 'Other localities')).toEqual({
			value: 0,
			mark: '-'
		});
		expect([...cube.marks![0]!]).toHaveLength(1937);
		const ages = cube.shape.dimensions[2]!.categories;
		expect(ages.reduce((all, { code }) => all + cellAt(cube, 'T', 'T', code, 'T').value!, 0)).toBe(
			56_609
		);
		for (const { code } of ages)
			expect(
				cellAt(cube, 'N', 'M', code, 'T').value! + cellAt(cube, 'N', 'K', code, 'T').value!
			).toBe(cellAt(cube, 'N', 'T', code, 'T').value);
		const danish = read('px/BEXSTA_windows_1252.px', { language: 'da' });
		expect(danish.facts.about.title).toBe(
			'Befolkningen 1. januar efter fødested, køn, alder, bostedstype og tid'
		);
		expect(danish.cube.shape.dimensions[1]).toMatchObject({ label: 'køn', key: 'gender' });
		expect(danish.cube.shape.dimensions[1]!.categories.map(({ label }) => label)).toEqual([
			'I alt',
			'Mænd',
			'Kvinder'
		]);
	});

	it('TUX01: UTF-8 though it says otherwise', () => {
		const { cube, facts } = read('px/TUX01.px');
		expect(facts.encoding).toBe('utf-8');
		expect(sizes(cube)).toEqual([12, 33]);
		expect(cellAt(cube, 'Total', '1990').value).toBe(28_449);
		expect(cellAt(cube, 'Qeqertarsuaq', '1991').value).toBe(1750);
		expect(cellAt(cube, 'Ittoqqortoormiit', '2022').value).toBe(180);
		expect(cellAt(cube, 'Total', '2022').value).toBe(13_123);
		expect(choose(real('px/TUX01.px'), { language: 'da' }).cube.shape.measures[0]!.label).toBe(
			'Antal slædehunde'
		);
	});

	it('BE0101A1: no code page, and a code with Ä', () => {
		const { cube } = read('px/BE0101A1.px');
		expect(sizes(cube)).toEqual([21, 4, 101, 2, 2]);
		expect(sum(cube)).toBe(18_059_144);
		expect(cellAt(cube, '01 Stockholm county', 'single', '0', 'men', '2004').value).toBe(13_201);
		expect(cellAt(cube, '13 Halland county', 'widowers/widows', '0', 'men', '2005').value).toBe(0);
		expect(cellAt(cube, '25 Norrbotten county', 'divorced', '100+', 'women', '2005').value).toBe(0);
		expect(cube.shape.dimensions[1]!.categories.map(({ code }) => code)).toContain('ÄNKL');
	});

	it('BE101ACEkeys: sparse', () => {
		const { cube } = read('px/BE101ACEkeys.px');
		expect(sizes(cube)).toEqual([4, 21, 32, 3]);
		expect(cube.cells[0]!.size).toBe(8064);
		expect(cellAt(cube, 'single', '0-4', '1968', 'men').value).toBe(306_443);
		expect(cellAt(cube, 'married', '100+', '1968', 'men').value).toBe(1);
		expect(cellAt(cube, 'divorced', '100+', '1999', 'total').value).toBe(20);
		expect(cellAt(cube, 'married', '0-4', '1968', 'men').value).toBe(0);
	});

	it('BE0101F1nildotsymbols: every symbol means what the file says', () => {
		const { cube } = read('px/BE0101F1nildotsymbols.px');
		const marks = cube.marks!.flatMap((one) => [...one!].map(([, mark]) => mark));
		expect(marks.filter((mark) => mark === '-')).toHaveLength(8);
		expect(marks.filter((mark) => mark !== '-')).toHaveLength(8);
		expect(sum(cube)).toBe(3164);
		expect(cellAt(cube, '00 Sweden', '20', 'Inmigrated', 'men')).toEqual({ value: 0, mark: '-' });
		expect(cellAt(cube, '00 Sweden', '20', 'Inmigrated', 'women')).toEqual({
			value: null,
			mark: '.'
		});
		expect(cellAt(cube, '0115 Vallentuna', '22', 'Outmigrated', 'women').value).toBe(35);
		expect(cellAt(cube, '0114 Upplands Väsby', '20', 'Inmigrated', 'women')).toEqual({
			value: 0,
			mark: '-'
		});
		expect(cube.shape.marks).toMatchObject({ '-': 'nothing', '.': 'n.a.' });
	});

	it('LargeFinnish: units and precision by content', () => {
		const { cube } = read('px/LargeFinnishDatasetWithManyValues.px');
		expect([...sizes(cube), cube.cells.length]).toEqual([17, 551, 1, 16]);
		expect(cellAt(cube, '2006', 'KOKO MAA', 'Perheitä').value).toBe(1_431_376);
		expect(cellAt(cube, '2014', 'Tornio', 'Alle 7-v. lasten lkm perheissä').value).toBe(1841);
		expect(cellAt(cube, '2022', 'FI200 Åland', 'Alle 25-v. lapsia per perhe').value).toBe(1.78);
		const decimals = Object.fromEntries(
			cube.shape.measures.map((one) => [one.label, one.decimals])
		);
		expect(decimals['Alle 25-v. lapsia per perhe']).toBe(2);
		expect(decimals['Perheitä']).toBe(0);
	});

	it('the Swiss quarters: five answers add up to a hundred', () => {
		const { cube } = read('px/px-x-0602000000_107.px');
		expect(sizes(cube)).toEqual([20, 4, 5, 2, 76]);
		expect(cube.shape.dimensions[4]!.role).toBe('time');
		const at = [
			'Hochschulabsolventen',
			'Personal leicht gefunden',
			'Gewichtung nach Anzahl der Beschäftigten'
		];
		expect(cellAt(cube, '5-96 Total', ...at, '2004Q1').value).toBe(9.1091);
		const cells = [...cube.cells[0]!.values()].map(({ value }) => value!);
		for (let outer = 0; outer < 80; outer++)
			for (let rest = 0; rest < 152; rest++) {
				let all = 0;
				for (let answer = 0; answer < 5; answer++) all += cells[(outer * 5 + answer) * 152 + rest]!;
				if (Math.abs(all - 100) > 0.01) throw new Error(`${outer}/${rest} adds up to ${all}`);
			}
	});

	it('MultipleContentSmall, NAAC01 and a semicolon in a value', () => {
		const norway = read('px/MultipleContentSmall.px').cube;
		expect(cellAt(norway, 'Halden', 'Innbyggere (antall)', '2021').value).toBe(31_444);
		expect(cellAt(norway, 'Moss', 'Innbyggere (antall)', '2022').value).toBe(51_240);
		expect(cellAt(norway, 'Moss', 'Menn (antall)', '2022').value).toBe(25_433);
		const nordic = read('px/NAAC01_20230728-205316.px').cube;
		expect(sizes(nordic)).toEqual([10, 8, 3, 28]);
		const gdp = 'Gross domestic product (GDP)';
		expect(cellAt(nordic, 'Denmark', gdp, 'Current prices, million euro', '1995').value).toBe(
			141_441.4
		);
		expect(cellAt(nordic, 'Iceland', gdp, 'Current prices, million euro', '1996').value).toBe(
			5833.1
		);
		expect([...nordic.cells[0]!.values()].filter(({ status }) => status === 'm')).toHaveLength(
			1445
		);
		const test = read('px/semicolon_in_values.px').cube;
		expect(cellAt(test, 'Manufacturing', '2020').value).toBe(1);
		expect(cellAt(test, 'Public administration; defence', '2021').value).toBe(4);
	});

	it('a broken one is refused by keyword and line', () => {
		expect(refusalOf(() => read('px/BE0101F1errorValues.px'))).toEqual({
			code: 'data.px_keyword',
			params: { keyword: 'VALUES("region")', line: 18 }
		});
		expect(stops(read('px/TUX01.px'))).toEqual([]);
	});
});
