import { readdirSync, readFileSync } from 'node:fs';
import { databaseAt, dropDatabase, onServer } from '#lib/base/database.server.ts';
import { migrate } from '#lib/base/migrate.server.ts';
import { startPostgres } from '#lib/base/postgres.server.ts';
import { connect, type Sql } from '#lib/base/sql.server.ts';
import * as sessions from '#lib/people/sessions.server.ts';

/**
 * A Postgres of the bench's own with its usual settings: what it says is on disk is on disk. The tests'
 * own forgets a power cut, and would flatter us.
 */
export type Store = {
	fresh: () => Promise<Database>;
	/** Seconds of CPU all its processes have used. */
	cpu: () => number;
	/** What a commit alone takes here and now, so many of them one by one; milliseconds. */
	commits: (count: number) => Promise<number[]>;
	stop: () => Promise<void>;
};
export type Database = { url: string; sql: Sql; drop: () => Promise<void> };

const TEMPLATE = 'bench_template';

export async function startStore(): Promise<Store> {
	const cluster = await startPostgres({ dataDir: '.data/bench/pg' });
	const template = databaseAt(cluster.url, TEMPLATE);
	await dropDatabase(template);
	await onServer(cluster.url, (db) => db`create database ${db(TEMPLATE)} template template0`);
	const sql = connect(template, { max: 1 });
	await migrate(sql).finally(() => sql.end());
	const postmaster = await onServer(cluster.url, postmasterOf);
	const alone = connect(cluster.url, { max: 1 });
	await alone`create table if not exists commits (bytes bytea)`;
	let made = 0;
	return {
		async fresh() {
			const name = `bench_${process.pid}_${made++}`;
			await onServer(cluster.url, (db) => db`create database ${db(name)} template ${db(TEMPLATE)}`);
			const url = databaseAt(cluster.url, name);
			const own = connect(url, { max: 4 });
			const drop = async () => {
				await own.end({ timeout: 1 });
				await dropDatabase(url);
			};
			return { url, sql: own, drop };
		},
		cpu: () => cpuOf(postmaster),
		commits: async (count) => {
			const took: number[] = [];
			for (let i = 0; i < count; i++) {
				const began = performance.now();
				await alone`insert into commits (bytes) values (${Buffer.alloc(200)})`;
				took.push(performance.now() - began);
				await new Promise((done) => setTimeout(done, 5));
			}
			return took;
		},
		stop: async () => {
			await alone.end({ timeout: 1 });
			await cluster.stop();
		}
	};
}

export const ORIGIN = 'http://bench.example.test';

/** People with a session each, and documents all of them may write. */
export type People = { tokens: string[]; rooms: string[] };

export async function people(sql: Sql, persons: number, rooms: number): Promise<People> {
	const [department] = await sql<{ id: string }[]>`
		insert into departments (name) values ('Skole') returning id`;
	const [forum] = await sql<{ id: string }[]>`
		insert into forums (slug, name) values ('ledelse', 'Ledelse') returning id`;
	const made = await sql<{ id: string; name: string; email: string }[]>`
		insert into persons (name, email, password_hash, department_id)
		select 'Person ' || n, 'person' || n || '@example.test', 'none', ${department!.id}
		from generate_series(1, ${persons}) n returning id, name, email`;
	await sql`
		insert into members (forum_id, person_id, role)
		select ${forum!.id}, id, 'chief' from persons`;
	const tokens = await sql.begin(async (tx) => {
		const all: string[] = [];
		for (const { id, name, email } of made) {
			const person = { id, name, email, departmentId: department!.id } as never;
			all.push((await sessions.open(tx as never, person, 'bench')).token);
		}
		return all;
	});
	const documents = await sql<{ id: string }[]>`
		with cases as (
			insert into objects (kind, forum_id, title, phase, created_by)
			select 'case', ${forum!.id}, 'Sag ' || n, 'on_agenda', ${made[0]!.id}
			from generate_series(1, ${rooms}) n returning id
		) insert into documents (object_id) select id from cases returning id`;
	await sql`analyze`;
	return { tokens, rooms: documents.map((row) => row.id) };
}

async function postmasterOf(db: Sql | import('postgres').Sql): Promise<number> {
	const [row] = await (db as Sql)<{ pid: number }[]>`select pg_backend_pid() pid`;
	return stat(row!.pid)?.parent ?? 0;
}

const TICKS = 100; // per second, on every Linux there is

/** The postmaster's, its living children's, and those children's it has buried. */
function cpuOf(postmaster: number): number {
	if (!postmaster) return NaN; // no /proc here
	const own = stat(postmaster);
	let ticks = own ? own.ticks + own.buried : 0;
	for (const name of readdirSync('/proc')) {
		const found = /^\d+$/.test(name) ? stat(Number(name)) : undefined;
		if (found?.parent === postmaster) ticks += found.ticks;
	}
	return ticks / TICKS;
}

function stat(pid: number): { parent: number; ticks: number; buried: number } | undefined {
	try {
		const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
		const fields = text
			.slice(text.lastIndexOf(')') + 2)
			.split(' ')
			.map(Number);
		return {
			parent: fields[1]!,
			ticks: fields[11]! + fields[12]!,
			buried: fields[13]! + fields[14]!
		};
	} catch {
		return undefined;
	}
}
