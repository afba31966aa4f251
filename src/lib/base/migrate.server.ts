import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Sql } from './sql.server.ts';

/** Forward only: `migrations/0001_name.sql`, each run once, in order, in a transaction of its own. */

const FOLDER = 'migrations';
const LOCK = 7263840; // any number, the same in every process: two starting at once take turns

export type Migration = { number: number; name: string; sql: string };

export async function migrations(folder = FOLDER): Promise<Migration[]> {
	const files = (await readdir(folder)).filter((file) => /^\d{4}_.+\.sql$/.test(file)).sort();
	return await Promise.all(
		files.map(async (file) => ({
			number: Number(file.slice(0, 4)),
			name: file,
			sql: await readFile(join(folder, file), 'utf8')
		}))
	);
}

/** Brings the database up to date. Returns the names it ran. */
export async function migrate(db: Sql, folder = FOLDER): Promise<string[]> {
	const all = await migrations(folder);
	return (await db.begin(async (tx) => {
		await tx`select pg_advisory_xact_lock(${LOCK})`;
		await tx`create table if not exists migrations (
			number integer primary key, name text not null, at timestamptz not null default now())`;
		const done = new Set((await tx`select number from migrations`).map((row) => row.number));
		const ran: string[] = [];
		for (const migration of all) {
			if (done.has(migration.number)) continue;
			await tx`insert into migrations (number, name) values (${migration.number}, ${migration.name})`;
			await tx.unsafe(migration.sql);
			ran.push(migration.name);
		}
		return ran;
	})) as string[];
}

/** Whether every migration this code knows has run. */
export async function isCurrent(db: Sql, folder = FOLDER): Promise<boolean> {
	const [known, done] = await Promise.all([
		migrations(folder),
		db<{ n: number }[]>`select count(*)::int n from migrations`
	]);
	return (done[0]?.n ?? 0) >= known.length;
}
