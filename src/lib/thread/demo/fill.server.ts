import type { Sql } from '#lib/base/sql.server.ts';

/** The people one can sign in as, one line each when the demo starts. */
export const demoPeople: { role: string; name: string; email: string; password: string }[] = [];

/** Fills an empty database with the demo forum; `say` hears each step. */
export async function fillDemo(_sql: Sql, say: (line: string) => void): Promise<void> {
	say('nothing to fill in yet');
}
