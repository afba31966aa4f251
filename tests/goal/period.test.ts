import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isDay } from '#lib/base/clock.ts';
import { endOf, span } from '#lib/goal/period.ts';

describe('a period becomes dates', () => {
	it.each([
		['2018', '2018-01-01', '2019-01-01'],
		['2018K1', '2018-01-01', '2018-04-01'],
		['2018Q4', '2018-10-01', '2019-01-01'],
		['2018H2', '2018-07-01', '2019-01-01'],
		['2018M03', '2018-03-01', '2018-04-01'],
		['2018-09', '2018-09-01', '2018-10-01'],
		['2018M12', '2018-12-01', '2019-01-01'],
		['2018-02-28', '2018-02-28', '2018-03-01'],
		['31-12-2018', '2018-12-31', '2019-01-01'],
		['2018U01', '2018-01-01', '2018-01-08'],
		['2020W53', '2020-12-28', '2021-01-04'],
		['2017/18', '2017-08-01', '2018-08-01'],
		['2017/2018', '2017-08-01', '2018-08-01'],
		['2017-18', '2017-08-01', '2018-08-01'],
		['2018M3', '2018-03-01', '2018-04-01'],
		['3. kvt. 2018', '2018-07-01', '2018-10-01'],
		['2016:2018', '2016-01-01', '2019-01-01']
	])('%s runs from %s up to %s', (code, start, end) => {
		expect(span(code)).toEqual({ start, end });
	});

	it.each(['', 'i alt', '18', '2018K5', '2018M13', '2018-02-30', '2018U54', '2019W53', '2017/19'])(
		'"%s" is no period, and nothing is guessed',
		(code) => expect(span(code)).toBeNull()
	);

	it('puts the months of a year end to end', () => {
		fc.assert(
			fc.property(fc.integer({ min: 1900, max: 2100 }), (year) => {
				const months = Array.from({ length: 12 }, (_, i) =>
					span(`${year}M${String(i + 1).padStart(2, '0')}`)
				);
				for (let i = 1; i < 12; i++) expect(months[i]!.start).toBe(months[i - 1]!.end);
				expect(months[11]!.end).toBe(endOf(String(year)));
			})
		);
	});

	it('knows a day from what looks like one', () => {
		expect(isDay('2020-02-29')).toBe(true);
		expect(isDay('2019-02-29')).toBe(false);
	});
});
