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

/** The same words for the same target, for lookups. */
export function targetKey(target: Target): string {
	const parts = Object.entries(target.coordinates)
		.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
		.map(([key, code]) => `${encodeURIComponent(key)}=${encodeURIComponent(code)}`);
	return [target.kind, encodeURIComponent(target.measure), ...parts].join('&');
}

/** Where a target stands in the version it was made on: that version's page, at that place. */
export function targetLink(datasetId: string, version: number, target: Target): string {
	const query = new URLSearchParams({ measure: target.measure });
	for (const [key, code] of Object.entries(target.coordinates)) query.append(key, code);
	return `/data/${datasetId}/versions/${version}?${query}#cell`;
}

/** Reads such an address: the measure, and codes by dimension key. Null when it points at nothing. */
export function pointingIn(
	query: URLSearchParams
): { measure: string; where: Record<string, string[]> } | null {
	const measure = query.get('measure');
	const keys = [...new Set(query.keys())].filter((key) => key !== 'measure' && key !== 'from');
	if (!measure || keys.length === 0) return null;
	return { measure, where: Object.fromEntries(keys.map((key) => [key, query.getAll(key)])) };
}
