/**
 * Money over years (C5, C11). Everything is whole øre: a cost is positive, a gain negative, and nothing is ever a
 * fraction. With the limits below no sum leaves what a number holds exactly.
 */
export type Money = {
	ore: number;
	yearly: boolean;
	/** null: in no year that is said. */
	from: number | null;
	/** null and yearly: lasting. */
	to: number | null;
};

export type Window = { from: number; to: number };

export type Sum = {
	/** Each year of the window, also those with nothing. */
	years: { year: number; ore: number }[];
	/** Once, in no year that is said. */
	once: number;
	/** Every year, from no year that is said. */
	everyYear: number;
	/** Every year after the window, from what lasts. */
	after: number;
	/** Of the window's years and what is once; null where something runs every year without saying from when. */
	total: number | null;
};

/** DKK: a hundred billion. */
export const MOST_KR = 1e11;
export const MOST_YEARS = 20;
export const MOST_LINES = 40;
/** The budget year and its three estimate years: as far as something lasting is followed. */
const BUDGET_YEARS = 4;

export const toOre = (kr: number): number => Math.round(kr * 100);
export const toKr = (ore: number): number => ore / 100;

/** Which years these lines are told over; null where none has a year. */
export function windowOf(rows: Money[]): Window | null {
	const dated = rows.filter((row) => row.from !== null);
	if (dated.length === 0) return null;
	const from = Math.min(...dated.map((row) => row.from!));
	const lasts = dated.some(isLasting);
	const to = Math.max(...dated.map((row) => row.to ?? row.from!));
	return { from, to: lasts ? Math.max(to, from + BUDGET_YEARS - 1) : to };
}

/** What these lines come to. Over another window than their own, so that options can be held side by side. */
export function sum(rows: Money[], window: Window | null = windowOf(rows)): Sum {
	const undated = rows.filter((row) => row.from === null);
	const span = window ? window.to - window.from + 1 : 0;
	const years = Array.from({ length: span }, (_, index) => {
		const year = window!.from + index;
		return { year, ore: inYear(rows, year) };
	});
	const once = add(undated.filter((row) => !row.yearly));
	const everyYear = add(undated.filter((row) => row.yearly));
	const total = years.reduce((so, { ore }) => so + ore, once);
	return {
		years,
		once,
		everyYear,
		after: add(rows.filter(isLasting)),
		total: undated.some((row) => row.yearly) ? null : total
	};
}

/** What falls in one year. */
export const inYear = (rows: Money[], year: number): number =>
	add(rows.filter((row) => covers(row, year)));

/** Years beside each other with the same amount, told as one: "2019–2022: 1,2 mio. kr. om året". */
export function runs(years: Sum['years']): { from: number; to: number; ore: number }[] {
	const found: { from: number; to: number; ore: number }[] = [];
	for (const { year, ore } of years) {
		const last = found.at(-1);
		if (last?.ore === ore && last.to === year - 1) last.to = year;
		else found.push({ from: year, to: year, ore });
	}
	return found;
}

export const isLasting = (row: Money): boolean =>
	row.yearly && row.from !== null && row.to === null;

function covers({ yearly, from, to }: Money, year: number): boolean {
	if (from === null) return false;
	if (!yearly) return year === from;
	return year >= from && (to === null || year <= to);
}

const add = (rows: Money[]): number => rows.reduce((so, { ore }) => so + ore, 0);
