import { isCurrent } from '#lib/base/migrate.server.ts';
import type { RequestHandler } from './$types';

/** Postgres answers and has the schema this code was written for. */
export const GET: RequestHandler = async ({ locals }) => {
	const ready = await isCurrent(locals.db).catch(() => false);
	return new Response(ready ? 'ready' : 'not ready', { status: ready ? 200 : 503 });
};
