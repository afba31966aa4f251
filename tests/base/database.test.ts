import { afterAll, expect, test } from 'vitest';
import { databaseAt, ensureDatabase, mark, markOf, onServer } from '#lib/base/database.server.ts';
import { isCurrent, migrate, migrations } from '#lib/base/migrate.server.ts';
import { connect } from '#lib/base/sql.server.ts';
import { dropDatabase } from '#lib/base/database.server.ts';
import { freshDatabase } from '../support/database.ts';

const db = await freshDatabase();
const bare = await freshDatabase({ empty: true });
afterAll(async () => {
	await db.drop();
	await bare.drop();
});

test('a fresh database has every migration and nothing to run', async () => {
	expect(await isCurrent(db.sql)).toBe(true);
	expect(await migrate(db.sql)).toEqual([]);
});

test('an empty database takes every migration once, also when two processes start together', async () => {
	const [first, second] = await Promise.all([migrate(bare.sql), migrate(bare.sql)]);
	const all = (await migrations()).map((migration) => migration.name);
	expect([...first, ...second]).toEqual(all);
});

test('Danish letters sort as Danes sort them', async () => {
	const rows = await db.sql`
		select word from unnest(array['Åby', 'Aabenraa', 'Ærø', 'Odense', 'Øster', 'Ebeltoft']) word
		order by word collate "da-x-icu"`;
	expect(rows.map((row) => row.word)).toEqual([
		'Ebeltoft',
		'Odense',
		'Ærø',
		'Øster',
		'Aabenraa',
		'Åby'
	]);
	const [settings] = await db.sql`select current_setting('server_encoding') encoding`;
	expect(settings?.encoding).toBe('UTF8');
});

test('two processes that make the same database at once both find it there', async () => {
	const url = databaseAt(db.url, `test_${process.pid}_twice`);
	const made = await Promise.all([ensureDatabase(url), ensureDatabase(url), ensureDatabase(url)]);
	expect(made.filter(Boolean)).toHaveLength(1);
	const sql = connect(url, { max: 1 });
	expect(await sql`select 1 as one`).toHaveLength(1);
	await dropDatabase(url); // also while somebody is connected
	await sql.end({ timeout: 1 });
	const left = await onServer(
		url,
		(server) => server`select 1 from pg_database
		where datname = ${`test_${process.pid}_twice`}`
	);
	expect(left).toHaveLength(0);
});

test('a database remembers what it was marked with, and a new one is unmarked', async () => {
	expect(await markOf(db.url)).toBe(null);
	await mark(db.url, "the demo's");
	expect(await markOf(db.url)).toBe("the demo's");
	expect(await markOf(databaseAt(db.url, 'not_there'))).toBe(null);
});
