import { redirect } from '@sveltejs/kit';
import { notAllowed } from '#lib/base/errors.ts';
import { indicatorSchema } from '#lib/data/indicator-input.ts';
import * as indicators from '#lib/data/indicators.server.ts';
import { indicatorPath } from '#lib/data/place.ts';
import { m } from '#paraglide/messages.js';
import { door, page } from '#lib/ui/door.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = page(async ({ locals, params }) => {
	const found = await indicators.page(locals.db, locals.person, params.id, params.measure);
	if (!found.can.describe) notAllowed();
	return { title: m.data_indicator_describe(), indicator: found };
});

export const actions: Actions = {
	default: door(indicatorSchema, async (said, { locals, params }) => {
		await locals.transact((tx) =>
			indicators.describe(tx, locals.person, params.id!, params.measure!, said)
		);
		redirect(303, indicatorPath(params.id!, params.measure!));
	})
};
