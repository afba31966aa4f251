import { error } from '@sveltejs/kit';
import { overTime } from '#lib/brief/drawn.server.ts';
import * as datasets from '#lib/data/datasets.server.ts';
import { derivedKey } from '#lib/data/derive.ts';
import * as derived from '#lib/data/derived.server.ts';
import { derivedOf } from '#lib/data/formulas.server.ts';
import { VERSION } from '#lib/data/place.ts';
import { pointingIn } from '#lib/data/target.ts';
import * as versions from '#lib/data/versions.server.ts';
import { formulaUnit } from '#lib/data/words.ts';
import { walk } from '#lib/thread/links.server.ts';
import { usedIn } from '#lib/thread/used.server.ts';
import { page } from '#lib/ui/door.server.ts';
import type { PageServerLoad } from './$types';

/** A derived measure, worked out now: on the newest edition, or on the one that what cites it is pinned to. */
export const load: PageServerLoad = page(async ({ locals, params, url, depends }) => {
	const { db, person } = locals;
	depends(`object:${params.id}`);
	const dataset = await datasets.page(db, person, params.id);
	const found = (await derived.list(db, params.id)).find(({ id }) => id === params.derived);
	const wanted = Number(url.searchParams.get(VERSION));
	const version = dataset.versions.find(({ number }) => number === wanted) ?? dataset.versions[0];
	if (!found || !version) error(404);
	const key = derivedKey(found.id);
	// An edition may lack what it is made of.
	const fits = (await derivedOf(db, version.id)).some((one) => one.key === key);
	const from = Number.parseInt(url.searchParams.get('from') ?? '0', 10) || 0;
	const where = pointingIn(url.searchParams)?.where ?? null;
	const words = { title: found.label, why: found.reason };
	return {
		title: found.label,
		dataset,
		derived: found,
		version,
		newest: dataset.versions[0]!.number,
		measures: (await versions.shape(db, version.id)).measures,
		figure: fits ? await overTime(db, version.id, key, words) : null,
		table: fits
			? await derived.derivedTable(db, version.id, found, formulaUnit(found.formula), {
					from,
					where
				})
			: null,
		uses: await usedIn(db, person, params.id, key),
		walk: await walk(db, person, params.id),
		topics: [params.id]
	};
});
