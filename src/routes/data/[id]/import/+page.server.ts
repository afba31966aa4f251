import { notAllowed } from '#lib/base/errors.ts';
import * as datasets from '#lib/data/datasets.server.ts';
import { m } from '#paraglide/messages.js';
import { page } from '#lib/ui/door.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = page(async ({ locals, params }) => {
	const dataset = await datasets.page(locals.db, locals.person, params.id);
	if (!dataset.can.import) notAllowed();
	return {
		title: m.data_import_next_title({ title: dataset.title }),
		dataset: { id: dataset.id, title: dataset.title, forumSlug: dataset.forumSlug },
		// One that has passed is what this import answers.
		nextUpdate: dataset.stale ? null : dataset.nextUpdate,
		newest: dataset.versions[0]?.number ?? 0
	};
});
