import { SECTIONS } from '#lib/brief/brief.ts';
import * as briefs from '#lib/brief/briefs.server.ts';
import { asked, historyActions } from '#lib/document/history-actions.server.ts';
import * as history from '#lib/document/history.server.ts';
import { page } from '#lib/ui/door.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = page(async ({ locals, params, url, depends }) => {
	depends(`object:${params.id}`);
	const { db, person } = locals;
	const { title } = await briefs.page(db, person, params.id!);
	return {
		title,
		history: await history.page(db, person, params.id!, asked(url), [...SECTIONS]),
		restored: url.searchParams.get('restored'),
		topics: [params.id!]
	};
});

export const actions = historyActions;
