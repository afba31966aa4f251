import { redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { notAllowed } from '#lib/base/errors.ts';
import * as cases from '#lib/case/cases.server.ts';
import { kinds } from '#lib/case/template.ts';
import { mayCreate } from '#lib/forum/access.ts';
import * as forums from '#lib/forum/forums.server.ts';
import { readableBriefs } from '#lib/case/start.server.ts';
import { door, page } from '#lib/ui/door.server.ts';
import { m } from '#paraglide/messages.js';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = page(async ({ locals, params, url }) => {
	const { db, person } = locals;
	const forum = await forums.membership(db, person, params.forum!);
	if (!mayCreate(forum.role, 'case', forum.chair)) notAllowed();
	const [briefs, members] = await Promise.all([
		readableBriefs(db, person, forum.id),
		forums.members(db, forum.id)
	]);
	return {
		title: m.case_new(),
		forum: { slug: forum.slug, name: forum.name },
		me: person.id,
		briefs,
		brief: briefs.find((brief) => brief.id === url.searchParams.get('brief')) ?? null,
		people: members
			.filter((member) => member.role !== 'observer')
			.map(({ personId, name, departmentName }) => ({ id: personId, name, departmentName }))
	};
});

const input = z.object({
	title: z.string().trim().max(200, 'base.too_long').default(''),
	question: z.string().trim().max(1000, 'base.too_long').default(''),
	recommendation: z.string().trim().max(20_000, 'base.too_long').default(''),
	kind: z.enum(kinds).default('decision'),
	owner: z.uuid().optional(),
	brief: z.uuid().or(z.literal('')).optional(),
	confidential: z.literal('on').optional()
});

export const actions: Actions = {
	default: door(input, async ({ owner, brief, confidential, ...rest }, { locals, params }) => {
		const forum = await forums.membership(locals.db, locals.person, params.forum!);
		const id = await locals.transact((tx) =>
			cases.create(tx, locals.person, {
				...rest,
				forumId: forum.id,
				briefId: brief || undefined,
				ownerId: owner,
				confidential: confidential === 'on',
				statusQuo: m.case_status_quo()
			})
		);
		redirect(303, `/cases/${id}`);
	})
};
