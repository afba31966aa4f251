import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, it, test } from 'vitest';
import { sweep } from '#lib/data/spool.server.ts';
import { eventually } from '../support/eventually.ts';
import { freshDatabase } from '../support/database.ts';
import { snapshot } from '../support/snapshot.ts';
import { everything, furnish } from './place.ts';
import type { Order } from './importer.ts';

/** An import that is cut off by killing the process it runs in, at each point of its way. */

const database = await freshDatabase();
const place = await furnish(database.sql);
const folder = await mkdtemp(join(tmpdir(), 'raadslag-test-'));
afterAll(async () => {
	await database.drop();
	await rm(folder, { recursive: true });
});

const IMPORTER = fileURLToPath(new URL('./importer.ts', import.meta.url));

/** Runs one import in a process of its own, whose temporary files are in `folder`. */
async function run(
	order: Pick<Order, 'dieAt'>
): Promise<{ code: number | null; signal: string | null }> {
	const child = fork(IMPORTER, [], {
		env: { ...process.env, NODE_OPTIONS: '', TMPDIR: folder },
		execArgv: ['--disable-warning=ExperimentalWarning'],
		stdio: ['ignore', 'inherit', 'inherit', 'ipc']
	});
	const { else_: person, datasetId } = place;
	child.send({ url: database.url, person, datasetId, ...order } satisfies Order);
	const [code, signal] = (await once(child, 'exit')) as [number | null, string | null];
	return { code, signal };
}

const othersAtWork = () => database.sql<{ pid: number }[]>`
	select pid from pg_stat_activity
	where datname = current_database() and pid <> pg_backend_pid() and state <> 'idle'`;

const clean = { ends: { code: null, signal: 'SIGKILL' }, files: [] as string[] };

test.each([
	['while the file comes in', 'receiving'],
	['while it is read', 0.3],
	['when it is read', 0.8],
	['while its cells are stored', 0.9],
	['when all its cells are stored', 1]
] as const)('killed %s, it leaves nothing', async (_, dieAt) => {
	const before = await snapshot(database.sql);
	expect({ ends: await run({ dieAt }), files: await readdir(folder) }).toEqual(clean);
	await eventually(async () => (await othersAtWork()).length === 0, {
		what: 'Postgres has let go of what was begun'
	});
	expect(await snapshot(database.sql)).toEqual(before);
	expect(await everything(database.sql)).not.toContain('Mærkeligby');
});

it('not killed, it is stored whole', async () => {
	expect(await run({ dieAt: 'never' })).toEqual({ code: 0, signal: null });
	expect(await readdir(folder)).toEqual([]);
	const [stored] = await database.sql<{ n: number }[]>`select count(*)::int n from cells`;
	expect(stored).toEqual({ n: 60_000 });
});

it('what a killed process left in the spool is gone at the next start; the living keep theirs', async () => {
	const own = join(tmpdir(), `raadslag-upload-${process.pid}-test`);
	const dead = join(tmpdir(), 'raadslag-upload-999999999-test');
	for (const made of [own, dead]) {
		await mkdir(made, { recursive: true });
		await writeFile(join(made, 'upload'), 'Mærkeligby');
	}
	try {
		await sweep();
		const left = await readdir(tmpdir());
		expect(left).toContain(`raadslag-upload-${process.pid}-test`);
		expect(left).not.toContain('raadslag-upload-999999999-test');
	} finally {
		await rm(own, { recursive: true, force: true });
	}
});
