import { comparisonCsv } from '#lib/data/comparison.server.ts';
import * as datasets from '#lib/data/datasets.server.ts';
import { slug } from '#lib/data/recipe.ts';
import { endpoint } from '#lib/ui/door.server.ts';
import { m } from '#paraglide/messages.js';
import type { RequestHandler } from './$types';

/** Every difference between two versions, for a spreadsheet. */
export const GET: RequestHandler = endpoint(async ({ locals, params, url }) => {
	const { db, person } = locals;
	const [from, to] = ['from', 'to'].map((name) => Number(url.searchParams.get(name)));
	const measure = url.searchParams.get('measure') || null;
	const { title } = await datasets.page(db, person, params.id!);
	const csv = await comparisonCsv(
		db,
		person,
		params.id!,
		{ from: from!, to: to!, measure },
		{ measure: m.data_measure(), old: m.data_old(), now: m.data_now(), percent: m.data_percent() }
	);
	return new Response(csv, {
		headers: {
			'content-type': 'text/csv; charset=utf-8',
			'content-disposition': `attachment; filename="${slug(title)}-${from}-${to}.csv"`
		}
	});
});
