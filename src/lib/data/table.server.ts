import type { Db } from '../base/sql.server.ts';
import { refuse } from '../base/errors.ts';
import { readCells } from './cells.server.ts';
import type { Cell, CubeShape, Dimension, Measure } from './cube.ts';
import { gridSize, measureIndex, strides } from './grid.ts';
import { signsOf } from './signs.ts';
import { shape } from './versions.server.ts';

/** What a reader came to see: these cells of a measure. Codes by dimension key; one not named is whole. */
export type Pointing = { measure: string; where: Record<string, string[]> };

/** One measure of a version as a table: time (or the last dimension) across, the rest down. */
export type VersionTable = {
	measure: Measure;
	measures: { key: string; label: string }[];
	/** The dimensions down the side, by label. */
	down: string[];
	across: { label: string; periods: { code: string; label: string }[] } | null;
	rows: { labels: string[]; cells: Cell[]; marked: boolean[] }[];
	/** The source's marks on these cells, with what the file says they mean. */
	signs?: Record<string, string>;
	from: number;
	total: number;
	/** What the reader came to see, in words; null when it is not in this version. */
	pointed: string | null;
};

export const ROWS = 100;

export async function tableOf(
	db: Db,
	versionId: string,
	wanted: { measure?: string | null; from?: number; pointing?: Pointing | null }
): Promise<VersionTable> {
	const of = await shape(db, versionId);
	const pointing = wanted.pointing ?? null;
	const index = Math.max(0, measureIndex(of, pointing?.measure ?? wanted.measure ?? ''));
	const measure = of.measures[index] ?? refuse('base.not_found', { status: 404 });
	const across = of.dimensions.find(({ role }) => role === 'time') ?? of.dimensions.at(-1)!;
	const alone = of.dimensions.length === 1 && across.role !== 'time';
	const down = of.dimensions.filter((dimension) => alone || dimension !== across);
	const columns = alone ? [null] : across.categories;
	const total = gridSize(down);
	const seek = pointing && placeOf(down, pointing);
	const start = seek === null ? (wanted.from ?? 0) : Math.floor(seek / ROWS) * ROWS;
	const from = Math.min(Math.max(0, start), Math.max(0, total - 1));
	const rows = Array.from({ length: Math.min(ROWS, total - from) }, (_, at) =>
		codesAt(down, from + at)
	);

	const steps = strides(of.dimensions);
	const positions = rows.map((codes) =>
		columns.map((_, column) =>
			of.dimensions.reduce((sum, dimension, axis) => {
				const place = !alone && dimension === across ? column : codes[down.indexOf(dimension)]!;
				return sum + place * steps[axis]!;
			}, 0)
		)
	);
	const cells = await readCells(db, versionId, index, positions.flat());
	const marks = marker(of, pointing, measure);
	return {
		measure,
		measures: of.measures.map(({ key, label }) => ({ key, label })),
		down: down.map(({ label }) => label),
		across: alone
			? null
			: {
					label: across.label,
					periods: across.categories.map(({ code, label }) => ({ code, label }))
				},
		rows: rows.map((codes, row) => ({
			labels: down.map((dimension, axis) => dimension.categories[codes[axis]!]!.label),
			cells: positions[row]!.map((position) => cells.get(position) ?? { value: null, status: 'm' }),
			marked: positions[row]!.map(marks)
		})),
		...signsOf(of, cells.values()),
		from,
		total,
		pointed: pointing ? inWords(of, pointing) : null
	};
}

/** Category places of the nth row, the last dimension fastest. */
function codesAt(down: Dimension[], row: number): number[] {
	const steps = strides(down);
	return down.map(({ categories }, axis) => Math.floor(row / steps[axis]!) % categories.length);
}

/** The first row it touches; null when it touches none. */
function placeOf(down: Dimension[], { where }: Pointing): number | null {
	const steps = strides(down);
	let row = 0;
	for (const [axis, { key, categories }] of down.entries()) {
		if (!where[key]) continue;
		const place = categories.findIndex(({ code }) => where[key]!.includes(code));
		if (place === -1) return null;
		row += place * steps[axis]!;
	}
	return row;
}

function marker(
	of: CubeShape,
	pointing: Pointing | null,
	measure: Measure
): (position: number) => boolean {
	if (!pointing || pointing.measure !== measure.key || inWords(of, pointing) === null)
		return () => false;
	const steps = strides(of.dimensions);
	return (position) =>
		of.dimensions.every(({ key, categories }, axis) => {
			const codes = pointing.where[key];
			const place = Math.floor(position / steps[axis]!) % categories.length;
			return !codes || codes.includes(categories[place]!.code);
		});
}

/** 'Anbragte børn, Mølleparken, 2017'; null when this version has no such place. */
function inWords(of: CubeShape, { measure, where }: Pointing): string | null {
	const found = of.measures.find(({ key }) => key === measure);
	const labels: string[] = [];
	for (const [key, codes] of Object.entries(where)) {
		const categories = of.dimensions.find((dimension) => dimension.key === key)?.categories;
		const here = categories?.filter(({ code }) => codes.includes(code)) ?? [];
		if (here.length === 0) return null;
		labels.push(here.map(({ label }) => label).join(' + '));
	}
	return found ? [found.label, ...labels].join(', ') : null;
}
