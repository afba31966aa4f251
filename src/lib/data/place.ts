import type { Coordinates } from './cube.ts';
import { derivedId } from './derive.ts';

/** The page of one version with one cell pointed out: the figure exactly as it stood. */
export function cellPath(
	datasetId: string,
	version: number,
	measure: string,
	where: Coordinates | Record<string, string[]>
): string {
	const query = new URLSearchParams({ measure });
	for (const [key, codes] of Object.entries(where))
		for (const code of [codes].flat()) query.append(key, code);
	const derived = derivedId(measure);
	if (derived === null) return `/data/${datasetId}/versions/${version}?${query}#cell`;
	query.set(VERSION, String(version));
	return `/data/${datasetId}/derived/${derived}?${query}#cell`;
}

/** Of a derived measure's page: the edition it is worked out from. */
export const VERSION = 'version';

/** Where an indicator is read: one measure of a dataset. */
export const indicatorPath = (datasetId: string, measure: string): string =>
	derivedId(measure) === null
		? `/data/${datasetId}/indicators/${encodeURIComponent(measure)}`
		: `/data/${datasetId}/derived/${derivedId(measure)}`;

/** Where one reads all that is known of where a number comes from. */
export const cardPath = (datasetId: string, version: number, measure?: string): string =>
	`/data/${datasetId}/versions/${version}/card${measure ? `?measure=${encodeURIComponent(measure)}` : ''}`;
