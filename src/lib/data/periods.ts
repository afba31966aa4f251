/** Periods as statistics write them, and their order: '2018', '2018/19', '2008K1', '2021M10', '2021-10-31', '31-10-2021'. */

const YEAR = '(?:19|20|21)\\d\\d';
const FORMS: [RegExp, (parts: RegExpExecArray) => number][] = [
	[new RegExp(`^(${YEAR})$`), (p) => at(p[1]!)],
	[new RegExp(`^(${YEAR})\\s*[/-]\\s*(?:${YEAR}|\\d\\d)$`), (p) => at(p[1]!, 7)],
	[new RegExp(`^(${YEAR})[ -]?[KQ]([1-4])$`, 'i'), (p) => at(p[1]!, Number(p[2]) * 3 - 2)],
	[new RegExp(`^([1-4])\\.? ?kvt?\\.? ?(${YEAR})$`, 'i'), (p) => at(p[2]!, Number(p[1]) * 3 - 2)],
	[new RegExp(`^(${YEAR})[ -]?H([12])$`, 'i'), (p) => at(p[1]!, Number(p[2]) * 6 - 5)],
	[new RegExp(`^(${YEAR})[ -]?M(\\d{1,2})$`, 'i'), (p) => at(p[1]!, Number(p[2]))],
	[new RegExp(`^(${YEAR})[ -]?[UW](\\d{1,2})$`, 'i'), (p) => at(p[1]!, 1, Number(p[2]) * 7)],
	[new RegExp(`^(${YEAR})-(0[1-9]|1[0-2])$`), (p) => at(p[1]!, Number(p[2]))],
	[
		new RegExp(`^(${YEAR})-(0[1-9]|1[0-2])-(\\d\\d)(?:T.*)?$`),
		(p) => at(p[1]!, Number(p[2]), Number(p[3]))
	],
	[
		new RegExp(`^(\\d{1,2})[./-](\\d{1,2})[./-](${YEAR})$`),
		(p) => at(p[3]!, Number(p[2]), Number(p[1]))
	]
];

const at = (year: string, month = 1, day = 1) => Number(year) * 10_000 + month * 100 + day;

/** A number that orders periods; null when the text is no period. */
export function periodOrder(text: string): number | null {
	const trimmed = text.trim();
	for (const [form, order] of FORMS) {
		const parts = form.exec(trimmed);
		if (parts) return order(parts);
	}
	return null;
}

export const isPeriod = (text: string) => periodOrder(text) !== null;

/** In time's order; what is no period keeps its place after those that are. */
export function byPeriod(a: string, b: string): number {
	const [x, y] = [periodOrder(a), periodOrder(b)];
	if (x === null || y === null) return x === y ? 0 : x === null ? 1 : -1;
	return x - y;
}
