import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { migrate } from '#lib/base/migrate.server.ts';
import { startPostgres, type Embedded } from '#lib/base/postgres.server.ts';
import { connect, type Sql } from '#lib/base/sql.server.ts';
import * as versions from '#lib/data/versions.server.ts';
import { snapshot } from '../support/snapshot.ts';
import { utf8 } from './bytes.ts';
import { everything, furnish } from './place.ts';

/** Postgres dies in the middle of an import: on a cluster of its own, that keeps what it promised. */

let dataDir = '';
let home = '';
let server: Embedded;
beforeAll(async () => {
	dataDir = await mkdtemp(join(tmpdir(), 'raadslag-test-'));
	server = await startPostgres({ dataDir });
}, 120_000);
afterAll(async () => {
	await server.stop();
	// As root it cannot live in that folder, and made itself another.
	for (const folder of [dataDir, home]) await rm(folder, { recursive: true, force: true });
});

const file = utf8(
	`Område;År;Tal\n${Array.from({ length: 60_000 }, (_, row) => `Mærkeligby ${row % 600};${1900 + Math.floor(row / 600)};${row * 7}`).join('\n')}\n`
);

/** SIGKILL to the one whose death ends all of its processes. */
async function kill(sql: Sql): Promise<void> {
	const [row] = await sql<{ pid: string; place: string }[]>`
		select split_part(pg_read_file('postmaster.pid'), chr(10), 1) pid, current_setting('data_directory') place`;
	home = dirname(row!.place);
	process.kill(Number(row!.pid), 'SIGKILL');
}

test.each([
	['while the file is read', 0.3],
	['while its cells are stored', 0.85]
])(
	'%s, nothing remains, and the next import works',
	async (_, when) => {
		const first = connect(server.url, { max: 4 });
		await migrate(first);
		await first`truncate forums, departments, persons cascade`;
		const place = await furnish(first);
		const before = await snapshot(first);
		let dead: Promise<void> | undefined;
		const importing = place.store(file, {
			onprogress: (share) => {
				if (share >= when) dead ??= kill(first);
			}
		});
		await expect(importing).rejects.toThrow();
		await dead;
		await first.end({ timeout: 1 });

		server = await startPostgres({ dataDir });
		const sql = connect(server.url, { max: 4 });
		try {
			expect(await snapshot(sql)).toEqual(before);
			expect(await everything(sql)).not.toContain('Mærkeligby');
			await sql.begin((tx) =>
				versions.store(tx as never, place.else_, place.datasetId, {
					bytes: file,
					fileName: 'tal.csv',
					asOf: '2018-08-01'
				})
			);
			const [stored] = await sql<{ n: number }[]>`select count(*)::int n from cells`;
			expect(stored).toEqual({ n: 60_000 });
		} finally {
			await sql.end();
		}
	},
	180_000
);
