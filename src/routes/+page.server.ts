import { redirect } from '@sveltejs/kit';
import * as forums from '#lib/forum/forums.server.ts';
import type { PageServerLoad } from './$types';

/** The front page is the forum one works in; without one, the page says so. */
export const load: PageServerLoad = async ({ locals }) => {
	const [forum] = await forums.memberships(locals.db, locals.person);
	if (forum) redirect(303, `/f/${forum.slug}`);
};
