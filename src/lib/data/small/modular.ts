import type { Relation } from './lines.ts';

/** Sums checked in remainders. A prime: products of two remainders are exact in a double. */
export const PRIME = 67_108_859;
const INVERSE = 1 / PRIME;

/** The remainder of a whole number within ±2^52: `%` on such numbers takes ten times as long. */
export function reduce(x: number): number {
	const left = x - Math.floor(x * INVERSE) * PRIME;
	return left < 0 ? left + PRIME : left >= PRIME ? left - PRIME : left;
}

/** Tells which relations say something new beside those taken. */
export class Independent {
	readonly #rows: { pivot: number; row: Map<number, number> }[] = [];
	readonly #length: number;

	constructor(length: number) {
		this.#length = length;
	}

	isNew(relation: Relation): boolean {
		return this.#reduced(relation).size > 0;
	}

	take(relation: Relation): void {
		const row = this.#reduced(relation);
		const pivot = row.keys().next().value;
		if (pivot === undefined || pivot >= this.#length) return;
		const inverse = power(row.get(pivot)!, PRIME - 2);
		for (const [place, value] of row) row.set(place, reduce(value * inverse));
		this.#rows.push({ pivot, row });
	}

	#reduced({ parts, totals }: Relation): Map<number, number> {
		const row = new Map<number, number>();
		for (const place of parts) row.set(place, 1);
		for (const place of totals) row.set(place, PRIME - 1);
		for (const { pivot, row: other } of this.#rows) {
			const factor = row.get(pivot) ?? 0;
			if (factor === 0) continue;
			for (const [place, value] of other) {
				const left = reduce((row.get(place) ?? 0) - factor * value);
				if (left === 0) row.delete(place);
				else row.set(place, left);
			}
		}
		return row;
	}
}

export function power(base: number, exponent: number): number {
	let result = 1;
	for (let e = exponent, b = reduce(base); e > 0; e = Math.floor(e / 2)) {
		if (e % 2 === 1) result = reduce(result * b);
		b = reduce(b * b);
	}
	return result;
}
