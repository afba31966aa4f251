import * as datasets from '#lib/data/datasets.server.ts';
import { slug } from '#lib/data/recipe.ts';
import { csvOf } from '#lib/data/table.server.ts';
import * as versions from '#lib/data/versions.server.ts';
import { endpoint } from '#lib/ui/door.server.ts';
import type { RequestHandler } from './$types';

/** The version as CSV, for a spreadsheet. */
export const GET: RequestHandler = endpoint(async ({ locals, params }) => {
	const version = await versions.byNumber(
		locals.db,
		locals.person,
		params.id!,
		Number(params.number)
	);
	const { title } = await datasets.page(locals.db, locals.person, params.id!);
	return new Response(csvOf(locals.db, version.id), {
		headers: {
			'content-type': 'text/csv; charset=utf-8',
			'content-disposition': `attachment; filename="${slug(title)}-${version.number}.csv"`
		}
	});
});
