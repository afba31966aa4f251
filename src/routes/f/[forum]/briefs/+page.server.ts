import * as briefs from '#lib/brief/briefs.server.ts';
import { mayCreate } from '#lib/forum/access.ts';
import * as forums from '#lib/forum/forums.server.ts';
import { m } from '#paraglide/messages.js';
import { page } from '#lib/ui/door.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = page(async ({ locals, params, depends }) => {
	const forum = await forums.membership(locals.db, locals.person, params.forum!);
	depends(`object:${forum.id}`);
	return {
		title: m.brief_title(),
		slug: forum.slug,
		briefs: await briefs.list(locals.db, locals.person, forum.id),
		mayCreate: mayCreate(forum.role, 'brief', forum.chair),
		topics: [forum.id]
	};
});
