import type { Db } from '../base/sql.server.ts';
import type { CubeShape } from './cube.ts';
import { gridSize } from './grid.ts';
import type { Kept } from './reader.ts';
import { read, type Given } from './reading.server.ts';
import { translator } from './small/earlier.ts';

/**
 * What the owner of a dataset has published before about the same cells: its earlier versions, and other
 * datasets of the same owner with the same dimensions and measures. Small numbers are guarded against
 * one who kept all of it. Newest first, and no more cells than fit a server's memory.
 */
const MOST_CELLS = 4_000_000;
const MOST_VERSIONS = 12;

/** The dataset the figures are for (null: a new one), who owns it, and how a stored version is read. */
export type Whose = {
	datasetId: string | null;
	ownerId: string;
	kept: (db: Db, versionId: string) => Promise<Kept>;
};

/** What to read the file beside. A first version is read once to see what it is about. */
export async function publishedBefore(db: Db, given: Given, whose: Whose): Promise<Kept[]> {
	if (given.asked.limit === null) return [];
	const rows = await db<{ id: string; shape: CubeShape }[]>`
		select v.id, v.shape from versions v join datasets d on d.id = v.dataset_id
		where (d.id = ${whose.datasetId} or d.owner_id = ${whose.ownerId})
			and exists (select from jsonb_array_elements(v.shape -> 'measures') m
				where (m ->> 'countsPeople')::boolean)
		order by (d.id = ${whose.datasetId}) desc nulls last, v.imported_at desc
		limit 200`;
	if (rows.length === 0) return [];
	const shape =
		given.asked.before?.shape ?? (await read(given, async ({ outcome }) => outcome.shape));
	const found: Kept[] = [];
	let cells = 0;
	for (const row of rows) {
		if (!sharesMeasure(row.shape, shape) || !translator(row.shape, shape)) continue;
		cells += gridSize(row.shape.dimensions) * row.shape.measures.length;
		if (found.length > 0 && (cells > MOST_CELLS || found.length >= MOST_VERSIONS)) break;
		found.push(await whose.kept(db, row.id));
	}
	return found;
}

const sharesMeasure = (a: CubeShape, b: CubeShape) =>
	a.measures.some(
		({ key, countsPeople }) => countsPeople && b.measures.some((other) => other.key === key)
	);
