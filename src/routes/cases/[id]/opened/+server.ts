import { opened } from '#lib/meeting/reading.server.ts';
import { endpoint } from '#lib/ui/door.server.ts';
import type { RequestEvent } from './$types';

/** The reader's own page says that it was opened, where the browser came to it without asking the server for it. */
export const POST = endpoint(async ({ locals, params }: RequestEvent) => {
	await locals.transact((tx) => opened(tx, locals.person, params.id));
	return new Response(null, { status: 204 });
});
