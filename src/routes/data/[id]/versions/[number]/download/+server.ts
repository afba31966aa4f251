import * as download from '#lib/data/download.server.ts';
import { endpoint } from '#lib/ui/door.server.ts';
import type { RequestHandler } from './$types';

/** The version as a file: CSV for a spreadsheet, Excel, or JSON-stat (`?as=json`). */
export const GET: RequestHandler = endpoint(async ({ locals, params, url }) => {
	const form = download.FORMS.find((one) => one === url.searchParams.get('as')) ?? 'csv';
	const file = await download.version(
		locals.db,
		locals.person,
		params.id!,
		Number(params.number),
		form
	);
	return new Response(file.body, {
		headers: { 'content-type': file.type, 'content-disposition': download.disposition(file) }
	});
});
