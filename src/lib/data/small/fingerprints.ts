import { reduce } from './modular.ts';
import { DENSE, MISSING, OPEN, type Places } from './places.ts';

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
 * of them, what is missing counting as nought. `must`: only over lines where these categories have one.
 */
export function fingerprints(
	places: Places,
	axis: number,
	decimals: number,
	length: number,
	must: number[] = []
): Columns {
	const scale = 10 ** decimals;
	const { count, states, values } = places;
	const { row, place, rows } = rowsOf(places, axis);
	const unfit = new Uint8Array(rows);
	if (must.length > 0) refuseWithout(must);
	const sums = new Float64Array(length);
	for (let cell = 0; cell < count; cell++)
		if (states[cell] === OPEN && unfit[row[cell]!] === 0) sums[place[cell]!]! += values[cell]!;
	const order = Array.from(sums.keys()).filter((one) => sums[one]! > 0);
	order.sort((a, b) => sums[a]! - sums[b]! || a - b);
	const has = new Uint8Array(length);
	for (const one of order) has[one] = 1;
	const filled = new Uint16Array(rows);
	for (let cell = 0; cell < count; cell++)
		if (states[cell] === OPEN) filled[row[cell]!]! += has[place[cell]!]!;
		else if (states[cell] !== MISSING) unfit[row[cell]!] = 1;
	let [begun, complete] = [0, 0];
	for (let one = 0; one < rows; one++) {
		if (unfit[one] === 1 || filled[one] === 0) continue;
		begun++;
		if (filled[one] === order.length) complete++;
	}
	const whole = complete > 0 && complete * 4 >= begun;

	const height = Math.min(length, MOST_CATEGORIES) + 24;
	// Few lines are put in two rows each, or some rows would stay empty.
	const few = (whole ? complete : begun) < height * 30;
	const matrix = new Float64Array(height * length);
	const single = new Float64Array(length);
	for (let cell = 0; cell < count; cell++) {
		const line = row[cell]!;
		if (states[cell] !== OPEN || unfit[line] === 1) continue;
		if (whole && filled[line] !== order.length) continue;
		const value = reduce(Math.round(values[cell]! * scale));
		if (value === 0) continue;
		const at = place[cell]!;
		add(single, at, value, scramble(line, 1));
		const first = scramble(line, 2) % height;
		add(matrix, first * length + at, value, scramble(line, 4));
		const second = few ? scramble(line, 3) % height : first;
		if (second !== first) add(matrix, second * length + at, value, scramble(line, 5));
	}
	for (let at = 0; at < length; at++) single[at] = reduce(single[at]!);
	for (let at = 0; at < matrix.length; at++) matrix[at] = reduce(matrix[at]!);
	return { matrix, height, length, single, order, rows: whole ? complete : begun };

	function refuseWithout(wanted: number[]): void {
		const found = new Uint16Array(rows);
		for (let cell = 0; cell < count; cell++)
			if (states[cell] === OPEN && wanted.includes(place[cell]!)) found[row[cell]!]!++;
		for (let one = 0; one < rows; one++) if (found[one] !== wanted.length) unfit[one] = 1;
	}
}

/** Each cell's line along the axis, counted from nought, and its place on it. */
function rowsOf(places: Places, axis: number) {
	const { count, ids } = places;
	const [step, length] = [places.steps[axis]!, places.lengths[axis]!];
	const row = new Int32Array(count);
	const place = new Uint16Array(count);
	const size = places.steps.at(-1)! * places.lengths.at(-1)!;
	// Of a grid that is nearly empty only the lines that are there are counted.
	const known = size > DENSE ? new Map<number, number>() : null;
	for (let cell = 0; cell < count; cell++) {
		const id = ids[cell]!;
		const beyond = Math.floor(id / step);
		const outer = Math.floor(beyond / length);
		place[cell] = beyond - outer * length;
		const line = outer * step + (id - beyond * step);
		if (known) {
			let at = known.get(line);
			if (at === undefined) known.set(line, (at = known.size));
			row[cell] = at;
		} else row[cell] = line;
	}
	return { row, place, rows: known ? known.size : size / length };
}

/** What is added is below 2^26, so that the sum of all cells there may be is still exact. */
const add = (to: Float64Array, at: number, value: number, weight: number) =>
	void (to[at]! += reduce(value * (weight & 0x3ffffff)));

/** A number that looks random, the same for the same line. */
function scramble(line: number, salt: number): number {
	let x = (Math.imul(line, 0x9e3779b1) ^ Math.imul(salt, 0x85ebca6b)) >>> 0;
	x = Math.imul(x ^ (x >>> 16), 0x21f0aaad) >>> 0;
	x = Math.imul(x ^ (x >>> 15), 0x735a2d97) >>> 0;
	return (x ^ (x >>> 15)) >>> 0;
}
