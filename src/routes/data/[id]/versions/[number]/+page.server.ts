import * as datasets from '#lib/data/datasets.server.ts';
import { tableOf } from '#lib/data/table.server.ts';
import { pointingIn } from '#lib/data/target.ts';
import * as versions from '#lib/data/versions.server.ts';
import { m } from '#paraglide/messages.js';
import { walk } from '#lib/thread/links.server.ts';
import { explainAll } from '#lib/ui/explain.server.ts';
import { page } from '#lib/ui/door.server.ts';
import type { PageServerLoad } from './$types';

/** A version exactly as it was stored; measure and codes in the address mark what the reader came from. */
export const load: PageServerLoad = page(async ({ locals, params, url, depends }) => {
	const { db, person, locale } = locals;
	depends(`object:${params.id}`);
	const version = await versions.byNumber(db, person, params.id, Number(params.number));
	const dataset = await datasets.page(db, person, params.id);
	const line = dataset.versions.find(({ id }) => id === version.id)!;
	const pointing = pointingIn(url.searchParams);
	return {
		title: m.data_version_of({ title: dataset.title, number: version.number }),
		dataset,
		version: line,
		notes: explainAll(line.notes, locale),
		shape: version.shape,
		pointing: pointing !== null,
		table: await tableOf(db, version.id, {
			measure: url.searchParams.get('measure'),
			from: Number.parseInt(url.searchParams.get('from') ?? '0', 10) || 0,
			pointing
		}),
		walk: await walk(db, person, params.id),
		topics: [params.id]
	};
});
