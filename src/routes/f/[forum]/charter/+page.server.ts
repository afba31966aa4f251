import { z } from 'zod';
import * as forums from '#lib/forum/forums.server.ts';
import { door, page } from '#lib/ui/door.server.ts';
import type { Actions, PageServerLoadEvent } from './$types';

export const load = page(async ({ locals, params, depends }: PageServerLoadEvent) => {
	const forum = await forums.membership(locals.db, locals.person, params.forum);
	depends(`object:${forum.id}`);
	return {
		topics: [forum.id],
		conducts: forums.conducts(forum),
		charter: {
			circulateWorkdays: forum.circulateWorkdays,
			smallNumberLimit: forum.smallNumberLimit
		}
	};
});

const charter = z.object({
	circulateWorkdays: z.union([
		z.literal('').transform(() => null),
		z.coerce
			.number('forum.circulate_range')
			.int('forum.circulate_range')
			.min(1, 'forum.circulate_range')
			.max(20, 'forum.circulate_range')
	]),
	smallNumberLimit: z.coerce
		.number('forum.limit_range')
		.int('forum.limit_range')
		.min(3, 'forum.limit_range')
		.max(50, 'forum.limit_range')
});

export const actions: Actions = {
	default: door(charter, async (input, { locals, params }) => {
		const { smallNumberLimit } = await locals.transact((tx) =>
			forums.setCharter(tx, locals.person, params.forum!, input)
		);
		return { saved: true, limit: smallNumberLimit };
	})
};
