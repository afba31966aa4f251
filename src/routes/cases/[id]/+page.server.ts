import { keptFor, page } from '#lib/ui/door.server.ts';
import type { PageServerLoad } from './$types';
import { caseActions } from './actions.server.ts';
import { everything } from './load.server.ts';

export const load: PageServerLoad = page(async ({ locals, params, url, depends, setHeaders }) => {
	depends(`object:${params.id}`);
	const shown = await everything(locals, params.id!);
	if (!shown.stub && shown.case.may.write) setHeaders(keptFor(locals.person));
	return {
		...shown,
		editing: url.searchParams.get('option'),
		weighing: url.searchParams.get('weigh'),
		topics: [params.id!]
	};
});

export const actions = caseActions;
