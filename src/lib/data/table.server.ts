import { Readable } from 'node:stream';
import type { Db } from '../base/sql.server.ts';
import { refuse } from '../base/errors.ts';
import { readCells } from './cells.server.ts';
import type { Cell, CubeShape, Dimension, Measure } from './cube.ts';
import { gridSize, measureIndex, strides } from './grid.ts';
import { load, shape } from './versions.server.ts';

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

/**
 * A whole version as Danish CSV: UTF-8 with BOM, semicolons, decimal comma. A suppressed cell is empty,
 * a missing one `..`. What a spreadsheet would run is defused.
 */
export function csvOf(db: Db, versionId: string): ReadableStream<Uint8Array> {
	return Readable.toWeb(
		Readable.from(csvLines(db, versionId), { objectMode: false })
	) as ReadableStream<Uint8Array>;
}

async function* csvLines(db: Db, versionId: string): AsyncGenerator<string> {
	const { shape: of, cells } = await load(db, versionId);
	const steps = strides(of.dimensions);
	const heading = [
		...of.dimensions.map(({ label }) => label),
		...of.measures.map(({ label, unit }) => (unit ? `${label} (${unit})` : label))
	];
	yield `\ufeff${heading.map(quoted).join(';')}\r\n`;
	const positions = [...new Set(cells.flatMap((one) => [...one.keys()]))].sort((a, b) => a - b);
	let lines = '';
	for (const position of positions) {
		const labels = of.dimensions.map(({ categories }, axis) =>
			quoted(categories[Math.floor(position / steps[axis]!) % categories.length]!.label)
		);
		const numbers = cells.map((one) => written(one.get(position)));
		lines += `${[...labels, ...numbers].join(';')}\r\n`;
		if (lines.length > 50_000) {
			yield lines;
			lines = '';
		}
	}
	if (lines !== '') yield lines;
}

const written = (cell: Cell | undefined) =>
	!cell || cell.status === 'm'
		? '..'
		: cell.status === 's'
			? ''
			: String(cell.value).replace('.', ',');

function quoted(text: string): string {
	const safe = /^[=+@\t\r]|^-.*[|!(=]/.test(text) ? `'${text}` : text;
	return /[;"\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
