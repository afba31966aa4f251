import { createHash } from 'node:crypto';
import { databaseAt, databaseName, dropDatabase, onServer } from '#lib/base/database.server.ts';
import { migrate, migrations } from '#lib/base/migrate.server.ts';
import { startPostgres } from '#lib/base/postgres.server.ts';
import { connect } from '#lib/base/sql.server.ts';
import type { Sql } from '#lib/base/sql.server.ts';
import { dropLent, take } from './lent.ts';

/**
 * Real Postgres for tests: one migrated template, made when the migrations have changed, and a copy
 * of it for whoever asks. `setup` runs before all tests of a run; the workers inherit what it sets.
 */

const SERVER = 'TEST_SERVER_URL';
const TEMPLATE = 'TEST_TEMPLATE';
/** The process that began the run: databases are named by it, so that what a cut-off run left is known. */
const RUN = 'TEST_RUN';

export default async function setup(): Promise<() => Promise<void>> {
	// Durability costs half the time, and a test database need not survive a power cut.
	const settings = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' };
	const given = process.env.DATABASE_URL;
	const embedded = given ? undefined : await startPostgres({ dataDir: '.data/test', settings });
	const server = embedded?.url ?? given ?? '';
	const template = await prepareTemplate(server);
	Object.assign(process.env, { [SERVER]: server, [TEMPLATE]: template, [RUN]: `${process.pid}` });
	return async () => {
		await sweep(server);
		await embedded?.stop();
	};
}

export type TestDatabase = { sql: Sql; url: string; drop: () => Promise<void> };

let made = 0;

/** A database of its own with the whole schema and nothing in it. `empty` leaves the schema out too. */
export async function freshDatabase(options: { empty?: boolean } = {}): Promise<TestDatabase> {
	const server = process.env[SERVER];
	const template = process.env[TEMPLATE];
	if (!server || !template) throw new Error('no test server: run through vitest or playwright');
	if (!options.empty) {
		const { url, leave } = await take(server, template);
		return opened(url, leave);
	}
	const url = databaseAt(server, `test_${process.pid}_${Date.now().toString(36)}_${made++}`);
	await onServer(server, (db) => db`create database ${db(databaseName(url))} template template0`);
	return opened(url, () => dropDatabase(url));
}

/**
 * A database of its own that holds what `fill` puts into an empty one: made once for the whole run, then copied.
 */
export async function filledDatabase(
	name: string,
	fill: (sql: Sql) => Promise<void>
): Promise<TestDatabase> {
	const server = process.env[SERVER]!;
	const url = databaseAt(
		server,
		`test_${process.env[RUN]}_${Date.now().toString(36)}_${process.pid}`
	);
	const model = `test_${process.env[RUN]}_${name}`;
	await onServer(server, async (db) => {
		await db`select pg_advisory_lock(hashtext('raadslag filled database'))`;
		if ((await db`select 1 from pg_database where datname = ${model}`).length === 0) {
			const half = `${model}_half`;
			await db`drop database if exists ${db(half)}`;
			await db`create database ${db(half)} template ${db(process.env[TEMPLATE]!)}`;
			const sql = connect(databaseAt(server, half));
			await fill(sql).finally(() => sql.end());
			await db`alter database ${db(half)} rename to ${db(model)}`;
		}
		await db`create database ${db(databaseName(url))} template ${db(model)}`;
	});
	return opened(url, () => dropDatabase(url));
}

function opened(url: string, leave: () => Promise<void>): TestDatabase {
	const sql = connect(url, { max: 10 });
	const drop = async () => {
		await sql.end({ timeout: 1 });
		await leave();
	};
	return { sql, url, drop };
}

async function prepareTemplate(server: string): Promise<string> {
	const hash = createHash('sha256').update(JSON.stringify(await migrations()));
	const name = `template_${hash.digest('hex').slice(0, 16)}`;
	await onServer(server, async (db) => {
		await db`select pg_advisory_lock(hashtext('raadslag test template'))`;
		if ((await db`select 1 from pg_database where datname = ${name}`).length > 0) return;
		const half = `${name}_half`;
		await db`drop database if exists ${db(half)}`;
		await db`create database ${db(half)} template template0`;
		const sql = connect(databaseAt(server, half), { max: 1 });
		await migrate(sql).finally(() => sql.end());
		await db`alter database ${db(half)} rename to ${db(name)}`;
	});
	return name;
}

/** Drops what runs that were cut off left behind: databases whose process is gone. */
async function sweep(server: string): Promise<void> {
	await dropLent(server);
	const names = await onServer(
		server,
		(db) =>
			db<{ name: string }[]>`select datname name from pg_database where datname ~ '^test_\\d+_'`
	);
	for (const { name } of names)
		if (!running(Number(name.split('_')[1])) || name.startsWith(`test_${process.pid}_`))
			await dropDatabase(databaseAt(server, name));
}

function running(pid: number): boolean {
	try {
		return process.kill(pid, 0);
	} catch (error) {
		return (error as NodeJS.ErrnoException).code === 'EPERM';
	}
}
