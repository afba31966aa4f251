import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import postgres from 'postgres';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startPostgres } from '#lib/base/postgres.server.ts';
import { eventually } from '../support/eventually.ts';

/** Each on a cluster of its own, in a folder closed to other users as people's home folders are. */
let dataDir = '';
let home = '';
beforeAll(async () => void (dataDir = await mkdtemp(join(tmpdir(), 'raadslag-test-'))));
afterAll(async () => {
	// As root it cannot live in that folder, and made itself another.
	for (const folder of [dataDir, home]) await rm(folder, { recursive: true, force: true });
});

async function value(url: string): Promise<unknown> {
	const db = postgres(url, { max: 1, onnotice: () => {}, connect_timeout: 2 });
	try {
		const [row] = await db`
			select current_setting('server_encoding') encoding, current_setting('data_directory') place`;
		home = dirname(row?.place);
		return row?.encoding;
	} finally {
		await db.end();
	}
}

test('the first to come starts it, the next joins, and the last to leave stops it', async () => {
	const first = await startPostgres({ dataDir });
	const second = await startPostgres({ dataDir });
	expect(first.joined).toBe(false);
	expect(second).toMatchObject({ joined: true, url: first.url });
	await first.stop();
	expect(await value(second.url)).toBe('UTF8'); // still served
	await second.stop();
	await expect(value(second.url)).rejects.toThrow();
});

test('two that start at the same moment share one server', async () => {
	const both = await Promise.all([startPostgres({ dataDir }), startPostgres({ dataDir })]);
	expect(both.map((one) => one.url)).toEqual([both[0].url, both[0].url]);
	expect(both.filter((one) => !one.joined)).toHaveLength(1);
	for (const one of both) await one.stop();
	await expect(value(both[0].url)).rejects.toThrow();
});

test('one left behind by a process that was killed is joined, and stopped after', async () => {
	const code = `
		import { startPostgres } from '#lib/base/postgres.server.ts';
		const { url } = await startPostgres({ dataDir: process.argv[1] });
		console.log(url);
		setInterval(() => {}, 1000);`;
	const child = spawn(process.execPath, ['--input-type=module', '-e', code, dataDir]);
	let said = '';
	child.stdout.on('data', (chunk) => void (said += chunk));
	const url = await eventually(() => /^postgres:\S+\n/.exec(said)?.[0].trim());
	child.kill('SIGKILL');
	await once(child, 'exit');
	expect(await value(url)).toBe('UTF8'); // it runs in a session of its own

	const joined = await startPostgres({ dataDir });
	expect(joined).toMatchObject({ joined: true, url });
	await joined.stop();
	await expect(value(url)).rejects.toThrow();
});

test('nobody comes in without the password of this clone', async () => {
	const embedded = await startPostgres({ dataDir });
	const { password } = new URL(embedded.url);
	expect(password.length).toBeGreaterThan(20);
	const wrong = embedded.url.replace(password, 'wrong');
	await expect(value(wrong)).rejects.toThrow(/password authentication failed/);
	await embedded.stop();
});
