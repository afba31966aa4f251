import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { inOrder, isReordering, parseAmount, sayAmount } from '#lib/case/options.ts';

describe('an amount as people type it', () => {
	test.each([
		['2,1 mio. kr.', 2_100_000],
		['2.100.000', 2_100_000],
		['2 100 000 kr.', 2_100_000],
		['-450.000 kr.', -450_000],
		['−450.000', -450_000],
		['750 t.kr.', 750_000],
		['kr. 1.250,50', 1250.5],
		['1,2 mia.', 1_200_000_000],
		['6 millioner kroner', 6_000_000],
		['0', 0]
	])('%s in Danish', (typed, amount) => {
		expect(parseAmount(typed, 'da')).toBe(amount);
	});
	test.each([
		['DKK 2.1 m', 2_100_000],
		['2,100,000', 2_100_000],
		['1,250.50', 1250.5]
	])('%s in English', (typed, amount) => {
		expect(parseAmount(typed, 'en')).toBe(amount);
	});
	test('nothing typed is not given, which is not zero', () => {
		expect(parseAmount('  ', 'da')).toBeNull();
	});
	test.each(['mange penge', '1.00', '2,1,1', '1.2345', '--3', '1e9', '=cmd', '99999999999999999'])(
		'%s is not an amount',
		(typed) => expect(parseAmount(typed, 'da')).toBeNaN()
	);
	test('what is said can be typed again, in both languages', () => {
		fc.assert(
			fc.property(
				fc.integer({ min: -999_999_999_999, max: 999_999_999_999 }),
				fc.constantFrom('da' as const, 'en' as const),
				(amount, locale) => {
					expect(parseAmount(sayAmount(amount, locale), locale)).toBe(amount);
				}
			)
		);
	});
	test('millions are said as such only when nothing is lost', () => {
		expect(sayAmount(2_150_000, 'da')).toBe('2,15 mio. kr.');
		expect(sayAmount(2_154_321, 'da')).toBe('2.154.321 kr.');
		expect(sayAmount(-450_000, 'en')).toBe('DKK −450,000');
	});
});

describe('the order of options', () => {
	test('the status quo stands first wherever it was put', () => {
		fc.assert(
			fc.property(fc.array(fc.integer()), fc.integer(), (positions, its) => {
				const rows = positions.map((position) => ({ statusQuo: false, position }));
				const ordered = inOrder([...rows, { statusQuo: true, position: its }]);
				expect(ordered[0]!.statusQuo).toBe(true);
				expect(ordered.slice(1).map(({ position }) => position)).toEqual(
					positions.toSorted((a, b) => a - b)
				);
			})
		);
	});
	test('a new order names every option but the status quo, once', () => {
		const options = [
			{ id: 'now', statusQuo: true },
			{ id: 'five', statusQuo: false },
			{ id: 'eight', statusQuo: false }
		];
		expect(isReordering(options, ['eight', 'five'])).toBe(true);
		for (const ids of [
			['eight'],
			['eight', 'eight'],
			['now', 'five'],
			['five', 'eight', 'now'],
			[]
		])
			expect(isReordering(options, ids)).toBe(false);
	});
});
