import { z } from 'zod';
import * as forums from '#lib/forum/forums.server.ts';
import { LEFT } from '#lib/forum/leaving.ts';
import { handOver, leftBehind } from '#lib/thread/handover.server.ts';
import { door, page } from '#lib/ui/door.server.ts';
import { m } from '#paraglide/messages.js';
import type { Actions, PageServerLoadEvent } from './$types';

export const load = page(async ({ locals, params, depends }: PageServerLoadEvent) => {
	const { db, person, locale } = locals;
	const forum = await forums.membership(db, person, params.forum);
	depends(`object:${forum.id}`);
	return {
		title: m.forum_hand_over({}, { locale }),
		topics: [forum.id],
		left: await leftBehind(db, person, forum.id),
		mayHandOver: forums.conducts(forum) || forum.role === 'director',
		members: (await forums.members(db, forum.id)).filter(({ role }) => role !== 'observer')
	};
});

const handing = z.object({
	kind: z.enum(LEFT),
	id: z.uuid(),
	objectId: z.uuid(),
	to: z.uuid('forum.hand_over_to_whom')
});

export const actions: Actions = {
	default: door(handing, async (input, { locals }) => {
		await locals.transact((tx) => handOver(tx, locals.person, input));
		return { handed: input.id };
	})
};
