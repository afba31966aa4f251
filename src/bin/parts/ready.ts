import { config, settle } from '#lib/base/config.server.ts';
import { databaseAt, databaseName, ensureDatabase } from '#lib/base/database.server.ts';
import { migrate } from '#lib/base/migrate.server.ts';
import { startPostgres } from '#lib/base/postgres.server.ts';
import { sql } from '#lib/base/sql.server.ts';
import type { Sql } from '#lib/base/sql.server.ts';
import { atEnd, Stop } from './life.ts';

/**
 * A database to work on: the configured one or the embedded, there, and up to date. With a `suffix`,
 * one beside it, so that the demo never touches what people really do.
 */
export async function readyDatabase(
	options: { suffix?: string; before?: (url: string) => Promise<unknown> } = {}
): Promise<Sql> {
	const { databaseUrl, dataDir } = config();
	const own = databaseUrl ?? databaseAt(await embedded(dataDir), 'raadslag');
	const url = databaseAt(own, databaseName(own) + (options.suffix ?? ''));
	try {
		await options.before?.(url);
		await ensureDatabase(url);
	} catch (error) {
		throw new Stop(
			`The database ${databaseName(url)} is not there and could not be made: ${error}`
		);
	}
	settle({ DATABASE_URL: url });
	const db = sql();
	atEnd(() => db.end({ timeout: 5 }));
	const ran = await migrate(db);
	if (ran.length > 0) console.log(`Migrated: ${ran.length} step${ran.length === 1 ? '' : 's'}.`);
	return db;
}

async function embedded(dataDir: string): Promise<string> {
	const starting = startPostgres({ dataDir });
	atEnd(async () => (await starting.catch(() => undefined))?.stop());
	const { url, joined } = await starting;
	console.log(joined ? 'Joined the PostgreSQL that is running.' : 'Started PostgreSQL.');
	return url;
}
