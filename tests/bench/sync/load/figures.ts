/** Middle, late and latest of a set of durations; milliseconds. */
export type Spread = { p50: number; p99: number; worst: number };

export function spread(values: Float64Array | number[]): Spread {
	const sorted = Float64Array.from(values).sort();
	const at = (part: number) =>
		sorted.length === 0
			? NaN
			: sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))]!;
	return { p50: at(0.5), p99: at(0.99), worst: sorted.at(-1) ?? NaN };
}
