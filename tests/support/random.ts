/** Chance that can be repeated: the same seed gives the same run. */
export type Random = {
	/** From 0 up to, not including, 1. */
	next: () => number;
	/** A whole number from 0 up to, not including, n. */
	below: (n: number) => number;
	odds: (p: number) => boolean;
};

/** mulberry32: small, fast, good enough for tests. */
export function random(seed: number): Random {
	let state = seed >>> 0;
	const next = () => {
		state = (state + 0x6d2b79f5) >>> 0;
		let mixed = Math.imul(state ^ (state >>> 15), state | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
	};
	return { next, below: (n) => Math.floor(next() * n), odds: (p) => next() < p };
}
