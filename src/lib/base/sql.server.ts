import type postgres from 'postgres';
import { driver } from './driver.server.ts';
import { config } from './config.server.ts';

export type Sql = postgres.Sql<{ date: string }>;
export type Tx = postgres.TransactionSql<{ date: string }>;
/** A verb that only reads takes either. */
export type Db = Sql | Tx;

/** Whether this is the pool, where what one reads is committed, or somebody's transaction. */
export const isPool = (db: Db): db is Sql => 'begin' in db;

/** A pool on one Postgres. `date` columns arrive as 'YYYY-MM-DD': a date has no time zone to drift in. */
export function connect(url: string, options: { max?: number } = {}): Sql {
	return driver(url, {
		max: options.max ?? 10,
		onnotice: () => {},
		// Seconds. The driver counts every connection's failures together and would soon wait for twenty.
		backoff: (failures) => (0.5 + Math.random() / 2) * Math.min(2 ** failures / 100, 1),
		transform: { undefined: null },
		types: {
			date: {
				to: 1082,
				from: [1082],
				serialize: (value: string) => value,
				parse: (value: string) => value
			}
		}
	}) as unknown as Sql;
}

let pool: Sql | undefined;

/** This process's pool, opened at first use. */
export function sql(): Sql {
	if (!pool) {
		const { databaseUrl, poolSize } = config();
		if (!databaseUrl) throw new Error('no database: DATABASE_URL was not settled before first use');
		pool = connect(databaseUrl, { max: poolSize });
	}
	return pool;
}

/** One transaction: everything in `work` happens, or none of it. */
export async function transact<T>(work: (tx: Tx) => Promise<T>, db: Sql = sql()): Promise<T> {
	return (await db.begin((tx) => work(tx as Tx))) as T;
}
