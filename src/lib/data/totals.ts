import type { Dimension } from './cube.ts';
import { looksLikeTotal } from './recipe.ts';

/**
 * What adds up to what, as told: by dimension key, categories that are totals of the others, or of the
 * parts named.
 */
export type Totals = Record<string, (string | { total: string; parts: string[] })[]>;

/** Which categories of a dimension are totals of its others: told, or known by their label. */
export function totalsOf(dimension: Dimension, declared: Totals = {}): string[] {
	const told = (declared[dimension.key] ?? []).filter((one) => typeof one === 'string');
	if (dimension.role === 'time') return told;
	const totals = dimension.categories
		.filter(({ code, label }) => told.includes(code) || looksLikeTotal(label))
		.map(({ code }) => code);
	return totals.length < dimension.categories.length ? totals : [];
}
