/**
 * Periods as statistics write them, and their order: '2018', '2018/19', '2008K1', '2021M10', '2021W05',
 * '2021-10-31', '31-10-2021', and '1/22/20' as American headings have it.
 */

const YEAR = '(?:19|20|21)\\d\\d';
const NEXT = new RegExp(`^(${YEAR})\\s*[/-]\\s*(\\d\\d)$`);
const FORMS: [RegExp, (parts: RegExpExecArray) => number | null][] = [
	[new RegExp(`^(${YEAR})$`), (p) => at(p[1]!)],
	[new RegExp(`^(${YEAR})\\s*[/-]\\s*(?:${YEAR})$`), (p) => at(p[1]!, 7)],
	[new RegExp(`^(${YEAR})[ -]?[KQ]([1-4])$`, 'i'), (p) => at(p[1]!, Number(p[2]) * 3 - 2)],
	[
		new RegExp(`^([1-4])\\.? ?(?:kvt?\\.?|kvartal) ?(${YEAR})$`, 'i'),
		(p) => at(p[2]!, Number(p[1]) * 3 - 2)
	],
	[new RegExp(`^(${YEAR})[ -]?H([12])$`, 'i'), (p) => at(p[1]!, Number(p[2]) * 6 - 5)],
	[new RegExp(`^(${YEAR})[ -]?T([123])$`, 'i'), (p) => at(p[1]!, Number(p[2]) * 4 - 3)],
	[new RegExp(`^(${YEAR})[ -]?M(\\d{1,2})$`, 'i'), (p) => at(p[1]!, Number(p[2]))],
	[new RegExp(`^(${YEAR})M(\\d\\d)D(\\d\\d)$`, 'i'), (p) => at(p[1]!, Number(p[2]), Number(p[3]))],
	[new RegExp(`^(${YEAR})[ -]?[UW](\\d{1,2})$`, 'i'), (p) => at(p[1]!, 1, Number(p[2]) * 7)],
	[
		new RegExp(`^(${YEAR})-(0[1-9]|1[0-2])-(\\d\\d)(?:T.*)?$`),
		(p) => at(p[1]!, Number(p[2]), Number(p[3]))
	],
	[
		new RegExp(`^(\\d{1,2})[./-](\\d{1,2})[./-](${YEAR})$`),
		(p) => at(p[3]!, Number(p[2]), Number(p[1]))
	],
	// With two digits for the year and slashes, the month comes first.
	[
		/^(0?[1-9]|1[0-2])\/(0?[1-9]|[12]\d|3[01])\/(\d\d)$/,
		(p) => at(`${Number(p[3]) < 70 ? 20 : 19}${p[3]}`, Number(p[1]), Number(p[2]))
	]
];

const DIGITS = /^\d+$/;

const at = (year: string, month = 1, day = 1) => Number(year) * 10_000 + month * 100 + day;

/**
 * A number that orders periods; null when the text is no period. '2018-09' is a month and '2018-19' two
 * years; where it could be both ('2009-10'), it is two years unless its column holds `months`.
 */
export function periodOrder(text: string, months = false): number | null {
	const trimmed = text.trim();
	// Most numbers of a file are none, and are asked about.
	if (trimmed.length !== 4 && DIGITS.test(trimmed)) return null;
	const pair = NEXT.exec(trimmed);
	if (pair) {
		const [, year, rest] = pair;
		if (isNextYear(year!, rest!) && !(months && isMonth(rest!))) return at(year!, 7);
		return trimmed.includes('-') && isMonth(rest!) ? at(year!, Number(rest)) : at(year!, 7);
	}
	for (const [form, order] of FORMS) {
		const parts = form.exec(trimmed);
		if (parts) return order(parts);
	}
	return null;
}

export const isPeriod = (text: string) => periodOrder(text) !== null;

/** In time's order; what is no period keeps its place after those that are. */
export const byPeriod = (a: string, b: string): number => compare(a, b, false);

/** The same for the periods of one column, which are all of one kind. */
export function byPeriodIn(column: readonly string[]): (a: string, b: string) => number {
	const months = hasMonths(column);
	return (a, b) => compare(a, b, months);
}

/** Does '2009-10' stand for October here? It does where another of them can be nothing but a month. */
export const hasMonths = (column: readonly string[]): boolean =>
	column.some((text) => {
		const pair = NEXT.exec(text.trim());
		return (
			pair !== null && text.includes('-') && isMonth(pair[2]!) && !isNextYear(pair[1]!, pair[2]!)
		);
	});

function compare(a: string, b: string, months: boolean): number {
	const [x, y] = [periodOrder(a, months), periodOrder(b, months)];
	if (x === null || y === null) return x === y ? 0 : x === null ? 1 : -1;
	return x - y;
}

const isMonth = (digits: string) => Number(digits) >= 1 && Number(digits) <= 12;
const isNextYear = (year: string, digits: string) => (Number(year) + 1) % 100 === Number(digits);
