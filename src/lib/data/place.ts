import type { Coordinates } from './cube.ts';

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
	return `/data/${datasetId}/versions/${version}?${query}#cell`;
}
