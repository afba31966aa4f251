import { readFileSync } from 'node:fs';
import { describe, expect, it, test } from 'vitest';
import type { Cube } from '#lib/data/cube.ts';
import { understand } from '#lib/data/formats/formats.ts';
import { positionOf, measureIndex } from '#lib/data/grid.ts';
import { type ColumnRole, type Recipe, type TableRecipe } from '#lib/data/recipe.ts';
import { recipeSchema } from '#lib/data/recipe-input.ts';
import { comprehend, guard, type Preparing } from '#lib/data/prepare.ts';
import { utf8 } from './bytes.ts';

const demo = (name: string) =>
	readFileSync(new URL(`../../src/lib/thread/demo/figures/${name}`, import.meta.url));

function read(bytes: Uint8Array, change?: (recipe: TableRecipe) => Recipe) {
	const proposed = understand(bytes);
	if (!change) return proposed;
	const told = change(recipeSchema.parse(proposed.recipe) as TableRecipe);
	return understand(bytes, { told });
}

const prepare = (bytes: Uint8Array, asked: Preparing) => guard(comprehend(bytes, asked));

const value = (cube: Cube, measure: string, coordinates: Record<string, string>) =>
	cube.cells[measureIndex(cube.shape, measure)]!.get(positionOf(cube.shape, coordinates)!)?.value;

const shapeOf = (cube: Cube) => ({
	dimensions: cube.shape.dimensions.map(
		({ key, role, categories }) => `${key} ${role} ${categories.length}`
	),
	measures: cube.shape.measures.map(({ key }) => key)
});

describe('the demo files are understood untouched', () => {
	it('areas: a long file with named measures, their unit, and one measure beside them', () => {
		const { cube, problems, recipe, questions } = read(demo('areas-2018.csv'));
		expect(problems).toEqual([]);
		expect(recipe).toMatchObject({
			format: 'csv',
			reading: { encoding: 'windows-1252', delimiter: ';' },
			table: { decimal: ',', thousands: '.' }
		});
		expect(questions).toEqual([]);
		expect(shapeOf(cube).dimensions).toEqual(['omraade area 12', 'aar time 5']);
		expect(cube.shape.measures).toHaveLength(10);
		expect(cube.shape.measures[1]).toEqual({
			key: 'karaktersnit-9-klasse',
			label: 'Karaktersnit 9. klasse',
			unit: 'snit',
			decimals: 1,
			countsPeople: false,
			additive: false
		});
		const at = { omraade: 'Bakkegården', aar: '2014' };
		expect(value(cube, 'karaktersnit-9-klasse', at)).toBe(5.8);
		expect(value(cube, 'antal-borgere', at)).toBe(2118);
		const people = cube.shape.measures
			.filter(({ countsPeople }) => countsPeople)
			.map(({ unit }) => unit);
		expect(people).toEqual(['antal', 'antal', 'antal', 'antal', 'antal', '']);
	});

	it('departments and benefits: numbers that are categories, 51 cells that sum to 612', () => {
		const { cube, problems } = read(demo('families-by-departments-and-benefits.csv'));
		expect(problems).toEqual([]);
		expect(shapeOf(cube)).toEqual({
			dimensions: ['departments category 3', 'benefits category 17'],
			measures: ['families']
		});
		const cells = [...cube.cells[0]!.values()];
		expect(cells).toHaveLength(51);
		expect(cells.reduce((sum, cell) => sum + (cell.value ?? 0), 0)).toBe(612);
		expect(cells.filter(({ status }) => status === 'm').length).toBeGreaterThan(0);
		expect(value(cube, 'families', { departments: '4', benefits: '>20' })).toBe(4);
	});

	it('project effects: before and after become a dimension', () => {
		const { cube, problems } = read(demo('families-project-effects.csv'));
		expect(problems).toEqual([]);
		expect(shapeOf(cube).dimensions).toEqual(['before-after category 2']);
		expect(value(cube, 'resource-programme', { 'before-after': 'after' })).toBe(11);
		expect(cube.shape.measures.some(({ countsPeople }) => countsPeople)).toBe(false);
	});

	test.each([
		['families.csv', ['group category 2'], 7],
		['family-expenses.csv', ['group category 2', 'area area 2'], 1],
		['development-pool.csv', ['center category 11'], 4],
		['unemployment-benchmarks.csv', ['maaling category 2', 'kommune area 4'], 2]
	])('%s', (name, dimensions, measures) => {
		const { cube, problems } = read(demo(name));
		expect(problems).toEqual([]);
		expect(shapeOf(cube).dimensions).toEqual(dimensions);
		expect(cube.shape.measures).toHaveLength(measures);
	});

	it('takes a unit out of a heading: (kr.), (pct.)', () => {
		const { cube } = read(demo('development-pool.csv'));
		expect(cube.shape.measures.map(({ label, unit }) => [label, unit])).toEqual([
			['Medarbejdere', ''],
			['Andel efter hovedtal', 'kr.'],
			['Sygefravær over 30 dage', 'pct.'],
			['Kompetencebehov', '0-100']
		]);
	});
});

describe('other shapes', () => {
	it('years side by side become time', () => {
		const { cube } = read(utf8('Område;2019;2018\nNord;5,1;4\nSyd;..;3,5\n'));
		expect(shapeOf(cube)).toEqual({
			dimensions: ['omraade area 2', 'tid time 2'],
			measures: ['vaerdi']
		});
		expect(cube.shape.dimensions[1]!.categories.map(({ code }) => code)).toEqual(['2018', '2019']);
		expect(value(cube, 'vaerdi', { omraade: 'Nord', tid: '2019' })).toBe(5.1);
		expect(value(cube, 'vaerdi', { omraade: 'Syd', tid: '2019' })).toBeNull();
	});

	it('a code beside its name adds nothing, and alone is a dimension', () => {
		const both = read(utf8('Kommunekode;Kommune;Antal\n101;Nord;12\n147;Syd;13\n'));
		expect(both.recipe.table!.columns.map(({ role }) => role)).toEqual([
			'ignore',
			'area',
			'measure'
		]);
		const alone = read(utf8('Kommunekode;Antal\n101;12\n147;13\n'));
		expect(shapeOf(alone.cube).dimensions).toEqual(['kommunekode category 2']);
	});

	it("'<10' is suppressed already", () => {
		const built = read(utf8('Område;Antal\nNord;<10\nSyd;444\nØst;2.807\n'));
		expect([...built.cube.cells[0]!.values()]).toEqual([
			{ value: null, status: 's' },
			{ value: 444, status: 'v' },
			{ value: 2807, status: 'v' }
		]);
		expect(built.suppressedBySender).toBe(1);
	});

	it('areas can be merged: counts are added, means are lost', () => {
		const { cube } = read(
			utf8('Område;Børn;Snit (point)\nNord;3;5,5\nSyd;4;6\nØst;9;7\n'),
			(recipe) => ({
				...recipe,
				merges: [
					{ column: 'Område', into: 'Nord og Syd', from: ['Nord', 'Syd'], reason: 'små', lost: '' }
				]
			})
		);
		expect(value(cube, 'boern', { omraade: 'Nord og Syd' })).toBe(7);
		expect(value(cube, 'boern', { omraade: 'Øst' })).toBe(9);
		expect(value(cube, 'snit-point', { omraade: 'Nord og Syd' })).toBeNull();
		expect(value(cube, 'snit-point', { omraade: 'Øst' })).toBe(7);
		expect(cube.shape.dimensions[0]!.categories.map(({ code }) => code)).toEqual([
			'Øst',
			'Nord og Syd'
		]);
	});

	it('a column given another role brings its measure along, and keeps what was said of the others', () => {
		const bytes = utf8('Område;År;Børn;Kode\nNord;2018;12;7\nSyd;2018;13;8\n');
		const proposal = prepare(bytes, { limit: 5 }).recipe;
		const told: Recipe = {
			...proposal,
			table: {
				...proposal.table!,
				columns: proposal.table!.columns.map((column) =>
					column.name === 'Kode' ? { ...column, role: 'measure' } : column
				)
			},
			measures: proposal.measures.map((measure) => ({ ...measure, unit: 'elever' }))
		};
		const { recipe, cube } = prepare(bytes, { recipe: told, limit: 5 });
		expect(recipe.measures.map(({ source, unit }) => [source, unit])).toEqual([
			['Børn', 'elever'],
			['Kode', '']
		]);
		expect(cube.shape.measures).toHaveLength(2);
	});

	it('a recipe used before keeps what was said of the columns, in any order', () => {
		const first = read(utf8('Område;År;Antal\nNord;2018;12\n'), (recipe) => ({
			...recipe,
			measures: recipe.measures.map((measure) => ({ ...measure, unit: 'elever' }))
		}));
		const next = utf8('År;Antal;Område;Andel\n2018;12;Nord;5,5\n2019;13;Nord;6,5\n');
		const { cube } = understand(next, { earlier: first.recipe });
		expect(cube.shape.measures.map(({ key, unit }) => [key, unit])).toEqual([
			['antal', 'elever'],
			['andel', '']
		]);
	});
});

describe('recipes stored before there were several formats', () => {
	const flat = {
		format: 'csv',
		encoding: 'windows-1252',
		delimiter: ';',
		decimal: ',',
		thousands: '.',
		missing: ['', '..'],
		columns: [
			{ name: 'Område', role: 'area', label: 'Boligområde' },
			{ name: 'Børn', role: 'measure', label: 'Børn' }
		],
		spread: null,
		measures: [
			{ source: 'Børn', label: 'Skolebørn', unit: 'elever', countsPeople: true, additive: true }
		],
		totals: {}
	};

	it('are parsed, and read the next file as they read the first', () => {
		const parsed = recipeSchema.parse(flat);
		expect(parsed).toMatchObject({
			format: 'csv',
			reading: { encoding: 'windows-1252', delimiter: ';' },
			table: { decimal: ',', columns: flat.columns, spread: null },
			dimensions: [],
			merges: []
		});
		expect(recipeSchema.parse(parsed)).toEqual(parsed);
		const bytes = utf8('Område;Børn\nNord;12\nSyd;13\n');
		const { cube } = prepare(bytes, { earlier: flat as never, limit: 5 });
		expect(cube.shape.dimensions[0]).toMatchObject({ label: 'Boligområde', role: 'area' });
		expect(cube.shape.measures[0]).toMatchObject({ label: 'Skolebørn', unit: 'elever' });
	});
});

describe('what cannot be read is told by row and column', () => {
	const problems = (text: string, change?: (recipe: TableRecipe) => Recipe) =>
		read(utf8(text), change)
			.problems.filter(({ severity }) => severity === 'stop')
			.map(({ code, params }) => ({ code, params }));

	it('a word among numbers', () => {
		expect(problems('Område;Antal\nNord;12\nSyd;tolv\nØst;9\n')).toEqual([
			{ code: 'data.unreadable', params: { row: 3, column: 'Antal' } }
		]);
	});

	it('two rows that disagree on one cell', () => {
		expect(
			problems('Område;År;Antal\nNord;2018;12\nSyd;2018;9\nØst;2018;9\nNord;2018;13\n')
		).toEqual([{ code: 'data.duplicate_differs', params: { row: 5, other: 2, measure: 'Antal' } }]);
	});

	it('two rows that agree are one', () => {
		expect(
			problems('Område;År;Antal\nNord;2018;12\nSyd;2018;9\nØst;2018;9\nNord;2018;12\n')
		).toEqual([]);
	});

	it('a measure in two units', () => {
		expect(
			problems('År;Nøgletal;Enhed;Værdi\n2018;Fravær;dage;12\n2019;Fravær;timer;90\n')
		).toEqual([{ code: 'data.unit_varies', params: { row: 3, measure: 'Fravær' } }]);
	});

	it('no more than a person reads', () => {
		const rows = Array.from({ length: 100 }, (_, index) => `O${index};${index < 40 ? 'x' : index}`);
		const found = problems(`Område;Antal\n${rows.join('\n')}\n`);
		expect(found).toHaveLength(21);
		expect(found.at(-1)).toEqual({
			code: 'data.and_more',
			params: { count: 20, code: 'data.unreadable' }
		});
	});

	const roles =
		(...roles: ColumnRole[]) =>
		(recipe: TableRecipe) => ({
			...recipe,
			table: {
				...recipe.table,
				columns: recipe.table.columns.map((column, index) => ({ ...column, role: roles[index]! }))
			}
		});
	test.each([
		['data.no_measure', roles('area', 'category')],
		['data.no_dimension', roles('ignore', 'measure')],
		['data.no_value_column', roles('area', 'measure_name')],
		['data.two_of_role', roles('value', 'value')]
	])('roles that do not fit together: %s', (code, change) => {
		expect(problems('Område;Antal\nNord;12\nSyd;9\n', change).map(({ code }) => code)).toContain(
			code
		);
	});
});
