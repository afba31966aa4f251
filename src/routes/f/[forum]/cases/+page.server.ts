import * as cases from '#lib/case/cases.server.ts';
import { mayCreate } from '#lib/forum/access.ts';
import * as forums from '#lib/forum/forums.server.ts';
import { m } from '#paraglide/messages.js';
import { page } from '#lib/ui/door.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = page(async ({ locals, params, depends }) => {
	const forum = await forums.membership(locals.db, locals.person, params.forum!);
	depends(`object:${forum.id}`);
	return {
		title: m.case_title(),
		forum: { id: forum.id, slug: forum.slug, name: forum.name },
		cases: await cases.list(locals.db, locals.person, forum.id),
		mayCreate: mayCreate(forum.role, 'case', forum.chair),
		topics: [forum.id]
	};
});
