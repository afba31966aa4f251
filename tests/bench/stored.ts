import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { transact, type Sql, type Tx } from '#lib/base/sql.server.ts';
import { blocksOf } from '#lib/data/blocks.ts';
import { NOTHING_ASKED } from '#lib/data/catalogue.ts';
import * as catalogue from '#lib/data/catalogue.server.ts';
import { slice } from '#lib/data/cells.server.ts';
import { Cells } from '#lib/data/cells.ts';
import type { CubeShape } from '#lib/data/cube.ts';
import * as datasets from '#lib/data/datasets.server.ts';
import { cast, type Cast } from '../support/cast.ts';

/** With 1,000 indicators × 98 municipalities × 60 months stored: one figure's slice, and a search. */

const [DATASETS, MEASURES, AREAS, MONTHS] = [50, 20, 98, 60];
const TIMES = 400;
const WORDS = [
	'fravær',
	'sygefravær',
	'elever',
	'budget',
	'ledige unge',
	'hjemmepleje',
	'skole 12'
];
const THINGS = ['Skolefravær', 'Sygefravær', 'Elever', 'Budgetafvigelse', 'Ledige', 'Hjemmepleje'];

export async function measureStored(sql: Sql): Promise<string[][]> {
	const place = await cast(sql);
	const versions: string[] = [];
	for (let at = 0; at < DATASETS; at++) versions.push(await stored(sql, place, at));
	await sql`analyze`;
	const pick = <T>(items: readonly T[], time: number) => items[(time * 7919) % items.length]!;
	/** The least there is to do: the blocks of one measure come to the server, or names by one indexed query. */
	const blocks = (time: number) => sql`
		select first, statuses, numbers::text from cell_blocks
		where version_id = ${pick(versions, time)} and measure = ${time % MEASURES}`;
	const names = (time: number) => sql`
		select label from indicators
		where search @@ to_tsquery('danish', ${pick(WORDS, time).replaceAll(' ', '|')})
		order by ts_rank(search, to_tsquery('danish', ${pick(WORDS, time).replaceAll(' ', '|')})) desc limit 61`;
	const lines: Line[] = [
		{
			name: 'one figure: 5 municipalities, 60 months',
			most: 15,
			floor: blocks,
			ask: (time) =>
				slice(sql, pick(versions, time), `n${time % MEASURES}`, {
					area: [0, 1, 2, 3, 4].map((step) => `k${(time + step * 17) % AREAS}`)
				})
		},
		{
			name: 'one figure: 98 municipalities, one month',
			most: 15,
			floor: blocks,
			ask: (time) =>
				slice(sql, pick(versions, time), `n${time % MEASURES}`, { month: [`m${time % MONTHS}`] })
		},
		{
			name: 'a search among 1,000 indicators',
			most: 30,
			floor: names,
			ask: (time) =>
				catalogue.find(sql, place.else_, place.forumId, { ...NOTHING_ASKED, q: pick(WORDS, time) })
		}
	];
	const rows = [['with 5,880,000 cells', 'p50, ms', 'p95, ms', 'the least, p95', 'wanted']];
	for (const { name, ask, floor, most } of lines) {
		const { ours, least } = await inTurn(ask, floor);
		const p95 = at(ours, 0.95);
		rows.push([
			name,
			at(ours, 0.5).toFixed(1),
			p95.toFixed(1),
			at(least, 0.95).toFixed(1),
			`≤ ${most} (${p95 <= most ? 'holds' : 'BROKEN'})`
		]);
	}
	return rows;
}

type Ask = (time: number) => PromiseLike<unknown>;
type Line = { name: string; most: number; floor: Ask; ask: Ask };

/** Both under the same load, one after the other; the first ones warm them. */
async function inTurn(ask: Ask, floor: Ask): Promise<{ ours: number[]; least: number[] }> {
	const [ours, least]: [number[], number[]] = [[], []];
	for (let time = 0; time < TIMES; time++)
		for (const [one, times] of [
			[ask, ours],
			[floor, least]
		] as const) {
			const began = performance.now();
			await one(time);
			if (time >= 20) times.push(performance.now() - began);
		}
	for (const times of [ours, least]) times.sort((a, b) => a - b);
	return { ours, least };
}

const at = (times: number[], share: number) => times[Math.floor(times.length * share)]!;

async function stored(sql: Sql, { else_, forumId }: Cast, at: number): Promise<string> {
	const thing = THINGS[at % THINGS.length]!;
	const id = await transact(
		(tx) =>
			datasets.create(tx, else_, {
				forumId,
				title: `${thing} ${at}`,
				definition: `${thing} i kommunerne, opgjort hver måned`
			}),
		sql
	);
	return await transact(async (tx: Tx) => {
		const [row] = await tx<{ id: string }[]>`
			insert into versions (dataset_id, number, as_of, file_name, file_hash, recipe, shape, imported_by)
			values (${id}, 1, '2019-01-01', 'bench', ${`${at}`}, '{}', ${tx.json(shapeOf(thing) as never)}, ${else_.id})
			returning id`;
		const into = await tx`
			copy cell_blocks (version_id, measure, first, statuses, numbers) from stdin`.writable();
		await pipeline(Readable.from(lines(row!.id, at)), into);
		return row!.id;
	}, sql);
}

function* lines(version: string, at: number): Generator<string> {
	for (let measure = 0; measure < MEASURES; measure++) {
		const cells = new Cells(AREAS * MONTHS);
		for (let position = 0; position < AREAS * MONTHS; position++)
			cells.setValue(position, (at * 31 + measure * 7919 + position * 104729) % 90_000);
		for (const { first, statuses, numbers } of blocksOf(cells))
			yield `${version}\t${measure}\t${first}\t${statuses}\t${numbers}\n`;
	}
}

const shapeOf = (thing: string): CubeShape => ({
	dimensions: [
		{ key: 'area', label: 'Kommune', role: 'area', categories: named('k', 'Kommune', AREAS) },
		{ key: 'month', label: 'Måned', role: 'time', categories: named('m', '2019M', MONTHS) }
	],
	measures: Array.from({ length: MEASURES }, (_, index) => ({
		key: `n${index}`,
		label: `${thing} ${THINGS[index % THINGS.length]!.toLowerCase()} ${index}`,
		unit: 'antal',
		decimals: 0,
		countsPeople: false,
		additive: true
	}))
});

const named = (code: string, label: string, count: number) =>
	Array.from({ length: count }, (_, at) => ({ code: `${code}${at}`, label: `${label} ${at}` }));
