import type { z } from 'zod';
import { cellPath, VERSION } from './place.ts';
import type { targetSchema } from './target-input.ts';

/** What one can point at in a figure: a cell, a whole series, or a period. */
export type Target = z.infer<typeof targetSchema>;

/** The same words for the same target, for lookups. */
export function targetKey(target: Target): string {
	const parts = Object.entries(target.coordinates)
		.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
		.map(([key, code]) => `${encodeURIComponent(key)}=${encodeURIComponent(code)}`);
	const edition = target.versionId ? [`in=${target.versionId}`] : [];
	return [target.kind, encodeURIComponent(target.measure), ...edition, ...parts].join('&');
}

/** Where a target stands in the version it was made on: that version's page, at that place. */
export function targetLink(datasetId: string, version: number, target: Target): string {
	return cellPath(datasetId, version, target.measure, target.coordinates);
}

/** Reads such an address: the measure, and codes by dimension key. Null when it points at nothing. */
export function pointingIn(
	query: URLSearchParams
): { measure: string; where: Record<string, string[]> } | null {
	const measure = query.get('measure');
	const keys = [...new Set(query.keys())].filter(
		(key) => !['measure', 'from', VERSION].includes(key)
	);
	if (!measure || keys.length === 0) return null;
	return { measure, where: Object.fromEntries(keys.map((key) => [key, query.getAll(key)])) };
}
