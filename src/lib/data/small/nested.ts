import type { Dimension } from '../cube.ts';
import { hasMonths, periodOrder } from '../periods.ts';

/**
 * Periods that make up other periods: a year is its months, its quarters, its halves. Two editions about
 * different periods lie side by side all the same, when the one's periods lie within the other's. Weeks, school
 * years and single days begin where no month does, and make up nothing here. Whether figures really add up over
 * time (a count of persons on a day does not) is asked of the numbers themselves.
 */

/** How many months a period written like this has. */
const FORMS: [RegExp, number][] = [
	[/^\d{4}$/, 12],
	[/^\d{4}[ -]?H[12]$/i, 6],
	[/^\d{4}[ -]?T[123]$/i, 4],
	[/^\d{4}[ -]?[KQ][1-4]$/i, 3],
	[/^[1-4]\.? ?(?:kvt?\.?|kvartal) ?\d{4}$/i, 3],
	[/^\d{4}[ -]?M\d{1,2}$/i, 1]
];
const MONTH = /^\d{4}-(?:0[1-9]|1[0-2])$/;

type Span = { code: string; first: number; months: number };

/** The first month, counted from the year nought, and how many; null for what is no such period. */
function spanOf(code: string, months: boolean): Span | null {
	const text = code.trim();
	const length = MONTH.test(text) ? (months ? 1 : 0) : FORMS.find(([form]) => form.test(text))?.[1];
	const order = length ? periodOrder(text, months) : null;
	if (!length || order === null) return null;
	return {
		code,
		first: Math.floor(order / 10_000) * 12 + (Math.floor(order / 100) % 100) - 1,
		months: length
	};
}

export type Nesting = { total: string; parts: string[] };

/** Every period among these that others of one length make up entirely. */
export function nestings(codes: string[]): Nesting[] {
	const months = hasMonths(codes);
	const spans = codes.flatMap((code) => spanOf(code, months) ?? []);
	const byLength = new Map<number, Map<number, string>>();
	for (const { code, first, months } of spans) {
		const of = byLength.get(months) ?? new Map<number, string>();
		if (!of.has(first)) of.set(first, code);
		byLength.set(months, of);
	}
	return spans.flatMap(({ code: total, first, months: whole }) =>
		[...byLength].flatMap(([length, of]) => {
			if (length >= whole || whole % length !== 0) return [];
			const parts = Array.from({ length: whole / length }, (_, nth) =>
				of.get(first + nth * length)
			);
			return parts.every((part) => part !== undefined) ? [{ total, parts: parts as string[] }] : [];
		})
	);
}

/** Of an earlier publication's periods those that, with others of these, make up or are made up of the edition's own. */
export function nestedWith(own: Dimension, others: string[]): Set<string> {
	const mine = new Set(own.categories.map(({ code }) => code));
	const all = [...mine, ...others.filter((code) => !mine.has(code))];
	const codes = nestings(all)
		.map(({ total, parts }) => [total, ...parts])
		.filter((one) => one.some((code) => mine.has(code)));
	return new Set(codes.flat().filter((code) => !mine.has(code)));
}
