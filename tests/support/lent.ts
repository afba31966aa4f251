import type postgres from 'postgres';
import { databaseAt, onServer } from '#lib/base/database.server.ts';
import { driver } from '#lib/base/driver.server.ts';

/**
 * Databases that are lent to one test after the other: emptied for the next, because making one anew and
 * warming Postgres to it takes several times as long. One whose schema a test changed, or that has grown,
 * is made anew all the same. Who has one holds a lock that ends with the process.
 */

const LOCKS = 7_316_001; // the class of our advisory locks
const MOST = 200;
const GROWN = 12 * 1024 * 1024; // bytes beyond the template: what was deleted still has to be passed over

export type Lent = { url: string; leave: () => Promise<void> };

let desk: postgres.Sql | undefined;

/** One that nobody has, with the template's schema and nothing in it. */
export async function take(server: string, template: string): Promise<Lent> {
	desk ??= driver(databaseAt(server, 'postgres'), { max: 1, onnotice: () => {} });
	for (let number = 0; number < MOST; number++) {
		const [lock] = await desk<{ got: boolean }[]>`
			select pg_try_advisory_lock(${LOCKS}::int, ${number}::int) got`;
		if (!lock!.got) continue;
		const name = nameOf(number);
		const url = databaseAt(server, name);
		if (!(await emptied(desk, url, name, template))) await make(desk, url, name, template);
		const leave = async () =>
			void (await desk!`select pg_advisory_unlock(${LOCKS}::int, ${number}::int)`);
		return { url, leave };
	}
	throw new Error(`${MOST} test databases are taken at once`);
}

/** Drops all that nobody has. */
export async function dropLent(server: string): Promise<void> {
	await onServer(server, async (db) => {
		const rows = await db<{ name: string }[]>`
			select datname name from pg_database where datname ~ '^lent_\\d+$'`;
		for (const { name } of rows) {
			const number = Number(name.slice(5));
			const [lock] = await db<{ got: boolean }[]>`
				select pg_try_advisory_lock(${LOCKS}::int, ${number}::int) got`;
			if (lock!.got) await db`drop database if exists ${db(name)} with (force)`;
		}
	});
}

const nameOf = (number: number) => `lent_${number}`;

async function make(db: postgres.Sql, url: string, name: string, template: string) {
	await db`drop database if exists ${db(name)} with (force)`;
	await db`create database ${db(name)} template ${db(template)}`;
	await inside(url, async (own) => {
		await own.unsafe(`comment on schema public is '${template} ${await printOf(own)}'`);
	});
}

/** False when it is not there, or is not what it was when it was made. */
async function emptied(db: postgres.Sql, url: string, name: string, template: string) {
	const [found] = await db<{ grown: number }[]>`
		select (pg_database_size(d.oid) - pg_database_size(${template}))::float8 grown
		from pg_database d where datname = ${name}`;
	if (!found || found.grown > GROWN) return false;
	await alone(db, name);
	return await inside(url, async (own) => {
		const [made] = await own<{ mark: string | null }[]>`
			select obj_description('public'::regnamespace) mark`;
		if (made!.mark !== `${template} ${await printOf(own)}`) return false;
		await own.unsafe(EMPTY);
		return true;
	});
}

/** Whoever was left behind in it goes. */
async function alone(db: postgres.Sql, name: string): Promise<void> {
	const others = () => db`
		select pg_terminate_backend(pid) from pg_stat_activity where datname = ${name}`;
	while ((await others()).length > 0);
}

async function inside<T>(url: string, work: (db: postgres.Sql) => Promise<T>): Promise<T> {
	const db = driver(url, { max: 1, onnotice: () => {} });
	try {
		return await work(db);
	} finally {
		await db.end();
	}
}

/** Without triggers, so that what is never changed goes too. Migrations stay; they write no other rows. */
const EMPTY = `do $$ declare name text; begin
	set local session_replication_role = replica;
	for name in select relname from pg_class
		where relnamespace = 'public'::regnamespace and relkind = 'r' and relname <> 'migrations' and pg_relation_size(oid) > 0
	loop execute format('delete from %I', name); end loop;
end $$`;

/** What there is but rows: tables, columns, constraints, indexes, triggers, functions. */
async function printOf(db: postgres.Sql): Promise<string> {
	const [row] = await db<{ print: string }[]>`
		select md5(concat(
			(select string_agg(concat(relnamespace, relname, relkind, relhastriggers), ',' order by oid)
				from pg_class where oid >= 16384 and relkind <> 't' and relnamespace <> 'pg_toast'::regnamespace),
			(select string_agg(concat(attrelid, attname, atttypid, attnotnull, attisdropped), ',' order by attrelid, attnum)
				from pg_attribute where attrelid >= 16384 and attnum > 0),
			(select string_agg(concat(conrelid, conname, convalidated), ',' order by oid) from pg_constraint where oid >= 16384),
			(select string_agg(concat(tgrelid, tgname, tgenabled), ',' order by oid) from pg_trigger where not tgisinternal),
			(select string_agg(concat(proname, md5(prosrc)), ',' order by oid) from pg_proc where oid >= 16384)
		)) print`;
	return row!.print;
}
