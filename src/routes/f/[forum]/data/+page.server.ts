import * as catalogue from '#lib/data/catalogue.server.ts';
import { isFiltered, lookingIn } from '#lib/data/catalogue.ts';
import { mayCreate } from '#lib/forum/access.ts';
import * as forums from '#lib/forum/forums.server.ts';
import { m } from '#paraglide/messages.js';
import { page } from '#lib/ui/door.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = page(async ({ locals, params, url, depends }) => {
	const { db, person } = locals;
	const forum = await forums.membership(db, person, params.forum);
	depends(`object:${forum.id}`);
	const looking = lookingIn(url.searchParams);
	return {
		title: m.data_title(),
		looking,
		filtered: isFiltered(looking),
		...(await catalogue.find(db, person, forum.id, looking)),
		choices: await catalogue.choices(db, person, forum.id),
		mayBring: mayCreate(forum.role, 'dataset', forum.chair),
		topics: [forum.id]
	};
});
