import { notFound } from '#lib/base/errors.ts';
import { exported, FORMATS } from '#lib/decision/export.server.ts';
import { recordOf } from '#lib/decision/read.server.ts';
import { endpoint } from '#lib/ui/door.server.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = endpoint(async ({ locals, params }) => {
	const format = FORMATS.find((one) => one === params.format) ?? notFound();
	const { record, hash } = await recordOf(locals.db, locals.person, params.id!);
	const file = await exported(record, hash, format, locals.locale);
	return new Response(file.body, {
		headers: {
			'content-type': file.type,
			'content-disposition': `attachment; filename="${file.name}"`,
			'cache-control': 'private, no-store'
		}
	});
});
