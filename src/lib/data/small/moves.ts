import type { Effort } from './effort.ts';

/**
 * A linear program of our own, because what is asked is asked many times of the same block: how far can
 * one cell move, when what is shown stays as it is? max c·y where A·y = 0, low ≤ y ≤ high, and y = 0 — the
 * true table — is allowed. Bounded primal simplex on a dense tableau; every question goes on from the
 * vertex the last one ended at. Each y it stands at is a table an attacker cannot tell from the true one,
 * so stopping early errs on the safe side.
 */

const TINY = 1e-9;

/** One variable: the rows it is in, with its coefficient there, and how far it may move. */
export type Variable = { rows: number[]; coefficients: number[]; low: number; high: number };

export class Moves {
	readonly #m: number;
	readonly #n: number;
	readonly #tableau: Float64Array;
	/** Which variable is basic in a row; -1: none yet, and what changes the row must be made up for first. */
	readonly #basis: Int32Array;
	/** Which row a variable is basic in; -1: it stands at rest. */
	readonly #row: Int32Array;
	readonly #low: Float64Array;
	readonly #high: Float64Array;
	readonly #y: Float64Array;
	#gains: Float64Array;
	readonly #effort: Effort;

	constructor(rows: number, variables: Variable[], effort: Effort) {
		this.#effort = effort;
		this.#n = variables.length;
		const n = this.#n;
		effort.spend(rows * n);
		const matrix = new Float64Array(rows * n);
		for (const [j, { rows: at, coefficients }] of variables.entries())
			for (const [k, i] of at.entries()) matrix[i * n + j]! += coefficients[k]!;
		this.#low = Float64Array.from(variables, ({ low }) => low);
		this.#high = Float64Array.from(variables, ({ high }) => high);
		this.#y = new Float64Array(n);
		this.#gains = new Float64Array(n);
		this.#row = new Int32Array(n).fill(-1);
		this.#tableau = matrix;
		this.#m = rows;
		this.#basis = new Int32Array(rows).fill(-1);
	}

	at(variable: number): number {
		return this.#y[variable]!;
	}

	/** Moves one variable up (1) or down (-1) until it has gone `far` from nought or can go no further; returns where it is. */
	push(variable: number, direction: 1 | -1, far: number): number {
		const gains = this.#gains;
		gains.fill(0);
		const row = this.#row[variable]!;
		if (row === -1) gains[variable] = direction;
		else
			for (let j = 0; j < this.#n; j++)
				gains[j] = j === variable ? 0 : -direction * this.#tableau[row * this.#n + j]!;
		this.#climb(() => this.#y[variable]! * direction >= far - TINY);
		return this.#y[variable]!;
	}

	/** Goes to the largest c·y. */
	best(objective: Float64Array): void {
		const { length } = objective;
		const gains = this.#gains;
		for (let j = 0; j < length; j++) gains[j] = objective[j]!;
		for (let i = 0; i < this.#m; i++) {
			const basic = this.#basis[i]!;
			const c = basic === -1 ? 0 : objective[basic]!;
			if (c === 0) continue;
			for (let j = 0; j < length; j++) gains[j]! -= c * this.#tableau[i * length + j]!;
		}
		this.#climb(() => false);
	}

	#climb(done: () => boolean): void {
		const n = this.#n;
		let still = 0;
		for (let step = 0; step < 50 + 8 * (this.#m + n) && !done(); step++) {
			const entering = this.#entering(still > 12);
			// Looking for what enters and what leaves, and moving all that is basic.
			this.#effort.spend(6 * n + 12 * this.#m);
			if (entering === -1) return;
			const direction = this.#gains[entering]! > 0 ? 1 : -1;
			const { leaving, distance } = this.#ratio(entering, direction, still > 12);
			if (distance === Infinity) {
				// Without end: far enough for any limit.
				this.#shift(entering, direction * FAR);
				return;
			}
			this.#shift(entering, direction * distance);
			if (leaving === -1) {
				still = 0;
				continue;
			}
			const gone = this.#basis[leaving]!;
			still = distance > TINY || gone === -1 ? 0 : still + 1;
			if (gone !== -1) this.#leave(gone);
			this.#eliminate(leaving, entering);
			this.#basis[leaving] = entering;
			this.#row[entering] = leaving;
			const gain = this.#gains[entering]!;
			for (let j = 0; j < n; j++) this.#gains[j]! -= gain * this.#tableau[leaving * n + j]!;
			this.#gains[entering] = 0;
		}
	}

	/** Puts a variable exactly at the bound it reached. */
	#leave(variable: number): void {
		const low = this.#low[variable]!;
		const high = this.#high[variable]!;
		const at = this.#y[variable]!;
		this.#y[variable] = Math.abs(at - low) < Math.abs(high - at) ? low : high;
		this.#row[variable] = -1;
	}

	/** The variable that promises most, or (when standing still) the first: Bland's rule does not go in circles. */
	#entering(first: boolean): number {
		let best = -1;
		let most = 1e-7;
		for (let j = 0; j < this.#n; j++) {
			if (this.#row[j] !== -1) continue;
			const gain = this.#gains[j]!;
			const size = Math.abs(gain);
			if (size <= most) continue;
			if (gain > 0 ? this.#y[j]! >= this.#high[j]! - TINY : this.#y[j]! <= this.#low[j]! + TINY)
				continue;
			best = j;
			if (first) return j;
			most = size;
		}
		return best;
	}

	#ratio(entering: number, direction: number, first: boolean) {
		const n = this.#n;
		let distance =
			direction > 0
				? this.#high[entering]! - this.#y[entering]!
				: this.#y[entering]! - this.#low[entering]!;
		let leaving = -1;
		let size = 0;
		for (let i = 0; i < this.#m; i++) {
			const change = -this.#tableau[i * n + entering]! * direction;
			const basic = this.#basis[i]!;
			if (Math.abs(change) < 1e-8) continue;
			const room =
				basic === -1
					? 0
					: change > 0
						? (this.#high[basic]! - this.#y[basic]!) / change
						: (this.#low[basic]! - this.#y[basic]!) / change;
			const far = Math.max(0, room);
			const closer = far < distance - TINY;
			const tied = !closer && far <= distance + TINY;
			if (
				closer ||
				(tied &&
					leaving !== -1 &&
					(first ? basic < this.#basis[leaving]! : Math.abs(change) > size))
			) {
				distance = Math.min(distance, far);
				leaving = i;
				size = Math.abs(change);
			}
		}
		return { leaving, distance };
	}

	#shift(entering: number, by: number): void {
		if (by === 0) return;
		this.#y[entering]! += by;
		for (let i = 0; i < this.#m; i++) {
			const t = this.#tableau[i * this.#n + entering]!;
			if (t !== 0 && this.#basis[i] !== -1) this.#y[this.#basis[i]!]! -= t * by;
		}
	}

	/** Makes column j the i-th unit vector. */
	#eliminate(i: number, j: number): void {
		const n = this.#n;
		const t = this.#tableau;
		const pivot = t[i * n + j]!;
		const used: number[] = [];
		let multiplied = n;
		for (let k = 0; k < n; k++) {
			const at = i * n + k;
			if (t[at] === 0) continue;
			t[at]! /= pivot;
			used.push(k);
		}
		for (let row = 0; row < this.#m; row++) {
			if (row === i) continue;
			const factor = t[row * n + j]!;
			if (factor === 0) continue;
			const start = row * n;
			for (const k of used) {
				const left = t[start + k]! - factor * t[i * n + k]!;
				t[start + k] = Math.abs(left) < 1e-12 ? 0 : left;
			}
			t[start + j] = 0;
			multiplied += used.length;
		}
		this.#effort.spend(multiplied);
	}
}

/** How far "without end" is. */
const FAR = 1e6;
