import { z } from 'zod';
import { today } from '#lib/base/clock.ts';
import * as datasets from '#lib/data/datasets.server.ts';
import { accountSchema } from '#lib/forum/accounts.ts';
import * as accounts from '#lib/forum/accounts.server.ts';
import * as forums from '#lib/forum/forums.server.ts';
import { m } from '#paraglide/messages.js';
import { door, page } from '#lib/ui/door.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = page(async ({ locals, params, url, depends }) => {
	const { db, person } = locals;
	const forum = await forums.membership(db, person, params.forum);
	depends(`object:${forum.id}`);
	return {
		title: m.data_accounts(),
		accounts: await accounts.list(db, person, forum.id),
		datasets: await datasets.importable(db, person, forum.id),
		chosen: url.searchParams.get('dataset'),
		origin: url.origin,
		today: today(),
		topics: [forum.id]
	};
});

export const actions: Actions = {
	/** The answer holds the token: the one time it is shown. */
	create: door(accountSchema, async (input, { locals, params }) => {
		const { token } = await locals.transact((tx) =>
			accounts.create(tx, locals.person, params.forum!, input)
		);
		return { made: { token, name: input.name, dataset: input.objects[0]! } };
	}),
	revoke: door(z.object({ account: z.uuid() }), async ({ account }, { locals, params }) => {
		await locals.transact((tx) => accounts.revoke(tx, locals.person, params.forum!, account));
	})
};
