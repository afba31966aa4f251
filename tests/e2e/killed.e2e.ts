import { createHash } from 'node:crypto';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { transact } from '#lib/base/sql.server.ts';
import { understand } from '#lib/data/formats/formats.ts';
import * as sessions from '#lib/people/sessions.server.ts';
import { startApp, type App } from '../support/app.ts';
import { cast } from '../support/cast.ts';
import { freshDatabase } from '../support/database.ts';
import { eventually } from '../support/eventually.ts';
import { snapshot } from '../support/snapshot.ts';

/** The built server is killed in the middle of an import that comes over HTTP: nothing remains of it. */

const bytes = Buffer.from(
	`Område;År;Tal\n${Array.from({ length: 200_000 }, (_, row) => `Mærkeligby ${row % 2000};${1900 + Math.floor(row / 2000)};${row * 7}`).join('\n')}\n`
);

/** Sends the file as the import page does, and tells each share it hears. Resolves to the last line; null when the line is cut. */
function send(
	app: App,
	headers: Record<string, string>,
	told: object,
	onshare: (share: number) => void
): Promise<{ ok?: unknown; error?: unknown } | null> {
	return new Promise((resolve) => {
		const { hostname, port } = new URL(app.url);
		const asked = request(
			{
				host: hostname,
				port,
				path: '/f/chefer/data/import',
				method: 'PUT',
				headers: {
					...headers,
					// without a content type SvelteKit takes a request to have no body
					'content-type': 'application/octet-stream',
					accept: 'application/x-ndjson',
					origin: app.url
				}
			},
			(response) => {
				let last = '';
				let rest = '';
				response.setEncoding('utf8');
				response.on('data', (piece: string) => {
					const lines = (rest + piece).split('\n');
					rest = lines.pop()!;
					for (const line of lines) {
						const { share } = JSON.parse((last = line));
						if (share !== undefined) onshare(share);
					}
				});
				response.on('end', () => resolve(JSON.parse(rest || last)));
				response.on('error', () => resolve(null));
			}
		);
		asked.on('error', () => resolve(null));
		asked.write(`${JSON.stringify(told)}\n`);
		asked.end(bytes);
	});
}

test('killed while it reads and while it stores, it leaves nothing; started again, the import goes through', async () => {
	test.setTimeout(300_000);
	const db = await freshDatabase();
	const spool = await mkdtemp(join(tmpdir(), 'raadslag-test-'));
	try {
		const people = await cast(db.sql);
		const { token } = await transact((tx) => sessions.open(tx, people.else_, 'test'), db.sql);
		const headers = { cookie: `${sessions.COOKIE}=${token}` };
		const told = {
			description: {
				title: 'Mærkeligt',
				definition: 'Tal for mange områder',
				ownerId: people.else_.id
			},
			recipe: understand(new Uint8Array(bytes)).recipe,
			hash: createHash('sha256').update(bytes).digest('hex'),
			fileName: 'tal.csv',
			asOf: '2019-01-01',
			confirmations: []
		};
		const before = await snapshot(db.sql);
		for (const when of [0.2, 0.82]) {
			const app = await startApp(db.url, { TMPDIR: spool });
			let killed = false;
			const answer = await send(app, headers, told, (share) => {
				if (share >= when && !killed) killed = process.kill(app.pid, 'SIGKILL');
			});
			expect([when, killed, answer]).toEqual([when, true, null]);
			await eventually(async () => (await others(db.sql)) === 0, {
				what: 'Postgres has let go of what was begun'
			});
			expect(await snapshot(db.sql)).toEqual(before);
			expect(await readdir(spool)).toEqual([]);
			expect(app.output()).not.toContain('Mærkeligby');
		}
		const app = await startApp(db.url, { TMPDIR: spool });
		const shares: number[] = [];
		const answer = await send(app, headers, told, (share) => shares.push(share));
		await app.stop();
		expect(answer).toMatchObject({ ok: { number: 1 } });
		expect(new Set(shares).size).toBeGreaterThan(3);
		expect(shares).toEqual(shares.toSorted((a, b) => a - b));
		const [stored] = await db.sql<{ n: number }[]>`select count(*)::int n from cells`;
		expect(stored).toEqual({ n: 200_000 });
	} finally {
		await db.drop();
		await rm(spool, { recursive: true, force: true });
	}
});

async function others(sql: Awaited<ReturnType<typeof freshDatabase>>['sql']): Promise<number> {
	const [row] = await sql<{ n: number }[]>`
		select count(*)::int n from pg_stat_activity
		where datname = current_database() and pid <> pg_backend_pid() and state <> 'idle'`;
	return row!.n;
}
