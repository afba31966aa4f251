import { error } from '@sveltejs/kit';
import * as datasets from '#lib/data/datasets.server.ts';
import * as derived from '#lib/data/derived.server.ts';
import * as versions from '#lib/data/versions.server.ts';
import { formulaUnit } from '#lib/data/words.ts';
import { walk } from '#lib/thread/links.server.ts';
import { page } from '#lib/ui/door.server.ts';
import type { PageServerLoad } from './$types';

/** A derived measure on the newest edition, worked out now. */
export const load: PageServerLoad = page(async ({ locals, params, url, depends }) => {
	const { db, person } = locals;
	depends(`object:${params.id}`);
	const dataset = await datasets.page(db, person, params.id);
	const found = (await derived.list(db, params.id)).find(({ id }) => id === params.derived);
	const newest = dataset.versions[0];
	if (!found || !newest) error(404);
	const from = Number.parseInt(url.searchParams.get('from') ?? '0', 10) || 0;
	return {
		title: found.label,
		dataset,
		derived: found,
		newest,
		measures: (await versions.shape(db, newest.id)).measures,
		table: await derived.derivedTable(db, newest.id, found, formulaUnit(found.formula), from),
		walk: await walk(db, person, params.id),
		topics: [params.id]
	};
});
