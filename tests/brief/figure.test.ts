import fc from 'fast-check';
import { expect, test } from 'vitest';
import { holdField, onlyField, specFrom, writtenNumber, type Fields } from '#lib/brief/fields.ts';
import { messageCount, missingOf, nudgesOf } from '#lib/brief/brief.ts';
import { kindsOf, MOST_CELLS, proposal, specOnNewer, specProblem } from '#lib/brief/figure.ts';
import { KINDS } from '#lib/chart/figure.ts';
import { figureSpecSchema } from '#lib/chart/figure-input.ts';
import type { CubeShape, Dimension } from '#lib/data/cube.ts';
import { fromPlainText } from '#lib/document/content.ts';

const dimension = (key: string, role: Dimension['role'], count: number): Dimension => ({
	key,
	label: key,
	role,
	categories: Array.from({ length: count }, (_, i) => ({
		code: `${key}${i}`,
		label: `${key} ${i}`
	}))
});
const measure = (key: string) => ({
	key,
	label: key,
	unit: 'antal',
	decimals: 0,
	countsPeople: true,
	additive: true
});
const cube = (...dimensions: Dimension[]): CubeShape => ({
	dimensions,
	measures: [measure('elever'), measure('anbragte')]
});
const areas = cube(dimension('omraade', 'area', 12), dimension('aar', 'time', 5));

const fields = (form: Record<string, string | string[]>): Fields => {
	const getAll = (name: string) => [form[name] ?? []].flat();
	return { getAll, get: (name) => getAll(name)[0] ?? null };
};

const shapes = fc
	.tuple(
		fc.integer({ min: 1, max: 14 }),
		fc.integer({ min: 0, max: 6 }),
		fc.integer({ min: 0, max: 3 })
	)
	.map(([many, years, groups]) =>
		cube(
			dimension('omraade', 'area', many),
			...(years ? [dimension('aar', 'time', years)] : []),
			...(groups ? [dimension('gruppe', 'category', groups)] : [])
		)
	);

test('twelve areas over five years are proposed as bars at the latest year, by size', () => {
	expect(proposal(areas)).toEqual({
		kind: 'bar',
		measure: 'elever',
		where: { aar: ['aar4'] },
		x: 'omraade',
		sort: 'value'
	});
});

test('a few areas over time are proposed as lines', () => {
	const few = cube(dimension('omraade', 'area', 3), dimension('aar', 'time', 5));
	expect(proposal(few)).toMatchObject({ kind: 'line', x: 'aar', series: 'omraade' });
});

test('whatever the cube and the form, the figure can be drawn', () => {
	const known = [
		'',
		'omraade',
		'aar',
		'gruppe',
		'omraade0',
		'aar1',
		'gruppe9',
		'elever',
		'value',
		...KINDS
	];
	const word = fc.constantFrom(...known);
	const form = fc.record(
		Object.fromEntries(
			[
				'measure',
				'kind',
				'shown',
				'x',
				'series',
				'sort',
				holdField('aar'),
				holdField('omraade')
			].map((name) => [name, word])
		),
		{ requiredKeys: [] }
	);
	const lists = fc.record(
		{ [onlyField('omraade')]: fc.array(word), highlight: fc.array(word) },
		{ requiredKeys: [] }
	);
	const run = fc.check(
		fc.property(shapes, form, lists, (shape, one, many) => {
			const spec = specFrom(fields({ ...one, ...many } as Record<string, string>), shape);
			return specProblem(spec, shape) === null && figureSpecSchema.safeParse(spec).success;
		}),
		{ numRuns: 500 }
	);
	expect(run.counterexample).toBeNull();
});

test('a form says back what a figure shows', () => {
	const spec = specFrom(
		fields({
			measure: 'anbragte',
			kind: 'line',
			x: 'aar',
			series: 'omraade',
			[onlyField('omraade')]: ['omraade1', 'omraade2'],
			highlight: ['omraade2', 'nowhere']
		}),
		areas
	);
	expect(spec).toEqual({
		kind: 'line',
		measure: 'anbragte',
		where: { omraade: ['omraade1', 'omraade2'] },
		x: 'aar',
		series: 'omraade',
		highlight: ['omraade2']
	});
});

test('another kind is proposed its own axes, whatever the last one had', () => {
	const table = { kind: 'table', x: 'omraade', series: 'aar', measure: 'elever' };
	expect(specFrom(fields({ ...table, kind: 'bar', shown: 'table' }), areas)).toEqual(
		proposal(areas)
	);
	expect(specFrom(fields({ ...table, kind: 'line', shown: 'table' }), areas)).toMatchObject({
		kind: 'line',
		x: 'aar'
	});
	expect(specFrom(fields({ ...table, shown: 'table' }), areas).series).toBe('aar');
});

test('what would mix things, name what is not there or drown the reader is refused', () => {
	const bar = { kind: 'bar', measure: 'elever', x: 'omraade' } as const;
	expect(specProblem({ ...bar, where: {} }, areas)).toBe('brief.dimension_left_open');
	expect(specProblem({ ...bar, where: { aar: ['2099'] } }, areas)).toBe('brief.no_such_category');
	expect(specProblem({ ...bar, measure: 'x', where: {} }, areas)).toBe('brief.no_measure');
	expect(specProblem({ ...bar, series: 'omraade', where: {} }, areas)).toBe('brief.no_series');
	expect(specProblem({ ...bar, kind: 'line', where: { aar: ['aar1'] } }, areas)).toBe(
		'brief.line_needs_time'
	);
	const wide = cube(dimension('omraade', 'area', MOST_CELLS + 1));
	expect(specProblem({ ...bar, where: {} }, wide)).toBe('brief.figure_too_large');
	expect(specProblem({ ...bar, kind: 'number', where: { aar: ['aar1'] } }, areas)).toBe(
		'brief.number_is_one_cell'
	);
});

test('on a newer version the latest period follows, an older one stays, and what is gone is left out', () => {
	const newer = cube(dimension('omraade', 'area', 11), dimension('aar', 'time', 6));
	const spec = { kind: 'bar', measure: 'elever', x: 'omraade' } as const;
	const on = (where: Record<string, string[]>) =>
		specOnNewer({ ...spec, where }, areas, newer).where;
	expect(on({ aar: ['aar4'] })).toEqual({ aar: ['aar5'] });
	expect(on({ aar: ['aar2'] })).toEqual({ aar: ['aar2'] });
	expect(on({ aar: ['aar4'], omraade: ['omraade3', 'omraade11'] })).toEqual({
		aar: ['aar5'],
		omraade: ['omraade3']
	});
});

test('each point of a list is a message, and so is each paragraph', () => {
	const item = (text: string) => ({ type: 'listItem', content: fromPlainText(text).content });
	expect(messageCount(undefined)).toBe(0);
	expect(messageCount(fromPlainText('Én\n\nTo'))).toBe(2);
	expect(
		messageCount({
			type: 'doc',
			content: [{ type: 'bulletList', content: [item('Én'), item('To'), item('')] }]
		})
	).toBe(2);
});

test('what is missing is named and what is too much is nudged; neither is more than words', () => {
	const bare = { serves: null, content: {}, figures: [] };
	expect(missingOf(bare)).toEqual(['serves', 'headline', 'messages', 'figures']);
	const shown = (count: number, why = 'fordi') =>
		Array.from({ length: count }, () => ({ why, firstPage: true }));
	expect(missingOf({ ...bare, serves: 'Strategi', figures: shown(1, ' ') })).toContain('why');
	const messages = fromPlainText('1\n\n2\n\n3\n\n4');
	expect(nudgesOf({ content: { messages }, figures: shown(4) })).toEqual(['messages', 'figures']);
	expect(nudgesOf({ content: {}, figures: shown(3) })).toEqual([]);
	expect(nudgesOf({ content: {}, figures: [...shown(3), { why: '', firstPage: false }] })).toEqual(
		[]
	);
});

test('areas that outlines stand for are proposed as a map; without outlines as bars', () => {
	const maps = [{ id: 'o', title: 'Kort', dimension: 'omraade' }];
	expect(proposal(areas, undefined, undefined, maps)).toEqual({
		kind: 'map',
		measure: 'elever',
		where: { aar: ['aar4'] },
		x: 'omraade',
		outline: 'o'
	});
	expect(kindsOf(areas)).not.toContain('map');
	expect(specFrom(fields({ kind: 'map', outline: 'elsewhere' }), areas, maps).outline).toBe('o');
	expect(specFrom(fields({ kind: 'map' }), areas).kind).not.toBe('map');
});

test('parts, others and small figures need something to be parted by', () => {
	const flat = cube(dimension('omraade', 'area', 5));
	expect(kindsOf(flat)).toEqual(['bar', 'table', 'number']);
	expect(kindsOf(areas)).toEqual(['line', 'bar', 'stacked', 'range', 'panels', 'table', 'number']);
	const mean = { ...measure('snit'), unit: 'snit', additive: false };
	expect(kindsOf(areas, [], mean)).not.toContain('stacked');
	const stacked = { kind: 'stacked', measure: 'elever', where: {}, x: 'aar' } as const;
	const one = { omraade: ['omraade1'] };
	expect(specProblem({ ...stacked, where: one }, areas)).toBe('brief.stack_needs_parts');
	expect(specProblem({ ...stacked, series: 'omraade' }, areas)).toBe('brief.stack_needs_parts');
	const range = { kind: 'range', measure: 'elever', x: 'aar', series: 'omraade' } as const;
	expect(specProblem({ ...range, where: { omraade: ['omraade1'] } }, areas)).toBe(
		'brief.range_needs_others'
	);
	expect(specProblem({ ...range, where: {} }, areas)).toBeNull();
	expect(specProblem({ ...range, kind: 'map', where: {} }, areas)).toBe('brief.no_outline');
});

test('a target is read as it is written here', () => {
	expect(writtenNumber('12,5')).toBe(12.5);
	expect(writtenNumber('1.200')).toBe(1200);
	expect(writtenNumber('1.200,5')).toBe(1200.5);
	expect(writtenNumber('12.5')).toBe(12.5);
	expect(writtenNumber('−3')).toBe(-3);
	expect(writtenNumber(' ')).toBeUndefined();
	expect(writtenNumber('mange')).toBeNull();
	const form = { kind: 'line', target: '50', targetLabel: 'Landstal', trend: 'on' };
	expect(specFrom(fields(form), areas)).toMatchObject({
		target: { value: 50, label: 'Landstal' },
		trend: true
	});
	expect(specFrom(fields({ ...form, kind: 'table' }), areas).target).toBeUndefined();
});
