import { opened } from '#lib/meeting/reading.server.ts';
import { keptFor, page } from '#lib/ui/door.server.ts';
import type { PageServerLoad } from './$types';
import { caseActions } from './actions.server.ts';
import { everything } from './load.server.ts';

export const load: PageServerLoad = page(async (event) => {
	const { locals, params, url, depends, setHeaders, isDataRequest } = event;
	depends(`object:${params.id}`);
	const shown = await everything(locals, params.id!);
	if (!shown.stub && shown.case.may.write) setHeaders(keptFor(locals.person));
	// A browser may fetch a page's data before it is looked at; then the page itself says that it was opened.
	if (!shown.stub && shown.procedure.unopened && !isDataRequest) {
		await locals.transact((tx) => opened(tx, locals.person, params.id!));
		shown.procedure.unopened = false;
	}
	return {
		...shown,
		editing: url.searchParams.get('option'),
		weighing: url.searchParams.get('weigh'),
		topics: [params.id!]
	};
});

export const actions = caseActions;
