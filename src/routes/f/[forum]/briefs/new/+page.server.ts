import { redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { notAllowed } from '#lib/base/errors.ts';
import * as briefs from '#lib/brief/briefs.server.ts';
import { mayCreate } from '#lib/forum/access.ts';
import * as forums from '#lib/forum/forums.server.ts';
import { door, page } from '#lib/ui/door.server.ts';
import { m } from '#paraglide/messages.js';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = page(async ({ locals, params }) => {
	const forum = await forums.membership(locals.db, locals.person, params.forum!);
	if (!mayCreate(forum.role, 'brief', forum.chair)) notAllowed();
	return { title: m.brief_new(), slug: forum.slug, forumName: forum.name };
});

const input = z.object({
	question: z.string().trim().min(1, 'brief.question_missing').max(1000, 'base.too_long'),
	serves: z.string().trim().max(500, 'base.too_long').default(''),
	title: z.string().trim().max(200, 'base.too_long').default('')
});

export const actions: Actions = {
	default: door(input, async (asked, { locals, params, url }) => {
		const forum = await forums.membership(locals.db, locals.person, params.forum!);
		const id = await locals.transact((tx) =>
			briefs.create(tx, locals.person, { ...asked, forumId: forum.id })
		);
		// Whoever comes from figures goes on to draw them.
		const dataset = z.uuid().safeParse(url.searchParams.get('dataset')).data;
		redirect(303, dataset ? `/briefs/${id}/figures/new?dataset=${dataset}` : `/briefs/${id}`);
	})
};
