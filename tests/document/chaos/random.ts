/** Chance that can be had again: the same seed draws the same numbers. */
export type Random = {
	/** From 0 up to, not including, 1. */
	next: () => number;
	/** A whole number from `least` to `most`. */
	whole: (least: number, most: number) => number;
	chance: (probability: number) => boolean;
	one: <T>(from: readonly T[]) => T;
	/** One of the keys; the values say how often, in proportion. */
	weighted: <K extends string>(weights: Record<K, number>) => K;
	/** Chance of its own, so that who draws more from one does not move the other. */
	fork: () => Random;
};

/** mulberry32 */
export function random(seed: number): Random {
	let state = seed >>> 0;
	const next = () => {
		state = (state + 0x6d2b79f5) >>> 0;
		let t = state;
		t = Math.imul(t ^ (t >>> 15), t | 1);
		t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
		return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
	};
	const whole = (least: number, most: number) => least + Math.floor(next() * (most - least + 1));
	return {
		next,
		whole,
		chance: (probability) => next() < probability,
		one: (from) => from[whole(0, from.length - 1)]!,
		weighted(weights) {
			const entries = Object.entries(weights) as [never, number][];
			let left = next() * entries.reduce((sum, [, weight]) => sum + weight, 0);
			for (const [key, weight] of entries) if ((left -= weight) < 0) return key;
			return entries.at(-1)![0];
		},
		fork: () => random(whole(0, 2 ** 32 - 1))
	};
}
