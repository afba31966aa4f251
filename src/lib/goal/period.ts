/**
 * Periods as sources write them, made into dates. Both ends are ISO days; the end is the first day
 * after the period, so that a target on 31 December and one on 1 January are settled by the same year.
 */

export type Span = { start: string; end: string };

type Reader = [RegExp, (...parts: number[]) => Span | null];

/** Null when the code is no period we know; the caller then says so rather than guess. */
export function span(code: string): Span | null {
	for (const [pattern, read] of READERS) {
		const found = pattern.exec(code.trim());
		if (found) return read(...found.slice(1).map(Number));
	}
	return null;
}

/** The first day after the period. */
export function endOf(code: string): string | null {
	return span(code)?.end ?? null;
}

const DAY = 86_400_000;

const READERS: Reader[] = [
	[/^(\d{4})$/, (year) => months(year!, 1, 12)],
	[/^(\d{4})[- ]?[KQ]([1-4])$/i, (year, quarter) => months(year!, quarter! * 3 - 2, 3)],
	[/^([1-4])\.? ?kvt?\.? ?(\d{4})$/i, (quarter, year) => months(year!, quarter! * 3 - 2, 3)],
	[/^(\d{4})[- ]?H([12])$/i, (year, half) => months(year!, half! * 6 - 5, 6)],
	[/^(\d{4})M(\d\d)D(\d\d)$/i, (year, month, day) => oneDay(year!, month!, day!)],
	[/^(\d{4})-(\d\d)-(\d\d)$/, (year, month, day) => oneDay(year!, month!, day!)],
	[/^(\d\d)[-.](\d\d)[-.](\d{4})$/, (day, month, year) => oneDay(year!, month!, day!)],
	[/^(\d{4})(?:M|-M?)(0?[1-9]|1[0-2])$/i, (year, month) => months(year!, month!, 1)],
	[/^(\d{4})[- ]?[UW](\d\d?)$/i, (year, number) => week(year!, number!)],
	// A school year: August to July. The second year must follow the first.
	[/^(\d{4})[/-](?:\d\d)?(\d\d)$/, (year, next) => schoolYear(year!, next!)],
	// Several years taken together, as StatBank writes them.
	[
		/^(\d{4}):(\d{4})$/,
		(from, to) => (to! < from! ? null : months(from!, 1, 12 * (to! - from! + 1)))
	]
];

function months(year: number, month: number, length: number): Span | null {
	if (month < 1 || month > 12) return null;
	return {
		start: iso(Date.UTC(year, month - 1, 1)),
		end: iso(Date.UTC(year, month - 1 + length, 1))
	};
}

function oneDay(year: number, month: number, day: number): Span | null {
	const at = Date.UTC(year, month - 1, day);
	const start = iso(at);
	const asWritten = [year, month, day].map((part) => String(part).padStart(2, '0')).join('-');
	return start === asWritten ? { start, end: iso(at + DAY) } : null;
}

/** ISO 8601: week 1 is the one with 4 January in it, and begins on a Monday. */
function week(year: number, number: number): Span | null {
	if (number < 1 || number > 53) return null;
	const fourth = Date.UTC(year, 0, 4);
	const monday = fourth - ((new Date(fourth).getUTCDay() + 6) % 7) * DAY;
	const start = monday + (number - 1) * 7 * DAY;
	if (number === 53 && new Date(start + 3 * DAY).getUTCFullYear() !== year) return null;
	return { start: iso(start), end: iso(start + 7 * DAY) };
}

function schoolYear(year: number, next: number): Span | null {
	return (year + 1) % 100 === next ? months(year, 8, 12) : null;
}

function iso(at: number): string {
	return Number.isFinite(at) ? new Date(at).toISOString().slice(0, 10) : '';
}
