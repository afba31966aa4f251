import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { transact, type Sql } from '#lib/base/sql.server.ts';
import * as datasets from '#lib/data/datasets.server.ts';
import * as versions from '#lib/data/versions.server.ts';
import { cast } from '../support/cast.ts';
import { median } from './load.ts';

/**
 * A file imported as a person's would be (understood, checked for personal data, suppressed, compared,
 * stored) beside Postgres' own COPY of the same cells, in turn in one run: rows per second, and the ratio.
 */

const ROUNDS = 3;
const AREAS = 250;
const YEARS = 40;
const MEASURES = 10;

export async function measureImports(sql: Sql): Promise<string[][]> {
	const { else_, forumId } = await cast(sql);
	await sql`create unlogged table bench_cells (like cells)`;
	const rounds: { ours: number; copy: number }[] = [];
	for (let round = 0; round <= ROUNDS; round++) {
		const bytes = file(round);
		const id = await transact(
			(tx) =>
				datasets.create(tx, else_, { forumId, title: `Måling ${round}`, definition: 'Til måling' }),
			sql
		);
		const began = performance.now();
		await transact(
			(tx) => versions.store(tx, else_, id, { bytes, fileName: 'bench.csv', asOf: '2019-01-01' }),
			sql
		);
		const ours = performance.now() - began;
		const copy = await copied(sql, id);
		if (round > 0) rounds.push({ ours, copy });
	}
	const rows = AREAS * YEARS * MEASURES;
	const perSecond = (ms: number) => (rows / (ms / 1000)).toFixed(0);
	return [
		['import', 'rows/s', 'COPY rows/s', 'ratio'],
		[
			`a CSV of ${rows} rows`,
			perSecond(median(rounds.map((r) => r.ours))),
			perSecond(median(rounds.map((r) => r.copy))),
			median(rounds.map((r) => r.copy / r.ours)).toFixed(3)
		]
	];
}

/** Milliseconds that COPY takes for the cells the import stored. */
async function copied(sql: Sql, datasetId: string): Promise<number> {
	const rows = await sql<{ line: string }[]>`
		select concat_ws(E'\\t', c.version_id, c.measure, c.position, coalesce(c.value::text, '\\N'), c.status) || E'\\n' line
		from cells c join versions v on v.id = c.version_id where v.dataset_id = ${datasetId}`;
	const lines = rows.map((row) => row.line);
	await sql`truncate bench_cells`;
	const began = performance.now();
	await sql.begin(async (tx) => {
		const into = await tx`copy bench_cells from stdin`.writable();
		await pipeline(Readable.from(lines), into);
	});
	return performance.now() - began;
}

/** One row per area, year and measure, as a register exports them; a few counts are small. */
function file(seed: number): Uint8Array {
	const lines = ['Område;År;Nøgletal;Enhed;Værdi'];
	for (let area = 0; area < AREAS; area++)
		for (let year = 0; year < YEARS; year++)
			for (let measure = 0; measure < MEASURES; measure++)
				lines.push(
					`Område ${area};${1980 + year};Nøgletal ${measure};antal;${(area * 37 + year * 11 + measure * 7 + seed) % 900}`
				);
	return new TextEncoder().encode(`${lines.join('\r\n')}\r\n`);
}
