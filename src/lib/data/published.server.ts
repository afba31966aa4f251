import type { Db } from '../base/sql.server.ts';
import type { CubeShape } from './cube.ts';
import { gridSize } from './grid.ts';
import type { Kept } from './reader.ts';
import { widen } from './small/widen.ts';
import type { Totals } from './totals.ts';

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

/** What figures of this shape are read beside. */
export async function publishedBefore(
	db: Db,
	{ datasetId, ownerId, kept }: Whose,
	shape: CubeShape
): Promise<Kept[]> {
	const rows = await db<Row[]>`
		select v.id, v.shape, v.sums from versions v join datasets d on d.id = v.dataset_id
		where (d.id = ${datasetId} or d.owner_id = ${ownerId}) and ${counts(db)}
		order by (d.id = ${datasetId}) desc nulls last, v.imported_at desc
		limit 200`;
	return await meeting(db, rows, shape, kept);
}

/**
 * What a stricter edition is made beside: the newest of the owner's other datasets, which those who look now
 * see together with it. One that is about to be made as strict is not, and will be made beside this.
 */
export async function shownBeside(
	db: Db,
	{ datasetId, ownerId, kept }: Whose,
	shape: CubeShape,
	limit: number
): Promise<Kept[]> {
	const rows = await db<Row[]>`
		select v.id, v.shape, v.sums from datasets d
		join lateral (select * from versions where dataset_id = d.id order by number desc limit 1) v on true
		where d.owner_id = ${ownerId} and d.id <> ${datasetId} and ${counts(db)}
			and (v.small_number_limit is null or v.small_number_limit >= ${limit} or v.small_number_limit >= (
				select max(f.small_number_limit) from forums f where f.id = (select forum_id from objects where id = d.id)
					or f.id in (select forum_id from lendings where object_id = d.id and until is null)))
		order by v.imported_at desc
		limit 200`;
	return await meeting(db, rows, shape, kept);
}

type Row = { id: string; shape: CubeShape; sums: Totals };

const counts = (db: Db) => db`
	exists (select from jsonb_array_elements(v.shape -> 'measures') m
		where (m ->> 'countsPeople')::boolean)`;

/** Those about the same cells. */
async function meeting(
	db: Db,
	rows: Row[],
	shape: CubeShape,
	kept: Whose['kept']
): Promise<Kept[]> {
	const found: Kept[] = [];
	let [cells, left] = [0, 0];
	for (const row of rows) {
		const empty = { shape: row.shape, sums: row.sums, cells: [] };
		if (!sharesMeasure(row.shape, shape)) continue;
		if (widen(shape, shape.measures.length, [empty]).publications.length === 0) continue;
		const size = gridSize(row.shape.dimensions) * row.shape.measures.length;
		if (found.length > 0 && (cells + size > MOST_CELLS || found.length >= MOST_VERSIONS)) {
			left += size;
			continue;
		}
		cells += size;
		found.push(await kept(db, row.id));
	}
	// Said with the last that is here: how much lies before it.
	if (left > 0) found.push({ ...found.pop()!, left });
	return found;
}

const sharesMeasure = (a: CubeShape, b: CubeShape) =>
	a.measures.some(
		({ key, countsPeople }) => countsPeople && b.measures.some((other) => other.key === key)
	);
