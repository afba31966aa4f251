import type { Db } from '../base/sql.server.ts';
import { BLOCK, fillFrom, type Block } from './blocks.ts';
import { Cells } from './cells.ts';
import type { Cell, Coordinates, CubeShape, Series } from './cube.ts';
import { coordinatesAt, gridSize, measureIndex, positionOf, positionsIn } from './grid.ts';
import { followed } from './mappings.server.ts';
import { shape } from './versions.server.ts';

/** Cells of stored versions. The caller has judged that the reader may see the dataset. */

export type PlacedCell = Cell & { coordinates: Coordinates };

/**
 * The cells of one measure in these categories, in the cube's order; a dimension not named is taken
 * whole. A cell the file never had is missing. An unknown measure or category has none; a renamed one is
 * followed, and told under the version's own code.
 */
export async function slice(
	db: Db,
	versionId: string,
	measure: string,
	asked: Record<string, string[]>
): Promise<PlacedCell[]> {
	const of = await shape(db, versionId);
	const index = measureIndex(of, measure);
	if (index === -1) return [];
	const where = await followed(db, versionId, of, asked);
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
	const where = Object.entries(coordinates).map(
		([key, code]) => [key, [code]] as [string, string[]]
	);
	const at = await followed(db, versionId, of, Object.fromEntries(where));
	const position = positionOf(
		of,
		Object.fromEntries(Object.entries(at).map(([key, [code]]) => [key, code!]))
	);
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

/** Cells by position; one the file never had is not there. */
export async function readCells(
	db: Db,
	versionId: string,
	measure: number,
	positions: number[]
): Promise<Map<number, Cell>> {
	const found = new Map<number, Cell>();
	if (positions.length === 0) return found;
	const [from, to] = rangesOf(positions);
	const blocks = await db<Block[]>`
		select b.first, b.statuses, b.numbers::text numbers
		from unnest(${from}::integer[], ${to}::integer[]) wanted ("from", "to")
		join cell_blocks b on b.version_id = ${versionId} and b.measure = ${measure}
			and b.first between wanted."from" and wanted."to"`;
	const read = new Cells(Math.max(...to) + 1);
	for (const block of blocks) fillFrom(read, block);
	for (const position of positions) {
		const cell = read.get(position);
		if (cell) found.set(position, cell);
	}
	return found;
}

/** Where the blocks of these positions may begin: neighbouring ones as one range. */
function rangesOf(positions: number[]): [from: number[], to: number[]] {
	const wanted = new Set(positions.map((position) => Math.floor(position / BLOCK)));
	const [from, to]: [number[], number[]] = [[], []];
	for (const block of [...wanted].sort((a, b) => a - b)) {
		if (to.at(-1) === block * BLOCK - 1) to.pop();
		else from.push(block * BLOCK);
		to.push((block + 1) * BLOCK - 1);
	}
	return [from, to];
}

/** For grids with far more room than cells: only what is there. */
async function sparse(
	db: Db,
	versionId: string,
	of: CubeShape,
	measure: number,
	where: Record<string, string[]>
): Promise<PlacedCell[]> {
	const cells = new Cells(gridSize(of.dimensions));
	const blocks = db<Block[]>`
		select first, statuses, numbers::text numbers from cell_blocks
		where version_id = ${versionId} and measure = ${measure}`.cursor(500);
	for await (const some of blocks) for (const block of some) fillFrom(cells, block);
	return [...cells]
		.map(([position, cell]) => ({ coordinates: coordinatesAt(of, position), ...cell }))
		.filter(({ coordinates }) =>
			Object.entries(where).every(([key, codes]) => codes.includes(coordinates[key] ?? ''))
		);
}
