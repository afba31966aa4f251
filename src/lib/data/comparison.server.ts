import { Readable } from 'node:stream';
import type { Db } from '../base/sql.server.ts';
import { refuse } from '../base/errors.ts';
import type { Person } from '../people/person.ts';
import { compare, differences, percentChange, type Changes } from './compare.ts';
import type { Cube, CubeShape } from './cube.ts';
import { renames } from './mappings.server.ts';
import type { Renames } from './mapping.ts';
import { quoted, written } from './write/csv.ts';
import { byNumber, load, type Version } from './versions.server.ts';

/** Any two versions of a dataset beside each other (D2), through categories said to be the same. */

export type Comparison = {
	from: Pick<Version, 'id' | 'number' | 'asOf'>;
	to: Pick<Version, 'id' | 'number' | 'asOf'>;
	/** The later version's. */
	shape: CubeShape;
	changes: Changes;
	/** The first row shown, of `changes.revised` and `changes.status` alike. */
	start: number;
};

export const ROWS = 100;

/** Judged as reading the dataset. The earlier version is `from`, whichever way round they are asked for. */
export async function comparison(
	db: Db,
	person: Person,
	datasetId: string,
	asked: { from: number; to: number; measure?: string | null; start?: number }
): Promise<Comparison> {
	const { from, to, before, after, known } = await both(db, person, datasetId, asked);
	const start = Math.max(0, asked.start ?? 0);
	const window = { from: start, most: ROWS, measure: asked.measure };
	return {
		from: named(from),
		to: named(to),
		shape: to.shape,
		changes: compare(before, after, known, window),
		start
	};
}

/** Every difference as Danish CSV: place, both numbers, the change in per cent. A suppressed number is empty. */
export async function comparisonCsv(
	db: Db,
	person: Person,
	datasetId: string,
	asked: { from: number; to: number; measure?: string | null },
	heading: { measure: string; old: string; now: string; percent: string }
): Promise<ReadableStream<Uint8Array>> {
	const { from, to, before, after, known } = await both(db, person, datasetId, asked);
	function* lines(): Generator<string> {
		const { dimensions, measures } = after.shape;
		const columns = [
			heading.measure,
			...dimensions.map(({ label }) => label),
			`${heading.old} (${from.number})`,
			`${heading.now} (${to.number})`,
			heading.percent
		];
		yield `\ufeff${columns.map(quoted).join(';')}\r\n`;
		const labels = new Map(measures.map(({ key, label }) => [key, label]));
		const places = dimensions.map(
			({ categories }) => new Map(categories.map(({ code, label }) => [code, label]))
		);
		for (const one of differences(before, after, known, asked.measure)) {
			const change =
				one.from.status === 'v' && one.to.status === 'v'
					? percentChange(one.from.value!, one.to.value!)
					: null;
			yield `${[
				quoted(labels.get(one.measure)!),
				...dimensions.map(({ key }, axis) => quoted(places[axis]!.get(one.coordinates[key]!)!)),
				written(one.from),
				written(one.to),
				change === null ? '' : change.toFixed(1).replace('.', ',')
			].join(';')}\r\n`;
		}
	}
	return Readable.toWeb(
		Readable.from(lines(), { objectMode: false })
	) as ReadableStream<Uint8Array>;
}

type Both = { from: Version; to: Version; before: Cube; after: Cube; known: Renames };

async function both(
	db: Db,
	person: Person,
	datasetId: string,
	{ from: a, to: b }: { from: number; to: number }
): Promise<Both> {
	if (a === b) refuse('data.same_version');
	const [from, to] = [
		await byNumber(db, person, datasetId, Math.min(a, b)),
		await byNumber(db, person, datasetId, Math.max(a, b))
	];
	const [before, after, known] = await Promise.all([
		load(db, from.id),
		load(db, to.id),
		renames(db, datasetId)
	]);
	return { from, to, before, after, known };
}

const named = ({ id, number, asOf }: Version) => ({ id, number, asOf });
