import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { mend, MENDS } from '#lib/base/driver.server.ts';
import { connect } from '#lib/base/sql.server.ts';
import { freshDatabase } from '../support/database.ts';
import { eventually } from '../support/eventually.ts';

test.each(Object.keys(MENDS))('%s still reads as it did when it was mended', async (file) => {
	const source = await readFile(`node_modules/${file}`, 'utf8');
	expect(mend(`file:///node_modules/${file}`, source)).not.toBe(source);
});

/** A pool of one, so whatever a dead connection leaves behind is met by the next query. */
async function poolOfOne() {
	const { sql, url, drop } = await freshDatabase();
	const pool = connect(url, { max: 1 });
	const pid = async () => (await pool<{ pid: number }[]>`select pg_backend_pid() pid`)[0]!.pid;
	const end = async () => {
		await pool.end({ timeout: 1 });
		await drop();
	};
	return { sql, pool, pid, end };
}

test('a transaction whose connection dies is refused, and the pool goes on', async () => {
	const { sql, pool, pid, end } = await poolOfOne();
	for (let round = 0; round < 5; round++) {
		const dying = pool.begin(async (tx) => {
			const [{ me }] = await tx<[{ me: number }]>`select pg_backend_pid() me`;
			const sleeping = tx`select pg_sleep(30)`;
			await eventually(
				() => sql`select 1 from pg_stat_activity where pid = ${me} and query like '%sleep%'`
			);
			await sql`select pg_terminate_backend(${me})`;
			await sleeping;
		});
		await expect(dying).rejects.toThrow();
		expect(await pid()).toBeGreaterThan(0);
		expect(await pid()).toBeGreaterThan(0);
	}
	await end();
});

test('what is left of a dead transaction never runs inside another', async () => {
	const { sql, pool, end } = await poolOfOne();
	await sql`create table written (what text)`;
	let go!: () => void;
	const later = new Promise<void>((resolve) => (go = resolve));
	let left: Promise<unknown> | undefined;
	const dead = pool.begin(async (tx) => {
		const [{ me }] = await tx<[{ me: number }]>`select pg_backend_pid() me`;
		await sql`select pg_terminate_backend(${me})`;
		await later;
		left = tx`insert into written values ('left over')`;
		await left;
	});
	await expect(dead).rejects.toThrow();
	await pool.begin(async (tx) => {
		await tx`insert into written values ('mine')`;
		go();
		await later;
		await left?.catch(() => {});
	});
	await expect(left).rejects.toThrow();
	expect(await sql`select what from written`).toEqual([{ what: 'mine' }]);
	await end();
});

test('a connection that dies with bytes unsent is replaced', async () => {
	const { sql, pid, end } = await poolOfOne();
	for (let round = 0; round < 20; round++) {
		const me = await pid();
		const kill = sql`select pg_terminate_backend(${me})`.execute();
		// One query after the other, so that some are under way, or only buffered, at the end.
		let alive = true;
		void kill.then(() => (alive = false));
		while (alive) await pid().catch(() => {});
		await eventually(pid, { within: 5_000, what: 'an answer' });
	}
	expect(await pid()).toBeGreaterThan(0);
	await end();
});
