import fc from 'fast-check';
import { expect, test } from 'vitest';
import { holidays, isWorkday, workdaysBetween, workdaysFrom } from '#lib/base/workdays.ts';

/** Easter Sundays as printed in almanacs: the earliest and latest possible, and those near at hand. */
const EASTERS = [
	'1818-03-22',
	'1943-04-25',
	'2008-03-23',
	'2018-04-01',
	'2019-04-21',
	'2023-04-09',
	'2024-03-31',
	'2025-04-20',
	'2026-04-05',
	'2038-04-25'
];

test.each(EASTERS)('Easter falls on %s', (day) => {
	const year = holidays(Number(day.slice(0, 4)));
	expect(year.get(day)).toBe('easter_sunday');
	expect([...year.values()].filter((name) => name === 'easter_sunday')).toHaveLength(1);
});

test('the holidays of a year, in order', () => {
	expect([...holidays(2026)]).toEqual([
		['2026-01-01', 'new_year'],
		['2026-04-02', 'maundy_thursday'],
		['2026-04-03', 'good_friday'],
		['2026-04-05', 'easter_sunday'],
		['2026-04-06', 'easter_monday'],
		['2026-05-14', 'ascension'],
		['2026-05-24', 'whit_sunday'],
		['2026-05-25', 'whit_monday'],
		['2026-12-25', 'christmas_day'],
		['2026-12-26', 'boxing_day']
	]);
});

test('Great Prayer Day is a holiday until 2023, and a working day after', () => {
	expect(holidays(2023).get('2023-05-05')).toBe('great_prayer_day');
	expect(isWorkday('2023-05-05')).toBe(false);
	expect([...holidays(2024).values()]).not.toContain('great_prayer_day');
	expect(isWorkday('2024-04-26')).toBe(true);
});

test('offices are closed on Constitution Day, Christmas Eve and New Year’s Eve', () => {
	for (const day of ['2025-06-05', '2025-12-24', '2025-12-31'])
		expect(isWorkday(day), day).toBe(false);
});

test('material for a Thursday goes out four working days before, over Easter more', () => {
	expect(workdaysFrom('2026-11-26', -4)).toBe('2026-11-20');
	expect(workdaysFrom('2026-04-09', -4)).toBe('2026-03-31');
	expect(workdaysFrom('2025-12-23', 1)).toBe('2025-12-29');
	expect(workdaysFrom('2026-11-26', 0)).toBe('2026-11-26');
});

const day = fc
	.date({ min: new Date('1900-01-01'), max: new Date('2100-12-31'), noInvalidDate: true })
	.map((date) => date.toISOString().slice(0, 10));

test('counting there and counting back agree, and one lands on working days', () => {
	fc.assert(
		fc.property(day, fc.integer({ min: -40, max: 40 }), (from, count) => {
			const to = workdaysFrom(from, count);
			if (count !== 0) expect(isWorkday(to)).toBe(true);
			expect(workdaysBetween(from, to)).toBe(count);
		})
	);
});

test('Great Prayer Day was the fourth Friday after Easter', () => {
	fc.assert(
		fc.property(fc.integer({ min: 1700, max: 2023 }), (year) => {
			const days = [...holidays(year)];
			const [prayer] = days.find(([, name]) => name === 'great_prayer_day')!;
			const [easter] = days.find(([, name]) => name === 'easter_sunday')!;
			expect(new Date(prayer).getUTCDay()).toBe(5);
			expect((Date.parse(prayer) - Date.parse(easter)) / 86_400_000).toBe(26);
		})
	);
});
