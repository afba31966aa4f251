import { download } from '#lib/annotation/export.server.ts';
import { endpoint } from '#lib/ui/door.server.ts';
import type { RequestHandler } from './$types';

/** The notes on the page, as W3C annotations. */
export const GET: RequestHandler = endpoint(({ locals, params, url }) =>
	download(locals.db, locals.person, params.id!, {
		origin: url.origin,
		path: '/briefs/' + params.id
	})
);
