import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { draw } from '#lib/chart/engine.ts';
import { gridOf, saidBefore, type FigureKind } from '#lib/chart/figure.ts';
import { figureSpecSchema } from '#lib/chart/figure-input.ts';
import { hit, layoutOf, markAt, option, spotOf } from '#lib/chart/layout.ts';
import { panelsOf } from '#lib/chart/panels.ts';
import { othersOf } from '#lib/chart/ranges.ts';
import { sparkOf } from '#lib/chart/spark.ts';
import { spreadOf } from '#lib/chart/spread.ts';
import { segmentsOf, wholeWords } from '#lib/chart/stacked.ts';
import { axisNote, bigNumber, summary } from '#lib/chart/summary.ts';
import { trendOf } from '#lib/chart/trend.ts';
import { areas, figure, years } from './figures.ts';

const two = [years(2017, 2018), areas('Nord', 'Midt', 'Syd')];
const values: (number | 's' | 'm')[] = [10, 20, 30, 12, 's', 33];

/** Every kind that is drawn with axes keeps the same promises. */
describe.each<[FigureKind, Partial<Parameters<typeof figure>[0]>]>([
	['line', { x: 'aar', series: 'omraade' }],
	['bar', { x: 'omraade', series: 'aar' }],
	['stacked', { x: 'aar', series: 'omraade' }],
	['range', { x: 'aar', series: 'omraade', highlight: ['nord'] }]
])('a figure of kind %s', (kind, spec) => {
	const of = (cells: (number | 's' | 'm')[], more = {}) =>
		figure({ kind, ...spec, ...more }, two, cells);

	test('is drawn the same each time, with no number of what is not shown', () => {
		const svg = draw(of(values), 'da', 660);
		expect(draw(of(values), 'da', 660)).toBe(svg);
		expect(svg).toMatch(/^<svg aria-hidden="true"/);
		expect(svg).not.toContain('NaN');
	});

	test('can be pressed wherever a mark stands, and means the cell the mark is on', () => {
		const one = of([10, 20, 30, 12, 21, 33]);
		const layout = layoutOf(one, 'da', 660);
		const { rows, columns, at } = gridOf(one);
		for (const [r, row] of rows.entries())
			for (const [c, column] of columns.entries()) {
				const { coordinates } = at(row, column);
				const spot = spotOf(one, layout, r, c, 'da');
				expect(hit(one, layout, spot.x - 1, spot.y, 'da')?.coordinates).toEqual(coordinates);
				const target = { kind: 'cell' as const, measure: 'elever', coordinates };
				expect(markAt(one, layout, target, 'da')).not.toBeNull();
			}
	});

	test('keeps everything inside its drawing, whatever the values and the target', () => {
		const cell = fc.oneof(fc.integer({ min: -500, max: 5000 }), fc.constantFrom('s', 'm'));
		const run = fc.check(
			fc.property(
				fc.array(cell, { minLength: 6, maxLength: 6 }),
				fc.option(fc.integer({ min: -500, max: 9000 })),
				fc.constantFrom(660, 340),
				(cells, value, width) => {
					const target = value === null ? {} : { target: { value } };
					const one = of(cells as typeof values, target);
					const layout = layoutOf(one, 'da', width);
					const { rows, columns } = gridOf(one);
					const { plot } = layout;
					return (
						layout.to > layout.from &&
						plot.right > plot.left &&
						rows.every((_, r) =>
							columns.every((__, c) => {
								const { x, y } = spotOf(one, layout, r, c, 'da');
								return x >= -1 && x <= width + 1 && y >= -1 && y <= layout.height + 1;
							})
						)
					);
				}
			),
			{ numRuns: 60 }
		);
		expect(run.counterexample).toBeNull();
	});

	test('says its target on the drawing and in words', () => {
		const one = of(values, { target: { value: 25, label: 'Landstal' } });
		expect(draw(one, 'da', 660)).toContain('Landstal 25');
		expect(summary(one, 'da')).toContain('Landstal: 25.');
		const layout = layoutOf(of(values, { target: { value: 900 } }), 'da', 660);
		expect(layout.to).toBeGreaterThanOrEqual(900);
	});
});

describe('stacked bars', () => {
	const one = figure({ kind: 'stacked', x: 'aar', series: 'omraade' }, two, values);

	test('put parts after each other, and say that a part is hidden instead of a whole', () => {
		expect(segmentsOf(one, 0)).toEqual([
			{ from: 0, to: 10 },
			{ from: 10, to: 30 },
			{ from: 30, to: 60 }
		]);
		expect(wholeWords(one, 0, 'da')).toBe('60');
		expect(wholeWords(one, 1, 'da')).toBe('45 + ikke vist');
		expect(draw(one, 'da', 660)).toContain('45 + ikke vist');
	});

	test('run to both sides of 0', () => {
		const both = figure({ kind: 'stacked', x: 'aar', series: 'omraade' }, two, [5, -3, 2, 1, 1, 1]);
		expect(segmentsOf(both, 0).map(({ to }) => to)).toEqual([5, -3, 7]);
		expect(layoutOf(both, 'da', 660)).toMatchObject({ from: -3, to: 7 });
	});

	test('of shares say when they are no whole', () => {
		const shares = (cells: number[]) => {
			const made = figure({ kind: 'stacked', x: 'aar', series: 'omraade' }, two, cells);
			return { ...made, measure: { ...made.measure, unit: 'pct.', additive: false } };
		};
		expect(axisNote(shares([50, 30, 20, 40, 40, 20]), 'da')).toBeNull();
		expect(axisNote(shares([50, 30, 60, 40, 40, 20]), 'da')).toContain('ikke 100');
	});
});

describe('own against the others', () => {
	const names = ['Eget', 'A', 'B', 'C', 'D', 'E'];
	const of = (cells: (number | 's' | 'm')[]) =>
		figure(
			{ kind: 'range', x: 'aar', series: 'omraade', highlight: ['eget'] },
			[years(2018), areas(...names)],
			cells
		);

	test('is the spread of the others, without one’s own and without what is not shown', () => {
		const one = of([99, 1, 2, 3, 4, 's']);
		expect(othersOf(one, gridOf(one).rows[0]!)).toEqual({
			count: 4,
			low: 1,
			lower: null,
			middle: 2.5,
			upper: null,
			high: 4
		});
	});

	test('is told in words', () => {
		expect(summary(of([9, 10, 20, 30, 40, 50]), 'da')).toContain(
			'Eget, 2018: 9. De 5 andre fra 10 til 50, i midten 30. Den midterste halvdel ligger mellem 20 og 40.'
		);
		expect(summary(of(['s', 's', 's', 's', 's', 's']), 'da')).toContain('Ingen af de andres tal');
	});

	test('has its quarters between the lowest and the highest, in order', () => {
		const run = fc.check(
			fc.property(fc.array(fc.integer(), { minLength: 1, maxLength: 40 }), (list) => {
				const { low, lower, middle, upper, high, count } = spreadOf(list)!;
				const order = [low, lower ?? low, middle, upper ?? high, high];
				return count === list.length && order.every((v, i) => i === 0 || v >= order[i - 1]!);
			})
		);
		expect(run.counterexample).toBeNull();
		expect(spreadOf([])).toBeNull();
	});
});

describe('small figures', () => {
	const one = figure(
		{ kind: 'panels', x: 'aar', series: 'omraade', highlight: ['syd'] },
		two,
		values
	);

	test('are one for each category, on the same axis', () => {
		const panels = panelsOf(one);
		expect(panels.map(({ label }) => label)).toEqual(['Nord', 'Midt', 'Syd']);
		const axes = panels.map(({ figure: panel }) => layoutOf(panel, 'da', 250));
		expect(new Set(axes.map(({ from, to }) => `${from}–${to}`)).size).toBe(1);
		expect(panels[0]!.figure.cells.map(({ value }) => value)).toEqual([10, 12]);
	});

	test('stand back where others are to be seen first', () => {
		expect(panelsOf(one).map(({ figure: { pale } }) => pale)).toEqual([true, true, false]);
	});

	test('are bars where there is no time', () => {
		const flat = figure({ kind: 'panels', x: 'omraade', series: 'aar' }, two, values);
		expect(panelsOf(flat).map(({ figure: { spec } }) => spec.kind)).toEqual(['bar', 'bar']);
	});
});

describe('a trend', () => {
	const course = (
		cells: (number | 's' | 'm')[],
		breaks: { period: string; reason: string }[] = []
	) =>
		figure({ kind: 'line', x: 'aar', trend: true }, [years(2014, 2015, 2016, 2017, 2018)], cells, {
			breaks
		});

	test('is the line nearest to the values, no longer than they are', () => {
		expect(trendOf(course([10, 12, 14, 16, 18]), null)).toMatchObject({
			from: 0,
			to: 4,
			start: 10,
			step: 2
		});
		expect(trendOf(course([10, 's', 14, 16, 'm']), null)).toMatchObject({ from: 0, to: 3 });
		expect(summary(course([10, 12, 14, 16, 18]), 'da')).toContain(
			'Tendens: stiger 2,0 fra periode til periode (2014–2018).'
		);
	});

	test('begins anew where the series breaks, and is none of two values', () => {
		const broken = [{ period: '2016', reason: 'Ny opgørelse' }];
		expect(trendOf(course([10, 90, 1, 2, 3], broken), null)).toMatchObject({ from: 2, step: 1 });
		const late = [{ period: '2017', reason: 'Ny opgørelse' }];
		expect(trendOf(course([10, 90, 1, 2, 3], late), null)).toBeNull();
	});
});

describe('a big number', () => {
	const one = (cells: (number | 's')[], spec = {}) =>
		figure({ kind: 'number', x: 'aar', ...spec }, [years(2016, 2017, 2018)], cells);

	test('is told apart from its target without a word of whether that is good', () => {
		expect(bigNumber(one([9, 10, 12], { target: { value: 15 } }), 'da')?.target).toBe(
			'−3 i forhold til Mål 15'
		);
		expect(bigNumber(one([9, 10, 12], { target: { value: 12 } }), 'en')?.target).toBe(
			'equal to Target 12'
		);
	});

	test('has its course beside it, with a gap where a value is not known', () => {
		const spark = sparkOf(one([9, 's', 12]))!;
		expect(spark.path.match(/M/g)).toHaveLength(2);
		expect(spark.path).not.toContain('NaN');
		expect(sparkOf(figure({ kind: 'number', x: 'aar' }, [years(2018)], [3]))).toBeNull();
	});
});

describe('two editions', () => {
	const now = figure({ kind: 'line', x: 'aar' }, [years(2016, 2017, 2018)], [10, 21, 's']);
	const then = figure({ kind: 'line', x: 'aar' }, [years(2016, 2017, 2018)], [10, 20, 30]);
	const both = { ...now, earlier: { number: 1, cells: then.cells } };

	test('are seen together only where they differ', () => {
		expect(both.cells.map((cell) => saidBefore(both, cell)?.value ?? null)).toEqual([null, 20, 30]);
		expect(saidBefore(now, now.cells[1]!)).toBeNull();
		expect(summary(both, 'da')).toContain('2 tal er ændret siden udgave 1.');
	});

	test.each(['line', 'bar'] as const)(
		'are drawn with an empty sign for the one before: %s',
		(kind) => {
			const drawn = (of: typeof now) => {
				const one = { ...of, spec: { ...of.spec, kind } };
				return option(one, layoutOf(one, 'da', 660), 'da').graphic as unknown[];
			};
			expect(drawn(both).length).toBeGreaterThan(drawn(now).length);
		}
	);

	test('a bar and the outline of the one before begin at the same place, however long the names are', () => {
		const named = years(2016, 2017, 2018);
		named.categories[0]!.label = 'Lærkehøj, Skovbrynet og Grønneengen';
		const spec = { kind: 'bar' as const, x: 'aar' };
		const one = {
			...figure(spec, [named], [10, 21, 30]),
			earlier: { number: 1, cells: figure(spec, [named], [10, 28, 30]).cells }
		};
		for (const width of [340, 660]) {
			const { plot } = layoutOf(one, 'da', width);
			const begins = [...draw(one, 'da', width).matchAll(/<path d="M([\d.]+) /g)].map(([, x]) =>
				Number(x)
			);
			// A bar's corners are rounded by two.
			for (const x of begins) expect(Math.abs(x - plot.left)).toBeLessThanOrEqual(2.5);
			expect(begins.length).toBeGreaterThanOrEqual(4);
		}
	});
});

test('figures stored before there were more kinds are still figures', () => {
	for (const spec of [
		{ kind: 'bar', measure: 'm', where: { aar: ['2018'] }, x: 'omraade', sort: 'value' },
		{ kind: 'line', measure: 'm', where: {}, x: 'aar', series: 'o', highlight: ['a'] },
		{ kind: 'table', measure: 'm', where: {}, x: 'o', series: 'aar' },
		{ kind: 'number', measure: 'm', where: { o: ['a'] }, x: 'aar' }
	])
		expect(figureSpecSchema.parse(spec)).toEqual(spec);
});
