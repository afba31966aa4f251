import type { Db } from '../base/sql.server.ts';
import { BLOCK, fillFrom, type Block } from './blocks.ts';
import { Cells } from './cells.ts';
import type { Cell, Coordinates, CubeShape, Series } from './cube.ts';
import { factorOf, quotient, type Formula } from './derive.ts';
import { formulaOf } from './formulas.server.ts';
import { coordinatesIn, gridSize, measureIndex, positionOf, positionsIn } from './grid.ts';
import { followed } from './mappings.server.ts';
import { Marks } from './marks.ts';
import { shape } from './versions.server.ts';

/** Cells of stored versions. The caller has judged that the reader may see the dataset. */

export type PlacedCell = Cell & { coordinates: Coordinates };

/** Some cells of one measure of a version: category codes by dimension; one not named is taken whole. */
export type Wanted = { versionId: string; measure: string; where: Record<string, string[]> };

/**
 * The cells of one measure in these categories, in the cube's order; a dimension not named is taken
 * whole. A cell the file never had is missing. An unknown measure or category has none; a renamed one is
 * followed, and told under the version's own code. A derived measure's are worked out now.
 */
export async function slice(
	db: Db,
	versionId: string,
	measure: string,
	where: Record<string, string[]>
): Promise<PlacedCell[]> {
	return (await slices(db, [{ versionId, measure, where }]))[0]!;
}

/** Several at once, of any versions: all figures of a page are one question to the database. */
export async function slices(db: Db, wanted: Wanted[]): Promise<PlacedCell[][]> {
	const asked = await Promise.all(
		wanted.map(async ({ versionId, measure, where: codes }) => {
			const of = await shape(db, versionId);
			const index = measureIndex(of, measure);
			if (index === -1) return { worked: await worked(db, versionId, measure, codes) };
			const where = await followed(db, versionId, of, codes);
			const large = cellsIn(of, where) > MOST;
			return { of, versionId, index, where, positions: large ? null : positionsIn(of, where) };
		})
	);
	const found = await readPlaces(
		db,
		asked.map((one) =>
			'worked' in one || !one.positions ? null : { ...one, positions: one.positions }
		)
	);
	return await Promise.all(
		asked.map(async (one, nth) => {
			if ('worked' in one) return one.worked ?? [];
			const { of, versionId, index, where, positions } = one;
			if (!positions) return await sparse(db, versionId, of, index, where);
			const coordinates = coordinatesIn(of);
			return positions.map((position) => ({
				coordinates: coordinates(position),
				...(found[nth]!.get(position) ?? MISSING)
			}));
		})
	);
}

/** Cells of a derived measure: above and below the line read alike, of an index below at its base period. */
async function worked(
	db: Db,
	versionId: string,
	measure: string,
	asked: Record<string, string[]>
): Promise<PlacedCell[]> {
	const formula = await formulaOf(db, versionId, measure);
	if (!formula) return [];
	const time = (await shape(db, versionId)).dimensions.find(({ role }) => role === 'time')?.key;
	const above = await slice(db, versionId, formula.numerator, asked);
	const below = await belowOf(db, versionId, formula, asked, time);
	const base = formula.kind === 'index' ? time : undefined;
	const place = (coordinates: Coordinates) =>
		JSON.stringify(Object.entries(coordinates).filter(([key]) => key !== base));
	const known = new Map(below.map((cell) => [place(cell.coordinates), cell]));
	return above.map((cell) => ({
		coordinates: cell.coordinates,
		...quotient(cell, known.get(place(cell.coordinates)), factorOf(formula))
	}));
}

const belowOf = (
	db: Db,
	versionId: string,
	formula: Formula,
	asked: Record<string, string[]>,
	time: string | undefined
) =>
	formula.kind !== 'index'
		? slice(db, versionId, formula.denominator, asked)
		: slice(db, versionId, formula.numerator, {
				...asked,
				...(time === undefined ? {} : { [time]: [formula.basePeriod] })
			});

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
	if (index === -1 && !(await formulaOf(db, versionId, measure))) return [];
	const additive = of.measures[index]?.additive ?? false;
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
			return { period: code, label, ...sum(parts, additive) };
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
	if (index === -1) {
		const [only, another] = await slice(db, versionId, measure, at);
		return only && !another ? { value: only.value, status: only.status } : MISSING;
	}
	const position = positionOf(
		of,
		Object.fromEntries(Object.entries(at).map(([key, [code]]) => [key, code!]))
	);
	if (position === null) return MISSING;
	return (await readCells(db, versionId, index, [position])).get(position) ?? MISSING;
}

const MISSING: Cell = { value: null, status: 'm' };
const MOST = 100_000;

function sum(parts: Cell[], additive: boolean): Cell {
	if (parts.length === 1) {
		const { value, status, sign } = parts[0]!;
		return { value, status, ...(sign ? { sign } : {}) };
	}
	if (parts.some(({ status }) => status === 's')) return { value: null, status: 's' };
	if (parts.length === 0 || !additive || parts.some(({ status }) => status === 'm')) return MISSING;
	return { value: parts.reduce((all, { value }) => all + value!, 0), status: 'v' };
}

const cellsIn = (of: CubeShape, where: Record<string, string[]>) =>
	of.dimensions.reduce(
		(all, { key, categories }) => all * (where[key]?.length ?? categories.length),
		1
	);

/** Cells by position; one the file never had is not there. */
export async function readCells(
	db: Db,
	versionId: string,
	index: number,
	positions: number[]
): Promise<Map<number, Cell>> {
	return (await readPlaces(db, [{ versionId, index, positions }]))[0]!;
}

type Places = { versionId: string; index: number; positions: number[] };

/** The same for several at once, in one query. */
async function readPlaces(
	db: Db,
	wanted: (Places | null | undefined)[]
): Promise<Map<number, Cell>[]> {
	const ranges = wanted.flatMap((one, nth) =>
		one ? rangesOf(one.positions).map((range) => ({ ...one, ...range, nth })) : []
	);
	const blocks =
		ranges.length === 0
			? []
			: await db<(Block & { nth: number })[]>`
				select w.nth, b.first, b.statuses, b.numbers::text numbers, b.marks
				from unnest(${ranges.map(({ nth }) => nth)}::integer[],
					${ranges.map(({ versionId }) => versionId)}::uuid[], ${ranges.map(({ index }) => index)}::smallint[],
					${ranges.map(({ from }) => from)}::integer[], ${ranges.map(({ to }) => to)}::integer[])
					w (nth, version_id, measure, "from", "to")
				join cell_blocks b on b.version_id = w.version_id and b.measure = w.measure
					and b.first between w."from" and w."to"`;
	const read = wanted.map((one, nth) => {
		const room = Math.max(
			0,
			...ranges.filter((range) => range.nth === nth).map(({ to }) => to + 1)
		);
		return one && { positions: one.positions, cells: new Cells(room), marks: new Marks(room) };
	});
	for (const block of blocks) fillFrom(read[block.nth]!.cells, block, read[block.nth]!.marks);
	return read.map((one) => {
		const found = new Map<number, Cell>();
		for (const position of one?.positions ?? []) {
			const cell = one!.cells.get(position);
			const sign = one!.marks.get(position);
			if (cell) found.set(position, sign === undefined ? cell : { ...cell, sign });
		}
		return found;
	});
}

/** Where the blocks of these positions may begin: neighbouring ones as one range. */
function rangesOf(positions: number[]): { from: number; to: number }[] {
	const wanted = new Set(positions.map((position) => Math.floor(position / BLOCK)));
	const ranges: { from: number; to: number }[] = [];
	for (const block of [...wanted].sort((a, b) => a - b)) {
		const last = ranges.at(-1);
		const to = (block + 1) * BLOCK - 1;
		if (last?.to === block * BLOCK - 1) last.to = to;
		else ranges.push({ from: block * BLOCK, to });
	}
	return ranges;
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
	const marks = new Marks(cells.room);
	const coordinates = coordinatesIn(of);
	const blocks = db<Block[]>`
		select first, statuses, numbers::text numbers, marks from cell_blocks
		where version_id = ${versionId} and measure = ${measure}`.cursor(500);
	for await (const some of blocks) for (const block of some) fillFrom(cells, block, marks);
	return [...cells]
		.map(([position, cell]) => {
			const sign = marks.get(position);
			return { coordinates: coordinates(position), ...cell, ...(sign ? { sign } : {}) };
		})
		.filter(({ coordinates }) =>
			Object.entries(where).every(([key, codes]) => codes.includes(coordinates[key] ?? ''))
		);
}
