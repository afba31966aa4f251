import type { Cell, Measure } from './cube.ts';

/**
 * Derived measures (D11): rate, share, index. The formula is kept, the number never: it is worked out from the
 * stored cells as it is read. What rests on a suppressed cell is suppressed, on a missing one missing; and
 * nought below the line gives nothing to say, so that is missing too. Pure.
 */

export const KINDS = ['rate', 'share', 'index'] as const;
export type Kind = (typeof KINDS)[number];
/** What a rate may be told per. */
export const PER = [100, 1000, 10_000, 100_000] as const;

export type Formula =
	| { kind: 'rate'; numerator: string; denominator: string; per: number }
	| { kind: 'share'; numerator: string; denominator: string }
	| { kind: 'index'; numerator: string; basePeriod: string };

/** How a formula is stored: what its kind does not use is null. */
export type FormulaRow = {
	kind: Kind;
	numerator: string;
	denominator: string | null;
	per: number | null;
	basePeriod: string | null;
};

export function formulaFrom({
	kind,
	numerator,
	denominator,
	per,
	basePeriod
}: FormulaRow): Formula {
	if (kind === 'index') return { kind, numerator, basePeriod: basePeriod! };
	if (kind === 'rate') return { kind, numerator, denominator: denominator!, per: per! };
	return { kind, numerator, denominator: denominator! };
}

/**
 * Among a version's measures a derived one goes by this key; a measure of a file never has a colon. The row it
 * names never changes, so the key pins the formula.
 */
const PREFIX = 'derived:';
export const derivedKey = (id: string): string => PREFIX + id;
/** The id of the derived measure a key names; null for a measure that is stored. */
export const derivedId = (measure: string): string | null =>
	measure.startsWith(PREFIX) ? measure.slice(PREFIX.length) : null;

/** The stored measures a measure rests on: itself, or what its formula is made of. A break in one is a break in it. */
export function restsOn({ key, formula }: Pick<Measure, 'key' | 'formula'>): string[] {
	if (!formula) return [key];
	return formula.kind === 'index' ? [formula.numerator] : [formula.numerator, formula.denominator];
}

const MISSING: Cell = { value: null, status: 'm' };
const SUPPRESSED: Cell = { value: null, status: 's' };

/** One cell over another, times `factor`. */
export function quotient(above: Cell | undefined, below: Cell | undefined, factor: number): Cell {
	if (above?.status === 's' || below?.status === 's') return SUPPRESSED;
	if (above?.status !== 'v' || below?.status !== 'v' || below.value === 0) return MISSING;
	const value = (above.value! / below.value!) * factor;
	return Number.isFinite(value) ? { value, status: 'v' } : MISSING;
}

/** What the quotient is multiplied by. */
export const factorOf = (formula: Formula): number => (formula.kind === 'rate' ? formula.per : 100);

export type Unfit =
	| 'data.no_such_measure'
	| 'data.no_such_period'
	| 'data.derived_not_additive'
	| 'data.derived_same';

/** Whether a dataset's measures and periods can carry the formula; null when they can. */
export function unfit(
	formula: Formula,
	measures: Measure[],
	periods: { code: string }[]
): { code: Unfit; field: string } | null {
	const find = (key: string) => measures.find((measure) => measure.key === key);
	const above = find(formula.numerator);
	if (!above) return { code: 'data.no_such_measure', field: 'numerator' };
	if (formula.kind === 'index')
		return periods.some(({ code }) => code === formula.basePeriod)
			? null
			: { code: 'data.no_such_period', field: 'basePeriod' };
	const below = find(formula.denominator);
	if (!below) return { code: 'data.no_such_measure', field: 'denominator' };
	if (above === below) return { code: 'data.derived_same', field: 'denominator' };
	// A mean over a mean is a number nobody can say what is.
	if (!above.additive) return { code: 'data.derived_not_additive', field: 'numerator' };
	return below.additive ? null : { code: 'data.derived_not_additive', field: 'denominator' };
}
