import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { costOf, difference, disagree, type Consequence } from '#lib/case/consequences.ts';
import { inYear, runs, sum, toOre, windowOf, type Money } from '#lib/case/money.ts';

const RUNS = Number(process.env.MONEY_RUNS ?? 150);

const money: fc.Arbitrary<Money> = fc
	.record({
		ore: fc.integer({ min: -10_000_000_000_000, max: 10_000_000_000_000 }),
		yearly: fc.boolean(),
		from: fc.option(fc.integer({ min: 2018, max: 2030 }), { nil: null }),
		length: fc.option(fc.nat(19), { nil: null })
	})
	.map(({ ore, yearly, from, length }) => ({
		ore,
		yearly,
		from,
		to: from === null || length === null ? null : yearly ? from + length : from
	}));
const lines = fc.array(money, { maxLength: 12 });

const line = (fields: Partial<Consequence>): Consequence =>
	({
		id: 'l',
		optionId: 'o',
		root: 'l',
		effect: 'cost',
		ore: null,
		yearly: false,
		from: null,
		to: null,
		withdrawn: null,
		replaced: false,
		...fields
	}) as Consequence;

describe('money over years', () => {
	test('once falls in its year, yearly in each, and what lasts is followed four years and told after', () => {
		const told = sum([
			{ ore: 100, yearly: false, from: 2019, to: null },
			{ ore: 10, yearly: true, from: 2020, to: 2021 },
			{ ore: -1, yearly: true, from: 2020, to: null }
		]);
		expect(told.years).toEqual([
			{ year: 2019, ore: 100 },
			{ year: 2020, ore: 9 },
			{ year: 2021, ore: 9 },
			{ year: 2022, ore: -1 }
		]);
		expect(told).toMatchObject({ once: 0, everyYear: 0, after: -1, total: 117 });
		expect(runs(told.years)).toEqual([
			{ from: 2019, to: 2019, ore: 100 },
			{ from: 2020, to: 2021, ore: 9 },
			{ from: 2022, to: 2022, ore: -1 }
		]);
	});
	test('what runs every year from nobody knows when has no total, and does not become one', () => {
		expect(sum([{ ore: 5, yearly: true, from: null, to: null }])).toEqual({
			years: [],
			once: 0,
			everyYear: 5,
			after: 0,
			total: null
		});
	});
	test('kroner and øre are whole, also where a fraction is not', () => {
		expect(toOre(0.1) + toOre(0.2)).toBe(toOre(0.3));
		expect(toOre(1_234_567.89)).toBe(123_456_789);
	});
	test('the years add up to the total, whatever order the lines are said in', () => {
		fc.assert(
			fc.property(lines, (said) => {
				const told = sum(said);
				const again = sum(said.toReversed());
				expect(again).toEqual(told);
				for (const { year, ore } of told.years) expect(ore).toBe(inYear(said, year));
				const years = told.years.reduce((so, { ore }) => so + ore, 0);
				if (told.total !== null) expect(told.total).toBe(years + told.once);
				for (const value of [years, told.once, told.everyYear, told.after])
					expect(Number.isSafeInteger(value)).toBe(true);
			}),
			{ numRuns: RUNS }
		);
	});
	test('two piles of lines over the same years come to what each comes to', () => {
		fc.assert(
			fc.property(lines, lines, (one, other) => {
				const window = windowOf([...one, ...other]);
				const [a, b, both] = [
					sum(one, window),
					sum(other, window),
					sum([...one, ...other], window)
				];
				expect(both.years.map(({ ore }) => ore)).toEqual(
					a.years.map(({ ore }, i) => ore + b.years[i]!.ore)
				);
				expect(both.once).toBe(a.once + b.once);
				expect(both.after).toBe(a.after + b.after);
				if (a.total !== null && b.total !== null) expect(both.total).toBe(a.total + b.total);
			}),
			{ numRuns: RUNS }
		);
	});
	test('a window leaves out no year that a line with an end falls in', () => {
		fc.assert(
			fc.property(lines, (said) => {
				const ended = said.filter((row) => row.from !== null && (row.to !== null || !row.yearly));
				const whole = ended.reduce(
					(so, { ore, yearly, from, to }) => so + ore * (yearly ? (to ?? from!) - from! + 1 : 1),
					0
				);
				expect(sum(ended).total).toBe(whole);
			}),
			{ numRuns: RUNS }
		);
	});
});

describe('what an option costs', () => {
	const dear = line({ ore: 200, from: 2019 });
	test('its lines say it, a gain against a cost; without lines the amount it was given; else nothing', () => {
		const gain = line({ ore: 50, effect: 'gain', from: 2019 });
		expect(costOf({ amount: 9, lines: [dear, gain] })).toMatchObject({ sum: { total: 150 } });
		expect(costOf({ amount: 9, lines: [] })).toEqual({ from: 'amount', ore: 900 });
		expect(costOf({ amount: null, lines: [line({})] })).toEqual({ from: 'nothing' });
	});
	test('what was taken back or said anew does not count', () => {
		const back = line({ ore: 7, withdrawn: { at: new Date(), byName: 'x', reason: '' } });
		const former = line({ ore: 8, replaced: true });
		expect(costOf({ amount: null, lines: [back, former] })).toEqual({ from: 'nothing' });
	});
	test('the difference to the status quo is only said where both say their money alike', () => {
		const lined = costOf({ amount: null, lines: [dear] });
		const given = costOf({ amount: 5, lines: [] });
		const nothing = costOf({ amount: null, lines: [] });
		expect(difference(lined, costOf({ amount: null, lines: [line({ ore: 50 })] }))).toBe(150);
		expect(difference(given, costOf({ amount: 2, lines: [] }))).toBe(300);
		expect(difference(given, lined)).toBeNull();
		expect(difference(lined, nothing)).toBeNull();
	});
	test('an amount that is neither the total nor one year’s is told beside what the lines give', () => {
		const yearly = line({ ore: 200, yearly: true, from: 2019, to: 2021 });
		expect(disagree({ amount: 6, lines: [yearly] })).toBeNull();
		expect(disagree({ amount: 2, lines: [yearly] })).toBeNull();
		expect(disagree({ amount: 5, lines: [yearly] })).toEqual({ lines: 600, amount: 500 });
	});
});
