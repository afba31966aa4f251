import * as couplings from '#lib/data/couplings.server.ts';
import * as datasets from '#lib/data/datasets.server.ts';
import * as derived from '#lib/data/derived.server.ts';
import * as indicators from '#lib/data/indicators.server.ts';
import * as lending from '#lib/data/lending.server.ts';
import * as mappings from '#lib/data/mappings.server.ts';
import * as pulls from '#lib/data/pulls.server.ts';
import { tableOf } from '#lib/data/table.server.ts';
import * as versions from '#lib/data/versions.server.ts';
import * as glossary from '#lib/forum/glossary.server.ts';
import { walk } from '#lib/thread/links.server.ts';
import { usedIn } from '#lib/thread/used.server.ts';
import { explain, explainAll } from '#lib/ui/explain.server.ts';
import { page } from '#lib/ui/door.server.ts';
import type { PageServerLoad } from './$types';
import { lendingActions, saidActions } from './actions.server.ts';

export const load: PageServerLoad = page(async ({ locals, params, url, depends }) => {
	const { db, person, locale } = locals;
	depends(`object:${params.id}`);
	const dataset = await datasets.page(db, person, params.id);
	const newest = dataset.versions[0];
	const shape = newest ? await versions.shape(db, newest.id) : null;
	const pull = await pulls.of(db, person, params.id);
	const { code, params: filled, notes = [] } = pull?.last ?? {};
	return {
		title: dataset.title,
		pull: pull && {
			...pull,
			sentence: code ? explain(code, filled ?? {}, locale) : null,
			notes: explainAll(notes, locale)
		},
		dataset,
		notes: dataset.versions.map(({ notes }) => explainAll(notes, locale)),
		uses: await usedIn(db, person, params.id),
		indicators: await indicators.rows(db, params.id),
		glossary: await glossary.ofObject(db, person, params.id),
		renames: await mappings.lines(db, params.id),
		codes: await versions.codes(db, params.id),
		derived: await derived.list(db, params.id),
		couplings: await couplings.ofDataset(db, person, params.id),
		lending: await lending.page(db, person, params.id),
		mayCouple: await couplings.mayCouple(db, person, params.id),
		shape,
		periods: shape?.dimensions.find(({ role }) => role === 'time')?.categories ?? [],
		table: newest
			? await tableOf(db, newest.id, {
					measure: url.searchParams.get('measure'),
					from: Number.parseInt(url.searchParams.get('from') ?? '0', 10) || 0
				})
			: null,
		walk: await walk(db, person, params.id),
		topics: [params.id]
	};
});

export const actions = { ...saidActions, ...lendingActions };
