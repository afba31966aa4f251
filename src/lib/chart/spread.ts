/** How values lie: what own area is held against among its peers. */
export type Spread = {
	/** How many values are known. */
	count: number;
	low: number;
	/** A quarter of them lie below; null where fewer than `ENOUGH` are known. */
	lower: number | null;
	middle: number;
	upper: number | null;
	high: number;
};

/** Quarters of fewer than these would be single values under another name. */
export const ENOUGH = 5;

/** The spread of the values known; null of none. Quartiles lie between values (type 7 of Hyndman & Fan, 1996). */
export function spreadOf(values: number[]): Spread | null {
	if (values.length === 0) return null;
	const sorted = values.toSorted((a, b) => a - b);
	const at = (share: number) => {
		const place = share * (sorted.length - 1);
		const below = Math.floor(place);
		const [low, high] = [sorted[below]!, sorted[Math.min(below + 1, sorted.length - 1)]!];
		return low + (high - low) * (place - below);
	};
	const enough = sorted.length >= ENOUGH;
	return {
		count: sorted.length,
		low: sorted[0]!,
		lower: enough ? at(0.25) : null,
		middle: at(0.5),
		upper: enough ? at(0.75) : null,
		high: sorted.at(-1)!
	};
}
