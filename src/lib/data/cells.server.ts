import type { Db } from '../base/sql.server.ts';
import type { Cell, CellStatus, Coordinates, CubeShape, Series } from './cube.ts';
import { coordinatesAt, measureIndex, positionOf, positionsIn } from './grid.ts';
import { shape } from './versions.server.ts';

/** Cells of stored versions. The caller has judged that the reader may see the dataset. */

export type PlacedCell = Cell & { coordinates: Coordinates };

/**
 * The cells of one measure in these categories, in the cube's order; a dimension not named is taken
 * whole. A cell the file never had is missing. An unknown measure or category has none.
 */
export async function slice(
	db: Db,
	versionId: string,
	measure: string,
	where: Record<string, string[]>
): Promise<PlacedCell[]> {
	const of = await shape(db, versionId);
	const index = measureIndex(of, measure);
	if (index === -1) return [];
	if (wanted(of, where) > MOST) return await sparse(db, versionId, of, index, where);
	const positions = positionsIn(of, where);
	const found = await readCells(db, versionId, index, positions);
	return positions.map((position) => ({
		coordinates: coordinatesAt(of, position),
		...(found.get(position) ?? MISSING)
	}));
}

export type Point = Cell & { period: string; label: string };

/**
 * One measure over time. Several categories are added up where the measure can be; a point where any
 * of them is missing or suppressed is absent, and so is a sum of what cannot be added. Without a time
 * dimension there is one point, its period empty.
 */
export async function series(
	db: Db,
	versionId: string,
	{ measure, where }: Series
): Promise<Point[]> {
	const of = await shape(db, versionId);
	const index = measureIndex(of, measure);
	if (index === -1) return [];
	const time = of.dimensions.find(({ role }) => role === 'time');
	const cells = await slice(db, versionId, measure, where);
	const periods = time?.categories ?? [{ code: '', label: '' }];
	const wanted = time && where[time.key];
	return periods
		.filter(({ code }) => !wanted || wanted.includes(code))
		.map(({ code, label }) => {
			const parts = time
				? cells.filter(({ coordinates }) => coordinates[time.key] === code)
				: cells;
			return { period: code, label, ...sum(parts, of.measures[index]!.additive) };
		});
}

/** One cell; missing when the version has no such measure or place. */
export async function cell(
	db: Db,
	versionId: string,
	measure: string,
	coordinates: Coordinates
): Promise<Cell> {
	const of = await shape(db, versionId);
	const index = measureIndex(of, measure);
	const position = positionOf(of, coordinates);
	if (index === -1 || position === null) return MISSING;
	return (await readCells(db, versionId, index, [position])).get(position) ?? MISSING;
}

const MISSING: Cell = { value: null, status: 'm' };
const MOST = 100_000;

function sum(parts: Cell[], additive: boolean): Cell {
	if (parts.length === 1) return { value: parts[0]!.value, status: parts[0]!.status };
	if (parts.some(({ status }) => status === 's')) return { value: null, status: 's' };
	if (parts.length === 0 || !additive || parts.some(({ status }) => status === 'm')) return MISSING;
	return { value: parts.reduce((all, { value }) => all + value!, 0), status: 'v' };
}

const wanted = (of: CubeShape, where: Record<string, string[]>) =>
	of.dimensions.reduce(
		(all, { key, categories }) => all * (where[key]?.length ?? categories.length),
		1
	);

type Row = { position: number; value: number | null; status: CellStatus };

/** Cells by position; one the file never had is not there. */
export async function readCells(
	db: Db,
	versionId: string,
	measure: number,
	positions: number[]
): Promise<Map<number, Cell>> {
	const rows = await db<Row[]>`
		select position, value, status from cells
		where version_id = ${versionId} and measure = ${measure} and position = any(${positions}::integer[])`;
	return new Map(rows.map(({ position, value, status }) => [position, { value, status }]));
}

/** For grids with far more room than cells: only what is there. */
async function sparse(
	db: Db,
	versionId: string,
	of: CubeShape,
	measure: number,
	where: Record<string, string[]>
): Promise<PlacedCell[]> {
	const rows = await db<Row[]>`
		select position, value, status from cells
		where version_id = ${versionId} and measure = ${measure} order by position`;
	return rows
		.map(({ position, value, status }) => ({
			coordinates: coordinatesAt(of, position),
			value,
			status
		}))
		.filter(({ coordinates }) =>
			Object.entries(where).every(([key, codes]) => codes.includes(coordinates[key] ?? ''))
		);
}
