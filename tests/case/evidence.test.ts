import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bySource, dataFirst, kinds, meter, sourceOf, sources } from '#lib/case/evidence.ts';

const item = fc.record({
	kind: fc.constantFrom(...kinds),
	stance: fc.constantFrom('supports' as const, 'contradicts' as const, 'neutral' as const),
	addedAt: fc.date({ noInvalidDate: true }),
	parkedAt: fc.option(fc.date({ noInvalidDate: true }))
});
const day = (n: number) => new Date(Date.UTC(2018, 7, n));
const figure = (n: number) => ({ kind: 'figure' as const, addedAt: day(n) });
const option = (n: number, statusQuo = false) => ({ statusQuo, createdAt: day(n) });

describe('the meter', () => {
	test('always reads the four sources, and counts everything that is not parked once', () => {
		fc.assert(
			fc.property(fc.array(item), (evidence) => {
				const read = meter(evidence);
				expect(read.map(({ source }) => source)).toEqual([...sources]);
				const total = read.reduce((sum, { count }) => sum + count, 0);
				expect(total).toBe(evidence.filter(({ parkedAt }) => !parkedAt).length);
				for (const { count, contradicting } of read)
					expect(contradicting).toBeLessThanOrEqual(count);
			})
		);
	});
	test('experience from elsewhere is experience, figures and documents are the organisation’s own', () => {
		expect(sourceOf('comparable_case')).toBe('experience');
		expect(sourceOf('figure')).toBe('organisation');
		expect(sourceOf('document')).toBe('organisation');
	});
});

describe('data first', () => {
	test('a figure before the first option is data first', () => {
		expect(dataFirst([figure(23), figure(30)], [option(25)])).toEqual({
			order: 'data_first',
			data: day(23),
			options: day(25)
		});
	});
	test('an option before the first figure is options first', () => {
		expect(dataFirst([figure(26)], [option(25), option(28)]).order).toBe('options_first');
	});
	test('the status quo is always there and counts for nothing', () => {
		expect(dataFirst([figure(26)], [option(1, true)])).toEqual({
			order: 'data_only',
			data: day(26)
		});
	});
	test('only figures are data', () => {
		expect(dataFirst([{ kind: 'practice', addedAt: day(1) }], [option(2)])).toEqual({
			order: 'no_data'
		});
	});
	test('more evidence later never turns data first into options first', () => {
		fc.assert(
			fc.property(fc.array(fc.integer({ min: 1, max: 400 })), (later) => {
				const evidence = [figure(1), ...later.map((n) => figure(n + 1))];
				expect(dataFirst(evidence, [option(1)]).order).toBe('data_first');
			})
		);
	});
});

test('grouping keeps every item, in the order it was added', () => {
	fc.assert(
		fc.property(fc.array(item), (evidence) => {
			const groups = bySource(evidence);
			expect(groups.flatMap(({ items }) => items)).toHaveLength(evidence.length);
			for (const { items } of groups)
				for (const [index, one] of items.entries())
					if (index) expect(+items[index - 1]!.addedAt).toBeLessThanOrEqual(+one.addedAt);
		})
	);
});
