import { randomUUID } from 'node:crypto';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { transact, type Sql } from '#lib/base/sql.server.ts';
import * as datasets from '#lib/data/datasets.server.ts';
import * as versions from '#lib/data/versions.server.ts';
import type { Person } from '#lib/people/person.ts';
import { cast } from '../support/cast.ts';
import { median } from './load.ts';

/**
 * A file imported as a person's would be (understood, checked for personal data, suppressed, stored)
 * beside Postgres' own COPY of the same rows into a plain table, in turn in one run.
 */

const ROUNDS = 2;
/** Amounts are stored as they are; counts of people are guarded first, against every sum there is. */
const KINDS = [
	{ unit: 'kr.', name: 'amounts', most: 2.5, again: false },
	{ unit: 'antal', name: 'counts of people, guarded', most: null, again: false },
	{
		unit: 'antal',
		name: 'the same, beside what their owner published before',
		most: null,
		again: true
	}
] as const;
const [AREAS, YEARS, MEASURES] = [100, 50, 200];
const ROWS = AREAS * YEARS * MEASURES;

type Round = { ours: number; copy: number; memory: number; worst: number; told: number };

export async function measureImports(sql: Sql): Promise<string[][]> {
	const { else_, forumId } = await cast(sql);
	await sql`
		create table bench_plain (area text, year text, indicator text, unit text, value double precision)`;
	const lines = [
		[
			'import',
			'ours, s',
			'COPY, s',
			'ratio',
			'wanted',
			'memory, MB',
			'wanted',
			'longest stop, ms',
			'told'
		]
	];
	for (const { unit, name, most, again } of KINDS) {
		const rounds: Round[] = [];
		for (let round = 0; round <= ROUNDS; round++) {
			const bytes = file(unit, round);
			const copy = await copied(sql, bytes);
			// Another's first figures, or one's own again.
			const owner = again ? else_ : await another(sql, else_, forumId);
			const id = await transact(
				(tx) =>
					datasets.create(tx, owner, { forumId, title: `${name} ${round}`, definition: 'Måling' }),
				sql
			);
			const input = { bytes, fileName: 'bench.csv', asOf: '2019-01-01' };
			const hash = String(round).repeat(64); // taken while the file comes in
			const taken = await importing((onprogress) =>
				transact((tx) => versions.store(tx, owner, id, { ...input, hash, onprogress }), sql)
			);
			if (round > 0) rounds.push({ ...taken, copy }); // the first one warms both
		}
		const ratio = median(rounds.map(({ ours, copy }) => ours / copy));
		const of = (key: keyof Round) => median(rounds.map((round) => round[key]));
		lines.push([
			`a CSV of ${ROWS} rows: ${name}`,
			(of('ours') / 1000).toFixed(2),
			(of('copy') / 1000).toFixed(2),
			ratio.toFixed(2),
			most === null ? '–' : `≤ ${most} (${ratio <= most ? 'holds' : 'BROKEN'})`,
			of('memory').toFixed(0),
			of('memory') <= 300 ? '≤ 300 (holds)' : '≤ 300 (BROKEN)',
			of('worst').toFixed(0),
			of('told').toFixed(0)
		]);
	}
	return lines;
}

async function another(sql: Sql, like: Person, forumId: string): Promise<Person> {
	const email = `${randomUUID()}@bench.example`;
	const [row] = await sql<{ id: string }[]>`
		insert into persons (name, email, password_hash, department_id)
		select name, ${email}, password_hash, department_id from persons where id = ${like.id} returning id`;
	await sql`
		insert into members (forum_id, person_id, role, chair)
		select ${forumId}, ${row!.id}, role, chair from members where person_id = ${like.id} and forum_id = ${forumId}`;
	return { ...like, id: row!.id, email };
}

/** Memory above what was there, and the longest this process' event loop stood still. */
async function importing(
	store: (onprogress: () => void) => Promise<unknown>
): Promise<Omit<Round, 'copy'>> {
	const idle = process.memoryUsage.rss();
	let [top, told] = [idle, 0];
	const watch = setInterval(() => (top = Math.max(top, process.memoryUsage.rss())), 10);
	const loop = monitorEventLoopDelay({ resolution: 5 });
	loop.enable();
	const began = performance.now();
	await store(() => told++);
	const ours = performance.now() - began;
	clearInterval(watch);
	loop.disable();
	return { ours, memory: (top - idle) / 2 ** 20, worst: loop.max / 1e6, told };
}

/** Milliseconds that COPY takes for the same bytes. */
async function copied(sql: Sql, bytes: Uint8Array): Promise<number> {
	await sql`truncate bench_plain`;
	const parts = function* () {
		for (let at = 0; at < bytes.length; at += 2 ** 18) yield bytes.subarray(at, at + 2 ** 18);
	};
	const began = performance.now();
	await sql.begin(async (tx) => {
		const into = await tx`
			copy bench_plain from stdin with (format csv, delimiter ';', header true)`.writable();
		await pipeline(Readable.from(parts()), into);
	});
	return performance.now() - began;
}

/** One row per area, year and measure, as a register exports them; a few counts are small. */
function file(unit: string, seed: number): Uint8Array {
	const lines = ['Område;År;Nøgletal;Enhed;Værdi'];
	for (let area = 0; area < AREAS; area++)
		for (let year = 0; year < YEARS; year++)
			for (let measure = 0; measure < MEASURES; measure++) {
				const value = (area * 7919 + year * 104729 + measure * 1299709 + seed) % 90_000;
				lines.push(`Område ${area};${1970 + year};Nøgletal ${measure};${unit};${value}`);
			}
	return new TextEncoder().encode(`${lines.join('\r\n')}\r\n`);
}
