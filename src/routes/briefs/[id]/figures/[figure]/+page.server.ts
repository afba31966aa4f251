import { redirect } from '@sveltejs/kit';
import { page } from '#lib/ui/door.server.ts';
import { m } from '#paraglide/messages.js';
import { saveFigure } from './actions.server.ts';
import { figureForm } from './load.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = page(async ({ locals, params, url }) => {
	const shown = await figureForm(locals, params.id!, params.figure!, url.searchParams);
	const fresh = params.figure === 'new';
	return { ...shown, title: fresh ? m.brief_figure_form_new() : m.brief_figure_form_edit(), fresh };
});

export const actions: Actions = {
	save: async (event) => {
		const refused = await saveFigure(event);
		if (refused) return refused;
		redirect(303, `/briefs/${event.params.id}#figures`);
	}
};
