import { cp, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { migrate } from '#lib/base/migrate.server.ts';
import type { Tx } from '#lib/base/sql.server.ts';
import { BLOCK, blocksOf, fillFrom } from '#lib/data/blocks.ts';
import { Cells } from '#lib/data/cells.ts';
import type { Cell } from '#lib/data/cube.ts';
import { freshDatabase } from '../support/database.ts';

const db = await freshDatabase();
afterAll(() => db.drop());

const VERSION = '00000000-0000-4000-8000-000000000001';
const room = 20_000;
// Without −0, which is 0 to whoever reads it.
const cell = fc.oneof(
	fc
		.double({ noNaN: true, noDefaultInfinity: true })
		.map((value): Cell => ({ value: value + 0, status: 'v' })),
	fc.constantFrom<Cell>({ value: null, status: 'm' }, { value: null, status: 's' })
);
const position = fc.oneof(fc.nat(room - 1), fc.nat(300), fc.constantFrom(1023, 1024, 2047, 2048));
const some = fc
	.array(fc.tuple(position, cell), { maxLength: 400, size: 'max' })
	.map((cells) => new Cells(room, cells));

/** Versions that are nobody's: what refers to others is not asked for. */
const alone = <T>(work: (tx: Tx) => Promise<T>) =>
	db.sql.begin(async (tx) => {
		await tx`set local session_replication_role = replica`;
		const result = await work(tx as Tx);
		await tx`delete from cell_blocks`;
		return result;
	});

async function store(tx: Tx, cells: Cells) {
	for (const { first, statuses, numbers } of blocksOf(cells))
		await tx`insert into cell_blocks values (${VERSION}, 0, ${first}, ${statuses}, ${numbers}::float8[])`;
}

describe('cells in blocks', () => {
	it('come back as they were, and no block reaches over a multiple of 1,024', () => {
		fc.assert(
			fc.property(some, (cells) => {
				const back = new Cells(room);
				for (const block of blocksOf(cells)) {
					const last = block.first + block.statuses.length - 1;
					expect(Math.floor(block.first / BLOCK)).toBe(Math.floor(last / BLOCK));
					expect(block.statuses).toMatch(/^[vms](.*[vms])?$/);
					expect(block.statuses).not.toMatch(/\.{65}/);
					fillFrom(back, block);
				}
				expect([...back]).toEqual([...cells]);
			})
		);
	});

	it('read as a row each, by who asks in SQL', async () => {
		await fc.assert(
			fc.asyncProperty(some, async (cells) => {
				const rows = await alone(async (tx) => {
					await store(tx, cells);
					return await tx`select position, value, status from cells order by position`;
				});
				const plain = [...cells].map(([position, cell]) => ({ position, ...cell }));
				expect([...rows]).toEqual(plain);
			}),
			{ numRuns: 8 }
		);
	});

	it.each([
		['a number for a suppressed cell', 0, 'vs', '{1,2}'],
		['a missing number', 0, 'vv', '{1,null}'],
		['another letter', 0, 'vx', '{1}'],
		['a block over the edge', 1023, 'vv', '{1,2}'],
		['nothing', 0, '', '{}']
	])('refuse %s', async (_, first, statuses, numbers) => {
		await expect(
			db.sql`insert into cell_blocks values (${VERSION}, 0, ${first}, ${statuses}, ${numbers}::float8[])`
		).rejects.toThrow('check constraint');
	});
});

it('cells stored a row each are carried over, every one', async () => {
	const folder = await mkdtemp(join(tmpdir(), 'raadslag-migrations-'));
	const old = await freshDatabase({ empty: true });
	try {
		for (const file of await readdir('migrations'))
			if (file < '0019' && /^\d/.test(file)) await cp(join('migrations', file), join(folder, file));
		await migrate(old.sql, folder);
		const blocks = await readFile('migrations/0019_cell_blocks.sql', 'utf8');
		const [before, after] = (await old.sql.begin(async (tx) => {
			await tx`set local session_replication_role = replica`;
			await tx`
				insert into cells (version_id, measure, position, value, status)
				select ${VERSION}::uuid, m, p * p % 5000 + p, case when p % 7 > 1 then p / 8.0 end,
					(case p % 7 when 0 then 'm' when 1 then 's' else 'v' end)::"char"
				from generate_series(0, 2) m, generate_series(1, 900, m + 1) p
				on conflict do nothing`;
			const all = () =>
				tx`select version_id, measure, position, value, status from cells order by 1, 2, 3`;
			const before = [...(await all())];
			await tx.unsafe(blocks);
			return [before, [...(await all())]];
		})) as [unknown[], unknown[]];
		expect(before.length).toBeGreaterThan(1000);
		expect(after).toEqual(before);
	} finally {
		await old.drop();
		await rm(folder, { recursive: true });
	}
});
