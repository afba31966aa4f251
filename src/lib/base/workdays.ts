/**
 * Danish working days. Deadlines of a forum and its authorities are counted in them, so a calendar is a
 * rule, not a setting. Days are 'YYYY-MM-DD'.
 */

export const HOLIDAYS = [
	'new_year',
	'maundy_thursday',
	'good_friday',
	'easter_sunday',
	'easter_monday',
	'great_prayer_day',
	'ascension',
	'whit_sunday',
	'whit_monday',
	'christmas_day',
	'boxing_day'
] as const;
export type Holiday = (typeof HOLIDAYS)[number];

/** Great Prayer Day was a holiday until and with 2023: act no. 214 of 6 March 2023 took it away. */
const LAST_GREAT_PRAYER_DAY = 2023;

/** The year's holidays by day. The Gregorian calendar came to Denmark in 1700: years from then on. */
export function holidays(year: number): Map<string, Holiday> {
	const easter = easterSunday(year);
	const days: [string, Holiday][] = [
		[`${year}-01-01`, 'new_year'],
		[later(easter, -3), 'maundy_thursday'],
		[later(easter, -2), 'good_friday'],
		[easter, 'easter_sunday'],
		[later(easter, 1), 'easter_monday'],
		[later(easter, 39), 'ascension'],
		[later(easter, 49), 'whit_sunday'],
		[later(easter, 50), 'whit_monday'],
		[`${year}-12-25`, 'christmas_day'],
		[`${year}-12-26`, 'boxing_day']
	];
	if (year <= LAST_GREAT_PRAYER_DAY) days.push([later(easter, 26), 'great_prayer_day']);
	return new Map(days.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Days that are no holidays, and on which public offices are closed all the same. */
const CLOSED = ['06-05', '12-24', '12-31'];

export function isWorkday(day: string): boolean {
	const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
	if (weekday === 0 || weekday === 6) return false;
	return !CLOSED.includes(day.slice(5)) && !holidays(Number(day.slice(0, 4))).has(day);
}

/**
 * So many working days before (negative) or after a day, which is itself not counted: material that must
 * be out 4 working days before a meeting on a Thursday goes out on Friday the week before.
 */
export function workdaysFrom(day: string, count: number): string {
	const step = Math.sign(count);
	let at = day;
	for (let left = Math.abs(count); left > 0;) {
		at = later(at, step);
		if (isWorkday(at)) left--;
	}
	return at;
}

/** Working days after `from` until and with `to`; negative when `to` comes first. */
export function workdaysBetween(from: string, to: string): number {
	const step = from <= to ? 1 : -1;
	let count = 0;
	for (let at = from; at !== to;) {
		at = later(at, step);
		if (isWorkday(at)) count += step;
	}
	return count;
}

/** Easter Sunday, by the anonymous Gregorian computus (Meeus, Astronomical Algorithms, ch. 8). */
function easterSunday(year: number): string {
	const golden = year % 19;
	const century = Math.floor(year / 100);
	const rest = year % 100;
	const correction = Math.floor((century - Math.floor((century + 8) / 25) + 1) / 3);
	const epact = (19 * golden + century - Math.floor(century / 4) - correction + 15) % 30;
	const weekday = (32 + 2 * (century % 4) + 2 * Math.floor(rest / 4) - epact - (rest % 4)) % 7;
	const late = Math.floor((golden + 11 * epact + 22 * weekday) / 451);
	const march = epact + weekday - 7 * late + 22; // day of March, beyond 31 in April
	return later(`${year}-03-01`, march - 1);
}

function later(day: string, days: number): string {
	const at = new Date(`${day}T00:00:00Z`);
	at.setUTCDate(at.getUTCDate() + days);
	return at.toISOString().slice(0, 10);
}
