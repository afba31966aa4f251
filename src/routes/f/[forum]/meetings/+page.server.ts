import { redirect } from '@sveltejs/kit';
import { z } from 'zod';
import * as forums from '#lib/forum/forums.server.ts';
import { mayCreate } from '#lib/forum/access.ts';
import * as meetings from '#lib/meeting/meetings.server.ts';
import { copenhagen } from '#lib/base/clock.ts';
import { door, page } from '#lib/ui/door.server.ts';
import { m } from '#paraglide/messages.js';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = page(async ({ locals, params, depends }) => {
	const forum = await forums.membership(locals.db, locals.person, params.forum);
	depends(`object:${forum.id}`);
	return {
		title: m.meeting_title(),
		forum,
		meetings: await meetings.list(locals.db, locals.person, forum.id),
		mayCreate: mayCreate(forum.role, 'meeting', forum.chair),
		topics: [forum.id]
	};
});

const newMeeting = z.object({
	title: z.string().trim().min(1, 'meeting.name_required').max(200),
	starts: z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d$/, 'meeting.starts_required'),
	place: z.string().trim().max(200).default('')
});

export const actions: Actions = {
	create: door(newMeeting, async (input, { locals, params }) => {
		const forum = await forums.membership(locals.db, locals.person, params.forum!);
		const id = await locals.transact((tx) =>
			meetings.create(tx, locals.person, {
				forumId: forum.id,
				title: input.title,
				startsAt: copenhagen(input.starts),
				place: input.place
			})
		);
		redirect(303, `/meetings/${id}`);
	})
};
