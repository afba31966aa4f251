import { describe, expect, it, test } from 'vitest';
import JSONstat from 'jsonstat-toolkit';
import { understand } from '#lib/data/formats/formats.ts';
import { coordinatesAt } from '#lib/data/grid.ts';
import { describeFile } from '#lib/data/write/describe.ts';
import { refusalOf, utf8 } from '../bytes.ts';
import { cellAt, choose, onRealFiles, read, real, sizes, stops } from './real.ts';

const dataset = {
	version: '2.0',
	class: 'dataset',
	label: 'Børn efter område',
	source: 'Kommunen',
	id: ['area', 'what', 'year'],
	size: [2, 2, 2],
	role: { time: ['year'], geo: ['area'], metric: ['what'] },
	dimension: {
		area: {
			label: 'Område',
			category: { index: ['L', 'N'], label: { L: 'Land', N: 'Nord' }, child: { L: ['N'] } }
		},
		what: {
			label: 'Nøgletal',
			category: {
				index: { b: 0, s: 1 },
				label: { b: 'Børn', s: 'Snit' },
				unit: { b: { base: 'antal', decimals: 0 }, s: { label: 'point', decimals: 1 } }
			}
		},
		year: { label: 'År', category: { index: ['2018', '2019'] } }
	},
	value: [1, 2, 3.5, 4, 5, 6, 7, null] as unknown
};
type Change = Partial<Record<keyof typeof dataset | 'status', unknown>>;
const file = (change: Change = {}) => utf8(JSON.stringify({ ...dataset, ...change }));
const cube = (change: Change = {}) => understand(file(change)).cube;

describe('a JSON-stat dataset', () => {
	it('describes its cube itself: roles, measures with units, what is part of what', () => {
		const { cube, facts, problems } = understand(file());
		expect(problems).toEqual([]);
		expect(facts).toMatchObject({
			format: 'JSON-stat',
			about: { title: dataset.label, source: 'Kommunen' }
		});
		expect(cube.shape.dimensions).toMatchObject([
			{
				key: 'area',
				label: 'Område',
				role: 'area',
				categories: [{ code: 'L' }, { code: 'N', parent: 'L' }]
			},
			{ key: 'year', label: 'År', role: 'time' }
		]);
		expect(cube.shape.measures).toMatchObject([
			{ key: 'b', label: 'Børn', unit: 'antal', decimals: 0, countsPeople: true },
			{ key: 's', label: 'Snit', unit: 'point', decimals: 1, countsPeople: false }
		]);
		expect(cellAt(cube, 'Land', 'Snit', '2018').value).toBe(3.5);
		expect(cellAt(cube, 'Nord', 'Børn', '2019').value).toBe(6);
		expect(cellAt(cube, 'Nord', 'Snit', '2019').value).toBeNull();
	});

	it('has its values dense or sparse, and a status in any of three ways', () => {
		const sparse = cube({ value: { 0: 1, 7: 8 }, status: { 7: 'e', 3: 'c' } });
		expect(cellAt(sparse, 'Nord', 'Snit', '2019')).toEqual({ value: 8, mark: 'e' });
		expect(cellAt(sparse, 'Land', 'Snit', '2019')).toEqual({ value: null, mark: 'c' });
		expect(sparse.cells.map(({ size }) => size)).toEqual([1, 2]);
		for (const status of ['e', ['e']])
			expect(cellAt(cube({ status }), 'Land', 'Børn', '2018').mark).toBe('e');
		const listed = cube({ status: ['a', null, null, null, null, null, null, 'z'] });
		expect(cellAt(listed, 'Land', 'Børn', '2018').mark).toBe('a');
		expect(cellAt(listed, 'Nord', 'Snit', '2019').mark).toBe('z');
	});

	it('may have figures and sizes as text, and words where there is no figure', () => {
		const read = understand(
			file({ size: ['2', '2', '2'], value: ['1', '2.5', 'n/a', '<5', 5, 6, 7, 8] })
		);
		expect(cellAt(read.cube, 'Land', 'Børn', '2019').value).toBe(2.5);
		expect(cellAt(read.cube, 'Land', 'Snit', '2018')).toEqual({ value: null, mark: '"n/a' });
		expect(read.suppressedBySender).toBe(1);
		expect(read.problems.map(({ code }) => code)).toEqual(['data.text_values']);
	});

	it('is the same in 1.x, alone or in a bundle', () => {
		const { id, size, role, dimension, ...rest } = dataset;
		const old = {
			...rest,
			version: undefined,
			class: undefined,
			dimension: { id, size, role, ...dimension }
		};
		const bytes = utf8(JSON.stringify({ børn: old }));
		expect(understand(bytes).cube.cells.map((one) => [...one])).toEqual(
			cube().cells.map((one) => [...one])
		);
	});

	it('one of several is chosen by a person', () => {
		const bytes = utf8(
			JSON.stringify({
				version: '2.0',
				class: 'collection',
				link: {
					item: [
						{ ...dataset, href: 'https://example.test/one.json' },
						{
							...dataset,
							href: 'https://example.test/two.json',
							label: 'Nummer to',
							value: [8, 7, 6, 5, 4, 3, 2, 1]
						}
					]
				}
			})
		);
		const asked = understand(bytes);
		expect(asked.problems).toMatchObject([
			{ code: 'data.which_dataset', params: { datasets: 'one, two' }, severity: 'stop' }
		]);
		expect(asked.facts.choices).toMatchObject([
			{ key: 'dataset', value: null, options: [{ value: 'one' }, { value: 'two' }] }
		]);
		const two = choose(bytes, { dataset: 'two' });
		expect(two.problems).toEqual([]);
		expect(cellAt(two.cube, 'Land', 'Børn', '2018').value).toBe(8);
		const next = understand(bytes, { earlier: two.recipe });
		expect(next.facts.about.title).toBe('Nummer to');
	});

	it('keeps what a person said of it for the next file', () => {
		const { recipe } = understand(file());
		recipe.dimensions[0]!.label = 'Bydel';
		recipe.measures[0]!.countsPeople = false;
		const { cube } = understand(file({ value: [9, 8, 7, 6, 5, 4, 3, 2] }), { earlier: recipe });
		expect(cube.shape.dimensions[0]!.label).toBe('Bydel');
		expect(cube.shape.measures[0]!.countsPeople).toBe(false);
	});

	it('is printed as the same JSON-stat again', () => {
		const printed = [...describeFile(file({ status: { 7: 'e' } }), {}, (code) => code)].join('');
		const again = understand(utf8(printed)).cube;
		const once = cube({ status: { 7: 'e' } });
		expect(again.cells.map((one) => [...one])).toEqual(once.cells.map((one) => [...one]));
		expect(again.shape.dimensions).toEqual(once.shape.dimensions);
		expect(again.shape.measures).toEqual(once.shape.measures);
		expect(cellAt(again, 'Nord', 'Snit', '2019').mark).toBe('e');
	});

	const dimension = (change: object) => ({ dimension: { ...dataset.dimension, ...change } });
	test.each([
		['data.json_syntax', utf8('{"a":\n 1,]}'), { line: 2, column: 4 }],
		['data.json_too_deep', utf8('['.repeat(10_000)), { limit: 40 }],
		['data.not_jsonstat', utf8('{"a":1}'), {}],
		['data.not_jsonstat', utf8('[1,2]'), {}],
		['data.jsonstat_dimension_only', utf8('{"class":"dimension"}'), {}],
		[
			'data.jsonstat_links',
			utf8('{"class":"collection","link":{"item":[{"class":"dataset","href":"x"}]}}'),
			{}
		],
		['data.jsonstat_values', file({ value: [1, 2] }), { count: 2, expected: 8 }],
		['data.jsonstat_place', file({ value: { 8: 1 } }), { keyword: 'value', place: '8', cells: 8 }],
		['data.jsonstat_value', file({ value: [1, 2, 3, true, 5, 6, 7, 8] }), { place: 4 }],
		['data.jsonstat_status', file({ status: ['a', 'b'] }), { count: 2, expected: 8 }],
		['data.jsonstat_size', file({ size: [3, 2, 2] }), { dimension: 'area', size: 3, count: 2 }],
		['data.jsonstat_shape', file({ size: [2, 2] }), { keyword: 'size' }],
		['data.jsonstat_shape', file({ id: ['area', 'area', 'year'] }), { keyword: 'id' }],
		['data.jsonstat_shape', file(dimension({ year: {} })), { keyword: 'dimension.year.category' }],
		[
			'data.jsonstat_shape',
			file(dimension({ year: { category: { index: { a: 0, b: 5 } } } })),
			{ keyword: 'dimension.year.category.index' }
		],
		[
			'data.jsonstat_same',
			file(dimension({ year: { category: { index: ['2018', '2018'] } } })),
			{ dimension: 'year', value: '2018' }
		],
		[
			'data.too_many_cells',
			file({ size: [100_000, 100_000, 2] }),
			{ cells: 20_000_000_000, limit: 10_000_000 }
		],
		['data.cpr_described', file({ label: 'Sag om 240687-1111' }), { place: '–' }]
	])('is refused with %s', (code, bytes, params) => {
		expect(refusalOf(() => understand(bytes))).toEqual({ code, params });
	});

	it('cannot be blown up: millions of brackets, names and figures are counted first', () => {
		for (const text of [
			`[${'[],'.repeat(1_500_000)}[]]`,
			`{"a":{${'"a":1,'.repeat(2_500_000)}"b":1}}`
		])
			expect(refusalOf(() => understand(utf8(text))).code).toBe('data.too_many_cells');
	});
});

onRealFiles('JSON-stat of statistical offices', () => {
	test.each([
		['HISB3', [3, 2], ['M+K', '2022'], 5873],
		['HISB3', [3, 2], ['M', '2023'], 2949],
		['HISB3', [3, 2], ['K', '2023'], 2984],
		['nama_10_gdp', [1, 32, 2, 1, 1], ['CLV_I20', 'B1GQ'], 111.757],
		['nama_10_gdp', [1, 32, 2, 1, 1], ['CLV10_MNAC', 'B1GQ'], 2_326_149],
		['nama_10_gdp', [1, 32, 2, 1, 1], ['PD_PCH_PRE_NAC', 'B1G'], -3.7],
		['29843', [20, 312], ['P1021', 'Sesongjustert', '1995M01'], 114.6],
		['29843', [20, 312], ['P120', 'Vekter', '2015M12'], 5.8],
		['29843', [20, 312], ['P112', 'Sesongjustert', '1995M01'], 116.9],
		['cso_ie-CIA01', [37, 15], ['-', '2000', 'CIA01C01'], 41_692],
		['cso_ie-CIA01', [37, 15], ['IE13', '2007', 'CIA01C08'], 24_577],
		['cso_ie-CIA01', [37, 15], ['IE2503', '2014', 'CIA01C15'], 89.5],
		['cantabria', [60, 3, 5], ['2005 - 1', 'Ambos sexos', 'Total', 'Población'], 477.8],
		['cantabria', [60, 3, 5], ['2010 - 4', 'Mujeres', 'De 55 y más años', 'Inactivos'], 84.6],
		['cantabria', [60, 3, 5], ['2016 - 4', 'Mujeres', 'De 55 y más años', 'Inactivos'], 87],
		['cantabria', [60, 3, 5], ['2005', 'Ambos sexos', 'Total', 'Población'], null]
	])('%s: %j at %j is %d', (name, shape, at, value) => {
		const { cube } = read(`jsonstat/${name}.json`);
		expect(sizes(cube)).toEqual(shape);
		expect(cellAt(cube, ...at).value).toBe(value);
	});

	it('statuses are kept', () => {
		expect(cellAt(read('jsonstat/nama_10_gdp.json').cube, 'CON_PPCH_PRE', 'B1G')).toEqual({
			value: 2.62,
			mark: 'd'
		});
		const { cube } = read('jsonstat/29843.json');
		expect(cellAt(cube, 'P1021', 'Sesongjustert', '1990M01')).toEqual({ value: null, mark: '.' });
		expect(
			cube.cells.reduce(
				(all, one) => all + [...one].filter(([, { value }]) => value !== null).length,
				0
			)
		).toBe(30_240);
	});

	it.each(['jsonstat/oecd-canada.json', 'jsonstat/oecd-canada-col.json'])(
		'%s: one of two',
		(name) => {
			expect(stops(read(name))).toEqual(['data.which_dataset']);
			const oecd = choose(real(name), { dataset: 'oecd' }).cube;
			expect(sizes(oecd)).toEqual([36, 12]);
			expect(cellAt(oecd, 'AU', '2003').value).toBe(5.943826289);
			expect(cellAt(oecd, 'OECD', '2014')).toEqual({ value: 8.004598637, mark: 'e' });
			const canada = choose(real(name), { dataset: 'canada' }).cube;
			expect(cellAt(canada, 'T', 'POP', 'T')).toEqual({ value: 34_880.5, mark: 'a' });
			expect(cellAt(canada, 'older', 'PERCENT', 'F').value).toBe(1);
		}
	);

	it('a hierarchy alone has no figures; words keep their places', () => {
		const { cube, problems } = read('jsonstat/hierarchy.json');
		expect(problems).toMatchObject([{ code: 'data.no_values', severity: 'stop' }]);
		expect(cube.shape.dimensions[0]!.categories.filter(({ parent }) => parent)).toHaveLength(131);
		const order = read('jsonstat/order.json').cube;
		expect(cellAt(order, '1', '1', '1').mark).toBe('"A1B1C1');
		expect(cellAt(order, '2', '2', '1').mark).toBe('"A2B2C1');
		expect(cellAt(order, '3', '2', '4').mark).toBe('"A3B2C4');
	});

	it.each(['HISB3', 'nama_10_gdp', 'cantabria', 'cso_ie-CIA01'])(
		'%s: jsonstat-toolkit reads the same',
		(name) => {
			const bytes = real(`jsonstat/${name}.json`);
			const { cube } = understand(bytes);
			const other = JSONstat(JSON.parse(new TextDecoder().decode(bytes)));
			const theirs = other.class === 'dataset' ? other : other.Dataset(0);
			let compared = 0;
			for (const [measure, cells] of cube.cells.entries())
				for (const [position, { value }] of cells) {
					if (compared++ % 7 !== 0) continue;
					const at = coordinatesAt(cube.shape, position);
					const query = Object.fromEntries(
						cube.shape.dimensions.map((one) => [one.source!, at[one.key]!])
					);
					const { metric, measures } = cube.shape;
					if (metric) query[metric.source] = measures[measure]!.source!;
					expect(theirs.Data(query, false)).toBe(value);
				}
			expect(compared).toBeGreaterThan(0);
		}
	);
});
