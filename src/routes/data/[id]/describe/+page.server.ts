import { redirect } from '@sveltejs/kit';
import { notAllowed } from '#lib/base/errors.ts';
import * as datasets from '#lib/data/datasets.server.ts';
import { descriptionSchema } from '#lib/data/description.ts';
import * as forums from '#lib/forum/forums.server.ts';
import { m } from '#paraglide/messages.js';
import { door, page } from '#lib/ui/door.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = page(async ({ locals, params }) => {
	const dataset = await datasets.page(locals.db, locals.person, params.id);
	if (!dataset.can.describe) notAllowed();
	const members = await forums.members(locals.db, dataset.forumId);
	return {
		title: m.data_describe(),
		dataset,
		members: members.map(({ personId, name }) => ({ personId, name }))
	};
});

export const actions: Actions = {
	default: door(descriptionSchema, async (input, { locals, params }) => {
		await locals.transact((tx) => datasets.describe(tx, locals.person, params.id!, input));
		redirect(303, `/data/${params.id}`);
	})
};
