import { PRIME } from './modular.ts';
import { MISSING, OPEN, type Places } from './places.ts';

/** Categories up to which all sums there are can be found, not only those of neighbours. */
export const MOST_CATEGORIES = 400;

export type Columns = {
	/** Random sums of whole lines: rows × categories. */
	matrix: Float64Array;
	height: number;
	length: number;
	/** One fingerprint each. */
	single: Float64Array;
	/** Categories that have figures, smallest first: parts come before their total. */
	order: number[];
	/** How many lines went in. */
	rows: number;
};

/**
 * Over the lines where every category that has figures at all has one; where such lines are few, over all
 * of them, what is missing counting as nought.
 */
export function fingerprints(
	places: Places,
	axis: number,
	decimals: number,
	length: number
): Columns {
	const scale = 10 ** decimals;
	const step = places.steps[axis]!;
	const sums = new Float64Array(length);
	const filled = new Map<number, number>();
	const rowOf = (cell: number) => places.ids[cell]! - places.place(cell, axis) * step;
	const unfit = new Set<number>();
	for (let cell = 0; cell < places.count; cell++) {
		if (places.states[cell] === OPEN) sums[places.place(cell, axis)]! += places.values[cell]!;
	}
	const order = Array.from(sums.keys()).filter((place) => sums[place]! > 0);
	order.sort((a, b) => sums[a]! - sums[b]! || a - b);
	const has = new Uint8Array(length);
	for (const place of order) has[place] = 1;
	for (let cell = 0; cell < places.count; cell++) {
		const row = rowOf(cell);
		if (places.states[cell] === OPEN) {
			if (has[places.place(cell, axis)]) filled.set(row, (filled.get(row) ?? 0) + 1);
		} else if (places.states[cell] !== MISSING) unfit.add(row);
	}
	let complete = 0;
	for (const count of filled.values()) if (count === order.length) complete++;
	const whole = complete > 0 && complete * 4 >= filled.size;
	const height = Math.min(length, MOST_CATEGORIES) + 24;
	const matrix = new Float64Array(height * length);
	const single = new Float64Array(length);
	for (let cell = 0; cell < places.count; cell++) {
		if (places.states[cell] !== OPEN) continue;
		const row = rowOf(cell);
		if (unfit.has(row) || (whole && filled.get(row) !== order.length)) continue;
		const value = ((Math.round(places.values[cell]! * scale) % PRIME) + PRIME) % PRIME;
		if (value === 0) continue;
		const place = places.place(cell, axis);
		const seed = scramble(row);
		single[place] = (single[place]! + value * (seed % PRIME)) % PRIME;
		const first = scramble(row + 0.5) % height;
		const second = scramble(row + 0.25) % height;
		const weight = scramble(row + 0.75) % PRIME;
		add(first, place, (value * weight) % PRIME);
		if (second !== first) add(second, place, (value * (scramble(row + 0.125) % PRIME)) % PRIME);
	}
	function add(at: number, place: number, value: number) {
		const index = at * length + place;
		matrix[index] = (matrix[index]! + value) % PRIME;
	}
	return { matrix, height, length, single, order, rows: whole ? complete : filled.size };
}

/** A number that looks random, the same for the same row. */
function scramble(row: number): number {
	let x = (Math.imul(row * 8, 0x9e3779b1) ^ Math.imul((row / 0x20000000) | 0, 0x85ebca6b)) >>> 0;
	x = Math.imul(x ^ (x >>> 16), 0x21f0aaad) >>> 0;
	x = Math.imul(x ^ (x >>> 15), 0x735a2d97) >>> 0;
	return (x ^ (x >>> 15)) >>> 0;
}
