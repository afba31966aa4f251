import * as datasets from '#lib/data/datasets.server.ts';
import { mayCreate } from '#lib/forum/access.ts';
import * as forums from '#lib/forum/forums.server.ts';
import { m } from '#paraglide/messages.js';
import { page } from '#lib/ui/door.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = page(async ({ locals, params, url, depends }) => {
	const forum = await forums.membership(locals.db, locals.person, params.forum);
	depends(`object:${forum.id}`);
	const search = (url.searchParams.get('q') ?? '').trim().slice(0, 200);
	return {
		title: m.data_title(),
		search,
		datasets: await datasets.list(locals.db, locals.person, forum.id, search),
		mayBring: mayCreate(forum.role, 'dataset', forum.chair),
		topics: [forum.id]
	};
});
