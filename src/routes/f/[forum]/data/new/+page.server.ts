import { notAllowed } from '#lib/base/errors.ts';
import { mayCreate } from '#lib/forum/access.ts';
import * as forums from '#lib/forum/forums.server.ts';
import { m } from '#paraglide/messages.js';
import { page } from '#lib/ui/door.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = page(async ({ locals, params }) => {
	const forum = await forums.membership(locals.db, locals.person, params.forum);
	if (!mayCreate(forum.role, 'dataset', forum.chair)) notAllowed();
	const members = await forums.members(locals.db, forum.id);
	return {
		title: m.data_import_new_title(),
		me: locals.person.id,
		members: members.map(({ personId, name }) => ({ personId, name }))
	};
});
