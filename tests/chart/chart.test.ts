import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { draw } from '#lib/chart/engine.ts';
import { gridOf, headTarget } from '#lib/chart/figure.ts';
import { axis } from '#lib/chart/axis.ts';
import { hit, layoutOf, markAt, option, WIDTHS } from '#lib/chart/layout.ts';
import { endLabels } from '#lib/chart/lines.ts';
import { axisNote, bigNumber, summary } from '#lib/chart/summary.ts';
import { areas, figure, years } from './figures.ts';

const bars = figure(
	{ sort: 'value' },
	[areas('Skovbrynet', 'Nørrevang', 'Lærkehøj', 'Bakkegården')],
	['s', 54, 'm', 61]
);
const lines = figure(
	{ kind: 'line', x: 'aar', series: 'omraade' },
	[areas('Nørrevang', 'Skovbrynet'), years(2015, 2016, 2017, 2018)],
	[40, 44, 47, 54, 12, 's', 8, 9],
	{ breaks: [{ period: '2017', reason: 'Ny opgørelse' }] }
);

describe('bars', () => {
	test('stand by size, with what is not shown after them and said in words', () => {
		expect(gridOf(bars).rows.map(({ label }) => label)).toEqual([
			'Bakkegården',
			'Nørrevang',
			'Skovbrynet',
			'Lærkehøj'
		]);
		const svg = draw(bars, 'da', WIDTHS.wide);
		expect(svg).toContain('få personer · ikke vist');
		expect(svg).toContain('ingen oplysning');
		expect(draw(bars, 'en', WIDTHS.wide)).toContain('small numbers · not shown');
	});

	test('start from 0, whatever the values', () => {
		fc.assert(
			fc.property(
				fc.array(fc.double({ noNaN: true, min: -1e6, max: 1e6 }), { minLength: 1, maxLength: 9 }),
				(values) => {
					const layout = layoutOf(
						figure({}, [areas(...values.map((_, i) => `O${i}`))], values),
						'da',
						660
					);
					return layout.from <= 0 && layout.to >= 0 && layout.from < layout.to;
				}
			)
		);
		expect(option(bars, layoutOf(bars, 'da', 660), 'da').xAxis).toMatchObject({ min: 0, max: 61 });
	});

	test('are drawn the same every time and leave colours to the page', () => {
		const svg = draw(bars, 'da', WIDTHS.wide);
		expect(draw(bars, 'da', WIDTHS.wide)).toBe(svg);
		expect(svg).not.toContain('<style');
		expect(svg).not.toContain('ecmeta');
		expect(svg).toContain('var(--c1)');
		expect(svg).toMatch(/^<svg aria-hidden="true"[^>]*viewBox="0 0 660 88"/);
	});

	test('can be pressed: a bar is its cell, a name its series', () => {
		const layout = layoutOf(bars, 'da', 660);
		expect(hit(bars, layout, layout.plot.left + 5, layout.plot.top + 30, 'da')).toEqual({
			kind: 'cell',
			measure: 'elever',
			coordinates: { omraade: 'nørrevang' }
		});
		expect(hit(bars, layout, 10, layout.plot.top + 5, 'da')).toEqual({
			kind: 'series',
			measure: 'elever',
			coordinates: { omraade: 'bakkegården' }
		});
		expect(hit(bars, layout, 10, layout.height + 50, 'da')).toBeNull();
	});
});

describe('lines', () => {
	test('have a gap where a value is not shown', () => {
		const { series } = option(lines, layoutOf(lines, 'da', 660), 'da') as unknown as {
			series: { data: unknown; connectNulls: boolean }[];
		};
		expect(series[1]).toMatchObject({ data: [12, null, 8, 9], connectNulls: false });
		expect(draw(lines, 'da', 660)).toContain('ikke vist');
	});

	test('mark where the series breaks', () => {
		expect(draw(lines, 'da', 660)).toContain('Brud fra 2017');
	});

	test('are named at their ends, and no name covers another', () => {
		const held = fc.check(
			fc.property(fc.array(fc.nat(100), { minLength: 1, maxLength: 14 }), (ends) => {
				const many = figure(
					{ kind: 'line', x: 'aar', series: 'omraade' },
					[areas(...ends.map((_, i) => `O${i}`)), years(2018)],
					ends
				);
				const layout = layoutOf(many, 'da', 660);
				const ys = endLabels(many, layout, 'da').map(({ y }) => y);
				return (
					ys.length === ends.length &&
					ys.every((y, i) => y >= -1 && y <= layout.height && (i === 0 || y - ys[i - 1]! >= 14.9))
				);
			})
		);
		expect(held.counterexample).toBeNull();
	});

	test('show no older number where the newest is hidden', () => {
		const periods = years(2017, 2018);
		const alone = figure({ kind: 'line', x: 'aar' }, [periods], [7, 's']);
		expect(endLabels(alone, layoutOf(alone, 'da', 660), 'da')).toEqual([]);
		const named = figure(
			{ kind: 'line', x: 'aar', series: 'omraade' },
			[areas('Nord', 'Syd'), periods],
			[7, 's', 9, 12]
		);
		const words = endLabels(named, layoutOf(named, 'da', 660), 'da').map(({ text }) => text);
		expect(words.sort()).toEqual(['Nord', 'Syd 12']);
	});

	test('say so when their axis does not begin at 0', () => {
		expect(axisNote(lines, 'da')).toBeNull();
		const counts = figure({ kind: 'line', x: 'aar' }, [years(2017, 2018)], [90, 98]);
		expect(axisNote(counts, 'da')).toBeNull();
		const high = { ...counts, measure: { ...counts.measure, additive: false } };
		expect(axisNote(high, 'da')).toBe('Aksen begynder ved 90, ikke ved 0.');
	});

	test('can be pressed: a point, a name, a period', () => {
		const layout = layoutOf(lines, 'da', 660);
		const point = markAt(
			lines,
			layout,
			{ kind: 'cell', measure: 'elever', coordinates: { omraade: 'nørrevang', aar: '2018' } },
			'da'
		)!;
		expect(hit(lines, layout, point.x, point.y + 14, 'da')?.coordinates).toEqual({
			omraade: 'nørrevang',
			aar: '2018'
		});
		const [label] = endLabels(lines, layout, 'da');
		expect(hit(lines, layout, layout.plot.right + 20, label!.y, 'da')).toEqual(
			headTarget(lines, lines.dimensions[0]!, { code: 'nørrevang', label: '' })
		);
		expect(hit(lines, layout, layout.plot.left, layout.height - 3, 'da')).toEqual({
			kind: 'period',
			measure: 'elever',
			coordinates: { aar: '2015' }
		});
	});
});

test('a value axis has round, growing ticks that hold every value', () => {
	const held = fc.check(
		fc.property(
			fc.array(fc.double({ noNaN: true, min: -1e9, max: 1e9 }), { maxLength: 12 }),
			(values) => {
				const { from, to, ticks } = axis(values, false);
				const slack = (to - from) * 1e-6;
				return (
					values.every((value) => value >= from - slack && value <= to + slack) &&
					ticks.length >= 2 &&
					ticks.length <= 8 &&
					ticks.every((tick, i) => i === 0 || tick > ticks[i - 1]!)
				);
			}
		)
	);
	expect(held.counterexample).toBeNull();
});

describe('in words', () => {
	test('a figure tells its course, its ends and what is not shown', () => {
		expect(summary(lines, 'da')).toBe(
			'Elever med over 20 fraværsdage, antal. Nørrevang: fra 40 i 2015 til 54 i 2018 (+14). Skovbrynet: fra 12 i 2015 til 9 i 2018 (−3). Højest: Nørrevang, 2018 (54). Lavest: Skovbrynet, 2017 (8). 1 tal er ikke vist, fordi de bygger på få personer.'
		);
		expect(summary(bars, 'en')).toContain('Highest: Bakkegården (61).');
	});

	test('a big number is its last value, held against the one before, but not across a break', () => {
		const number = figure({ kind: 'number', x: 'aar' }, [years(2017, 2018)], [287, 292]);
		expect(bigNumber(number, 'da')).toMatchObject({ words: '292', change: '+5 siden 2017' });
		const broken = { ...number, breaks: [{ period: '2018', reason: 'Nyt' }] };
		expect(bigNumber(broken, 'da')?.change).toBeNull();
	});

	test('a suppressed big number is said, not shown', () => {
		const number = figure({ kind: 'number', x: 'aar' }, [years(2018)], ['s']);
		expect(bigNumber(number, 'da')?.words).toBe('få personer · ikke vist');
	});
});
