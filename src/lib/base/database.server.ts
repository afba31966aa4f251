import type postgres from 'postgres';
import { driver } from './driver.server.ts';

/** Whole databases on a server: made, dropped, named. Everything inside one is somebody else's. */

/** The same server and user, another database. */
export function databaseAt(url: string, name: string): string {
	const address = new URL(url);
	address.pathname = `/${name}`;
	return address.href;
}

export function databaseName(url: string): string {
	return decodeURIComponent(new URL(url).pathname.slice(1));
}

/** Makes the database a url names, when it is not there. Returns whether it made it. */
export async function ensureDatabase(url: string): Promise<boolean> {
	return await onServer(url, async (db) => {
		const name = databaseName(url);
		if ((await db`select 1 from pg_database where datname = ${name}`).length > 0) return false;
		try {
			await db`create database ${db(name)}`;
			return true;
		} catch (error) {
			// Two processes starting at once: the other made it.
			if (['42P04', '23505'].includes((error as postgres.PostgresError).code)) return false;
			throw error;
		}
	});
}

/** Drops it with everything in it, also while somebody is connected. */
export async function dropDatabase(url: string): Promise<void> {
	await onServer(url, (db) => db`drop database if exists ${db(databaseName(url))} with (force)`);
}

/** What the database is marked with, if it is there and marked. */
export async function markOf(url: string): Promise<string | null> {
	return await onServer(url, async (db) => {
		const [row] = await db<{ mark: string | null }[]>`
			select shobj_description(oid, 'pg_database') mark from pg_database
			where datname = ${databaseName(url)}`;
		return row?.mark ?? null;
	});
}

export async function mark(url: string, text: string): Promise<void> {
	await onServer(
		url,
		(db) =>
			db`comment on database ${db(databaseName(url))} is ${db.unsafe(`'${text.replaceAll("'", "''")}'`)}`
	);
}

/** Work on the server itself, over its `postgres` database. */
export async function onServer<T>(
	url: string,
	work: (db: postgres.Sql) => Promise<T> | postgres.PendingQuery<postgres.Row[]>
): Promise<T> {
	const db = driver(databaseAt(url, 'postgres'), { max: 1, onnotice: () => {} });
	try {
		return (await work(db)) as T;
	} finally {
		await db.end();
	}
}
