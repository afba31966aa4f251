import { redirect } from '@sveltejs/kit';
import { z } from 'zod';
import * as backlog from '#lib/case/backlog.server.ts';
import * as forums from '#lib/forum/forums.server.ts';
import * as departments from '#lib/people/departments.server.ts';
import { door, page } from '#lib/ui/door.server.ts';
import { m } from '#paraglide/messages.js';
import type { Actions, PageServerLoadEvent } from './$types';

export const load = page(async ({ locals, params, depends }: PageServerLoadEvent) => {
	const forum = await forums.membership(locals.db, locals.person, params.forum);
	depends(`object:${forum.id}`);
	return {
		title: m.case_backlog(),
		slug: forum.slug,
		me: locals.person.id,
		proposals: await backlog.list(locals.db, locals.person, forum.id),
		departments: await departments.list(locals.db),
		orders: forums.conducts(forum),
		topics: [forum.id]
	};
});

const id = z.object({ id: z.uuid() });
const several = z.union([z.array(z.uuid()), z.uuid().transform((one) => [one])]).default([]);
const text = (most: number) => z.string().trim().max(most, 'base.too_long').default('');

export const actions: Actions = {
	propose: door(
		z.object({ title: text(200), why: text(4000), departments: several }),
		async (input, { locals, params }) => {
			await locals.transact((tx) => backlog.propose(tx, locals.person, params.forum!, input));
		}
	),
	step: door(id.extend({ step: z.enum(['-1', '1']) }), (input, { locals }) =>
		locals.transact((tx) => backlog.move(tx, locals.person, input.id, input.step === '1' ? 1 : -1))
	),
	place: door(
		z.object({ item: z.uuid(), to: z.coerce.number().int().min(0).max(10_000) }),
		({ item, to }, { locals }) =>
			locals.transact((tx) => backlog.place(tx, locals.person, item, to))
	),
	take: door(id, async (input, { locals }) => {
		const caseId = await locals.transact((tx) => backlog.take(tx, locals.person, input.id));
		redirect(303, `/cases/${caseId}`);
	}),
	decline: door(id.extend({ reason: text(1000) }), (input, { locals }) =>
		locals.transact((tx) => backlog.decline(tx, locals.person, input.id, input.reason))
	)
};
