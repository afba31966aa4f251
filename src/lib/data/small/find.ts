import type { Relation } from './lines.ts';
import { fingerprints, MOST_CATEGORIES, type Columns } from './fingerprints.ts';
import { Independent, power, PRIME, reduce } from './modular.ts';
import { OPEN, type Places } from './places.ts';

/**
 * Totals that nobody declared but that hold through the cube: a category equal to the sum of others
 * wherever all are there. Found by their fingerprints — one random weight for each place of the other
 * axes, so that sums of categories are sums of fingerprints — and believed only when checked on every
 * line. What could as well be chance (few lines, small numbers, many sums tried) is not believed.
 */

export function findRelations(
	places: Places,
	axis: number,
	decimals: number,
	known: Relation[],
	must: number[] = []
): Relation[] {
	const length = places.lengths[axis]!;
	if (length < 2 || length > 5000 || decimals > 4) return [];
	const columns = fingerprints(places, axis, decimals, length, must);
	if (columns.order.length < 2) return [];
	const basis = new Independent(length);
	for (const relation of known) basis.take(relation);
	const found: Relation[] = [];
	const consider = (relation: Relation, tried: number) => {
		if (!basis.isNew(relation)) return;
		const evidence = check(places, relation);
		if (!evidence || evidence.bits < Math.log2(tried) + (tried <= length ? 3 : 7)) return;
		basis.take(relation);
		found.push(relation);
	};
	for (const relation of allOthers(axis, columns)) consider(relation, length);
	const enough = columns.rows >= columns.order.length + 4;
	if (enough && length <= MOST_CATEGORIES)
		for (const relation of dependent(axis, columns))
			consider(relation, 2 ** Math.min(columns.order.length, 60));
	else
		for (const { relation, tried } of [...runs(axis, columns), ...few(axis, columns)])
			consider(relation, tried);
	return found;
}

/** One category is all the others together; without it and the next largest, again. */
function* allOthers(axis: number, { single, order }: Columns): Generator<Relation> {
	const sum = order.reduce((all, place) => reduce(all + single[place]!), 0);
	for (const total of order)
		if (order.length > 2 && reduce(2 * single[total]!) === sum)
			yield { axis, totals: [total], parts: order.filter((place) => place !== total) };
}

/** Every linear dependence among the categories whose coefficients are 1 and -1. */
function* dependent(axis: number, { matrix, height, length, order }: Columns): Generator<Relation> {
	const m = matrix.slice();
	const pivots: number[] = [];
	const dependents: number[] = [];
	for (const [at, place] of order.entries()) {
		const rank = pivots.length;
		let row = rank;
		while (row < height && m[row * length + place] === 0) row++;
		if (row === height) {
			dependents.push(place);
			continue;
		}
		// What stands before it in the order is nought in this row and those below.
		const rest = Int32Array.from(order.slice(at));
		const [top, other] = [rank * length, row * length];
		const inverse = power(m[other + place]!, PRIME - 2);
		for (const k of rest) {
			const held = m[top + k]!;
			m[top + k] = reduce(m[other + k]! * inverse);
			if (other !== top) m[other + k] = held;
		}
		for (let below = rank + 1; below < height; below++) {
			const to = below * length;
			const factor = m[to + place]!;
			if (factor === 0) continue;
			for (let nth = 0; nth < rest.length; nth++) {
				const k = rest[nth]!;
				m[to + k] = reduce(m[to + k]! - factor * m[top + k]!);
			}
		}
		pivots.push(place);
		if (pivots.length === height) break;
	}
	for (const total of dependents) {
		const relation = combined(total);
		if (relation) yield relation;
	}

	/** The dependent category as a sum of those before it; null where it is one with other coefficients. */
	function combined(total: number): Relation | null {
		const [parts, totals]: [number[], number[]] = [[], [total]];
		const coefficients = new Float64Array(pivots.length);
		for (let row = pivots.length - 1; row >= 0; row--) {
			let left = m[row * length + total]!;
			for (let later = row + 1; later < pivots.length; later++)
				if (coefficients[later] !== 0)
					left = reduce(left - m[row * length + pivots[later]!]! * coefficients[later]!);
			coefficients[row] = left;
			if (left === 1) parts.push(pivots[row]!);
			else if (left === PRIME - 1) totals.push(pivots[row]!);
			else if (left !== 0) return null;
		}
		// Smallest first, as they stand in the order.
		parts.reverse();
		return parts.length > 0 ? { axis, parts, totals } : null;
	}
}

/** Neighbours in the file that add up to another category, before or after them or anywhere. */
function* runs(axis: number, { single, order, length }: Columns) {
	const has = new Set(order);
	const places = Array.from({ length }, (_, place) => place).filter((place) => has.has(place));
	if (places.length > 2000) return;
	const wanted = new Map<number, number[]>();
	for (const place of places)
		if (single[place]) wanted.set(single[place]!, [...(wanted.get(single[place]!) ?? []), place]);
	const tried = (places.length * places.length) / 2;
	for (let from = 0; from < places.length; from++) {
		let sum = 0;
		for (let to = from; to < places.length; to++) {
			sum = reduce(sum + single[places[to]!]!);
			const totals = to === from ? undefined : wanted.get(sum);
			if (!totals) continue;
			const parts = places.slice(from, to + 1);
			for (const total of totals)
				if (!parts.includes(total)) yield { relation: { axis, parts, totals: [total] }, tried };
		}
	}
}

/** Any few that add up to another: all subsets of a short axis, pairs and threes of a longer one. */
function* few(axis: number, { single, order }: Columns) {
	const wanted = new Map<number, number[]>();
	for (const place of order)
		if (single[place]) wanted.set(single[place]!, [...(wanted.get(single[place]!) ?? []), place]);
	if (order.length <= 14) {
		const subsets = 2 ** order.length;
		for (let subset = 1; subset < subsets; subset++) {
			const parts = order.filter((_, bit) => subset & (1 << bit));
			if (parts.length < 2) continue;
			const sum = parts.reduce((all, place) => reduce(all + single[place]!), 0);
			for (const total of wanted.get(sum) ?? [])
				if (!parts.includes(total))
					yield { relation: { axis, parts, totals: [total] }, tried: subsets };
		}
	} else if (order.length <= 60)
		for (const [i, a] of order.entries())
			for (const [j, b] of order.slice(i + 1).entries())
				for (const c of [null, ...order.slice(i + j + 2)]) {
					const parts = c === null ? [a, b] : [a, b, c];
					const sum = parts.reduce((all, place) => reduce(all + single[place]!), 0);
					for (const total of wanted.get(sum) ?? [])
						if (!parts.includes(total))
							yield {
								relation: { axis, parts, totals: [total] },
								tried: order.length ** parts.length
							};
				}
}

export type Evidence = {
	/** Lines where all are there, and where they add up. */
	lines: number;
	holding: number;
	/** How unlikely it is to hold by chance. */
	bits: number;
};

/** Does it hold wherever all are there? Null when it does not, or when that is nowhere. */
function check(places: Places, relation: Relation): Evidence | null {
	const evidence = weigh(places, relation);
	return evidence.lines > 0 && evidence.holding === evidence.lines ? evidence : null;
}

/** `off`: how far a line's sum may be from its total and still hold. */
export function weigh(places: Places, { axis, parts, totals }: Relation, off = 0): Evidence {
	const step = places.steps[axis]!;
	const evidence: Evidence = { lines: 0, holding: 0, bits: 0 };
	const { states, values } = places;
	for (const base of places.basesWith(axis, totals[0]!)) {
		let filled = 0;
		let sum = 0;
		let size = 0;
		let whole = true;
		for (const place of totals) {
			const at = places.at(base + place * step);
			whole &&= at !== -1 && states[at] === OPEN;
			if (!whole) break;
			sum -= values[at]!;
		}
		for (let nth = 0; whole && nth < parts.length; nth++) {
			const at = places.at(base + parts[nth]! * step);
			whole = at !== -1 && states[at] === OPEN;
			if (!whole) break;
			const value = values[at]!;
			sum += value;
			size += Math.abs(value);
			if (value !== 0) filled++;
		}
		if (!whole) continue;
		evidence.lines++;
		if (Math.abs(sum) > off + 1e-6 * Math.max(1, size)) continue;
		evidence.holding++;
		if (filled >= (parts.length > 1 ? 2 : 1)) evidence.bits += Math.log2(1 + size);
	}
	return evidence;
}
