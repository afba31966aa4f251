import { mayCreate } from '#lib/forum/access.ts';
import { membership } from '#lib/forum/forums.server.ts';
import { board } from '#lib/goal/page.server.ts';
import { page } from '#lib/ui/door.server.ts';
import type { PageServerLoad } from './$types';
import { m } from '#paraglide/messages.js';

export const load: PageServerLoad = page(async ({ locals, params, url, depends }) => {
	const { db, person, locale } = locals;
	const forum = await membership(db, person, params.forum!);
	depends(`object:${forum.id}`);
	return {
		title: m.goal_board_name({}, { locale }),
		goals: await board(db, person, forum.id),
		by: url.searchParams.get('by') === 'decision' ? ('decision' as const) : ('department' as const),
		mayCreate: mayCreate(forum.role, 'goal', forum.chair),
		slug: forum.slug,
		topics: [forum.id]
	};
});
