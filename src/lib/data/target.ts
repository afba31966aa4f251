import { z } from 'zod';

/** What one can point at in a figure: a cell, a whole series, or a period. */
export const targetSchema = z.object({
	kind: z.enum(['cell', 'series', 'period']),
	/** Measure key. */
	measure: z.string().min(1),
	/** Category codes by dimension key; for a series those that hold it fixed, for a period the period. */
	coordinates: z.record(z.string(), z.string())
});
export type Target = z.infer<typeof targetSchema>;

/** The same words for the same target, for links and lookups. */
export function targetKey(target: Target): string {
	const parts = Object.entries(target.coordinates)
		.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
		.map(([key, code]) => `${encodeURIComponent(key)}=${encodeURIComponent(code)}`);
	return [target.kind, encodeURIComponent(target.measure), ...parts].join('&');
}

/** Reads back what `targetKey` wrote; null when it is none. */
export function parseTarget(text: string): Target | null {
	const [kind, measure, ...parts] = text.split('&');
	try {
		return targetSchema.parse({
			kind,
			measure: decodeURIComponent(measure ?? ''),
			coordinates: Object.fromEntries(
				parts.map((part) => part.split('=').map(decodeURIComponent) as [string, string])
			)
		});
	} catch {
		return null;
	}
}
