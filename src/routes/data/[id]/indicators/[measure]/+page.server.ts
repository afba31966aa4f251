import { overTime } from '#lib/brief/drawn.server.ts';
import * as hypotheses from '#lib/data/hypotheses.server.ts';
import { hypothesisSchema } from '#lib/data/hypothesis.ts';
import * as indicators from '#lib/data/indicators.server.ts';
import { mismatched, wantedOf } from '#lib/data/indicator.ts';
import * as glossary from '#lib/forum/glossary.server.ts';
import { m } from '#paraglide/messages.js';
import { usedIn } from '#lib/thread/used.server.ts';
import { door, page } from '#lib/ui/door.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = page(async ({ locals, params, url, depends }) => {
	const { db, person } = locals;
	depends(`object:${params.id}`);
	const wanted = Object.fromEntries(url.searchParams);
	const found = await indicators.page(db, person, params.id, params.measure, wanted);
	return {
		title: found.said.label,
		indicator: found,
		figure: await overTime(db, found.citation.versionId, params.measure, {
			title: m.data_indicator_over_time({ label: found.said.label }),
			why: found.said.why ?? m.data_indicator_over_time_why()
		}),
		wanted: wantedOf(found.said),
		mismatch: mismatched(found.said),
		hypotheses: await hypotheses.of(db, person, params.id, found.measure),
		uses: await usedIn(db, person, params.id, params.measure),
		glossary: await glossary.ofObject(db, person, params.id),
		topics: [params.id]
	};
});

export const actions: Actions = {
	suppose: door(hypothesisSchema, async (input, { locals, params }) => {
		await locals.transact((tx) =>
			hypotheses.suppose(tx, locals.person, params.id!, params.measure!, input)
		);
	})
};
