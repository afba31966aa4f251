import { redirect } from '@sveltejs/kit';
import { z } from 'zod';
import * as briefs from '#lib/brief/briefs.server.ts';
import * as orders from '#lib/brief/orders.server.ts';
import { mayCreate, mayOrder } from '#lib/forum/access.ts';
import * as forums from '#lib/forum/forums.server.ts';
import { m } from '#paraglide/messages.js';
import { door, page } from '#lib/ui/door.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = page(async ({ locals, params, depends }) => {
	const { db, person } = locals;
	const forum = await forums.membership(db, person, params.forum!);
	depends(`object:${forum.id}`);
	const orders_ = mayOrder(forum.role, forum.chair);
	const [list, ordered, members] = await Promise.all([
		briefs.list(db, person, forum.id),
		orders.list(db, person, forum.id),
		orders_ ? forums.members(db, forum.id) : []
	]);
	return {
		title: m.brief_title(),
		slug: forum.slug,
		briefs: list,
		orders: ordered,
		people: members
			.filter(({ role }) => role !== 'observer')
			.map(({ personId, name, departmentName, role }) => ({
				id: personId,
				name,
				departmentName,
				role
			})),
		mayCreate: mayCreate(forum.role, 'brief', forum.chair),
		mayOrder: orders_,
		topics: [forum.id]
	};
});

type Event = Parameters<Actions[string]>[0];

const text = (most: number) => z.string().trim().max(most, 'base.too_long').default('');
const item = z.object({ id: z.uuid() });
const wish = z.object({
	focus: text(200),
	question: text(1000),
	ifKnown: text(2000),
	due: text(10),
	analyst: z.uuid('base.required'),
	practitioner: z.uuid('base.required')
});

const forumOf = async ({ locals, params }: Event) =>
	(await forums.membership(locals.db, locals.person, params.forum!)).id;

export const actions: Actions = {
	order: door(wish, async ({ analyst, practitioner, ...asked }, event: Event) => {
		const forumId = await forumOf(event);
		const input = { ...asked, analystId: analyst, practitionerId: practitioner };
		const { transact, person } = event.locals;
		await transact((tx) => orders.order(tx, person, forumId, input));
	}),
	begin: door(item, async ({ id }, event: Event) => {
		const forumId = await forumOf(event);
		const { transact, person } = event.locals;
		const briefId = await transact((tx) => orders.begin(tx, person, forumId, id));
		redirect(303, `/briefs/${briefId}`);
	}),
	withdrawOrder: door(item, async ({ id }, event: Event) => {
		const forumId = await forumOf(event);
		const { transact, person } = event.locals;
		await transact((tx) => orders.withdraw(tx, person, forumId, id));
	})
};
