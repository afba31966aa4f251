import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { coupledSpec, coupledProblem, placeIn, SIDE, sideDimension } from '#lib/chart/coupled.ts';
import type { Coupled, CoupledKind, Side } from '#lib/chart/coupled.ts';
import { draw } from '#lib/chart/engine.ts';
import { cellTarget, gridOf, headTarget } from '#lib/chart/figure.ts';
import { hit, layoutOf, markAt, spotOf } from '#lib/chart/layout.ts';
import { step } from '#lib/chart/read.ts';
import { named, dotsOf, pairsOf } from '#lib/chart/scatter.ts';
import { textWidth } from '#lib/chart/text.ts';
import { togetherOf } from '#lib/chart/together.ts';
import type { Dimension } from '#lib/data/cube.ts';
import { areas, citation, figure, years } from './figures.ts';

const side = (key: string, label: string, versionId: string): Side => ({
	measure: { key, label, unit: '', decimals: 0, countsPeople: false, additive: true },
	citation: { ...citation, versionId },
	keys: { omraade: 'omr', aar: 'tid' },
	held: { koen: 'I alt' },
	heldIn: 'I alt'
});
const sides: Coupled['sides'] = [side('boern', 'Børn', 'v1'), side('elever', 'Elever', 'v2')];
const coupled: Coupled = { id: 'k', sides, agreed: true, limit: null, hidden: 0, newer: null };

type Value = number | 's' | 'm';
const of = (kind: CoupledKind, x: Dimension, values: Value[]) =>
	figure({ kind, x: x.key, series: SIDE }, [x, sideDimension(sides, 'Hvilket')], values, {
		coupled,
		measure: sides[0].measure
	});
const four = areas('Nord', 'Midt', 'Syd', 'Øst');
const values: Value[] = [10, 100, 20, 140, 's', 90, 40, 'm'];

describe.each<[CoupledKind, Dimension]>([
	['beside', four],
	['beside', years(2015, 2016, 2017, 2018)],
	['scatter', four]
])('two datasets as %s', (kind, x) => {
	test('are drawn the same each time, also where a number is not shown', () => {
		const one = of(kind, x, values);
		const svg = draw(one, 'da', 660);
		expect(draw(one, 'da', 660)).toBe(svg);
		expect(svg).not.toContain('NaN');
		expect(svg).not.toContain('undefined');
	});

	test('can be pressed where a number stands, and each number has a mark of its own dataset', () => {
		const one = of(kind, x, [10, 100, 20, 140, 30, 90, 40, 150]);
		const layout = layoutOf(one, 'da', 660);
		const { rows, columns, at } = gridOf(one);
		for (const [r, row] of rows.entries())
			for (const [c, column] of columns.entries()) {
				const target = cellTarget(one, at(row, column));
				const spot = spotOf(one, layout, r, c, 'da');
				const found = hit(one, layout, spot.x - 1, spot.y, 'da');
				expect(found?.coordinates).toEqual(target.coordinates);
				if (kind === 'beside') expect(found?.versionId).toBe(c === 0 ? 'v1' : 'v2');
				expect(markAt(one, layout, target, 'da')).not.toBeNull();
				expect(placeIn(coupled, target)).toEqual(at(row, column).coordinates);
			}
		for (const head of [
			headTarget(one, gridOf(one).x, rows[0]!),
			headTarget(one, gridOf(one).series!, columns[1]!)
		])
			if (kind === 'beside') expect(markAt(one, layout, head, 'da')).not.toBeNull();
	});

	test('keep every number inside the drawing, whatever it is', () => {
		const cell = fc.oneof(fc.integer({ min: -500, max: 5000 }), fc.constantFrom('s', 'm'));
		const run = fc.check(
			fc.property(
				fc.array(cell, { minLength: 8, maxLength: 8 }),
				fc.constantFrom(660, 340),
				(cells, width) => {
					const one = of(kind, x, cells as Value[]);
					const layout = layoutOf(one, 'da', width);
					return gridOf(one).rows.every((_, r) =>
						[0, 1].every((c) => {
							const spot = spotOf(one, layout, r, c, 'da');
							return (
								spot.x >= -1 && spot.x <= width + 1 && spot.y >= -1 && spot.y <= layout.height + 1
							);
						})
					);
				}
			),
			{ numRuns: 60 }
		);
		expect(run.counterexample).toBeNull();
	});
});

test('points are only of places that both say something of, and their names cover nothing', () => {
	const one = of('scatter', four, values);
	expect(pairsOf(one).map(({ row }) => row)).toEqual([0, 1]);
	const run = fc.check(
		fc.property(
			fc.array(fc.integer({ min: 0, max: 200 }), { minLength: 8, maxLength: 8 }),
			(cells) => {
				const drawn = of('scatter', four, cells);
				const layout = layoutOf(drawn, 'da', 340);
				const dots = dotsOf(drawn, layout);
				return named(dots, layout).every(({ x, align, y, words }) => {
					const width = textWidth(words, 12);
					const left = align === 'left' ? x : x - width;
					return dots.every(
						(dot) => Math.abs(dot.y - y) > 7 || dot.x < left || dot.x > left + width
					);
				});
			}
		),
		{ numRuns: 40 }
	);
	expect(run.counterexample).toBeNull();
});

test('how often they go together is counted in pairs of places, and in steps that cross no break', () => {
	expect(togetherOf(of('scatter', four, [1, 10, 2, 20, 3, 30, 4, 5]))).toEqual({ same: 3, all: 6 });
	const time = years(2015, 2016, 2017, 2018);
	const over = of('beside', time, [1, 10, 2, 20, 3, 10, 4, 20]);
	expect(togetherOf(over)).toEqual({ same: 2, all: 3 });
	const broken = { ...over, breaks: [{ period: '2017', reason: 'Ny' }] };
	expect(togetherOf(broken)).toEqual({ same: 2, all: 2 });
	expect(togetherOf(of('scatter', four, ['s', 1, 2, 2, 3, 'm', 4, 4]))).toBeNull();
});

test('they are read over time sideways, and from the one to the other up and down', () => {
	const one = of('beside', years(2015, 2016, 2017, 2018), [1, 10, 2, 20, 3, 10, 4, 20]);
	expect(step(one, { row: 0, column: 0 }, 'ArrowRight')).toEqual({ row: 1, column: 0 });
	expect(step(one, { row: 0, column: 0 }, 'ArrowDown')).toEqual({ row: 0, column: 1 });
});

test('whatever is wished of a coupling, what is proposed can be drawn', () => {
	const shared = [four, years(2017, 2018)];
	const code = fc.constantFrom('nord', 'syd', '2018', 'x');
	const run = fc.check(
		fc.property(
			fc.record({
				kind: fc.constantFrom('beside', 'scatter', 'bar', null),
				x: fc.constantFrom('omraade', 'aar', 'x', null),
				where: fc.dictionary(fc.constantFrom('omraade', 'aar', 'x'), fc.array(code)),
				highlight: fc.array(code)
			}),
			(wish) => coupledProblem(coupledSpec(shared, 'boern', wish), shared) === null
		)
	);
	expect(run.counterexample).toBeNull();
});
