import type { Cell, Coordinates } from '../data/cube.ts';
import { canonical } from './canonical.ts';

/** A value a decision rests on, held against a newer version (F9). */

export type Cited = { measure: string; coordinates: Coordinates; value: number };

export type Revision = Cited & { now: number | null };

/** One text for one cell, whatever order its coordinates' keys come in. */
export function place(measure: string, coordinates: Coordinates): string {
	return canonical([measure, coordinates]);
}

/**
 * What the newer version says otherwise. `last` is what was last said of each place: a version that
 * repeats an earlier revision is no news. A cell that is gone, missing or suppressed is null.
 */
export function revisions(
	cited: Cited[],
	last: Map<string, number | null>,
	newer: Map<string, Cell>
): Revision[] {
	return cited.flatMap((one) => {
		const at = place(one.measure, one.coordinates);
		const known = last.has(at) ? last.get(at)! : one.value;
		const now = newer.get(at)?.value ?? null;
		return now === known ? [] : [{ ...one, now }];
	});
}

/** How much a value moved, as a share of what it was; null when it was zero or is gone. */
export function change(old: number, now: number | null): number | null {
	return now === null || old === 0 ? null : (now - old) / Math.abs(old);
}
