import { z } from 'zod';
import * as outsiders from '#lib/brief/outsiders.server.ts';
import { m } from '#paraglide/messages.js';
import { door, page } from '#lib/ui/door.server.ts';
import type { Actions, PageServerLoad } from './$types';

/** What another forum asks one who has lent it figures. */
export const load: PageServerLoad = page(async ({ locals: { db, person }, params, depends }) => {
	const asked = await outsiders.one(db, person, params.id);
	depends(`object:${asked.datasetId}`);
	return {
		title: m.brief_asked_outside({ forum: asked.forumName }),
		asked,
		figure: await outsiders.figureOf(db, person, asked),
		topics: [asked.datasetId]
	};
});

const answer = z.object({
	answer: z.enum(['yes', 'no']),
	reason: z.string().trim().max(2000, 'base.too_long').default('')
});

export const actions: Actions = {
	default: door(answer, async ({ answer, reason }, { locals, params }) => {
		await locals.transact((tx) =>
			outsiders.answer(tx, locals.person, params.id!, {
				recognised: answer === 'yes',
				reason: answer === 'yes' ? '' : reason
			})
		);
	})
};
