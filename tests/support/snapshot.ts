import type { Sql } from '#lib/base/sql.server.ts';

/**
 * Everything the database holds, one fingerprint per table, for "and nothing changed". Tables that
 * change by themselves are left out: sessions are renewed, what one has opened is noted, failures to sign in are counted, texts are
 * projected from their log.
 */
export async function snapshot(sql: Sql): Promise<Record<string, string>> {
	const tables = await sql<{ name: string }[]>`
		select table_name name from information_schema.tables
		where table_schema = 'public' and table_type = 'BASE TABLE'
			and table_name not in ('sessions', 'sign_in_failures', 'event_outbox', 'document_texts', 'circulation_openings')
		order by 1`;
	const prints: Record<string, string> = {};
	for (const { name } of tables) {
		const [row] = await sql<{ print: string | null }[]>`
			select md5(string_agg(r::text, '|' order by r::text)) print from ${sql(name)} r`;
		prints[name] = row!.print ?? 'empty';
	}
	return prints;
}
