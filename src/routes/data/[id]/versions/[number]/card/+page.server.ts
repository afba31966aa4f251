import { card } from '#lib/data/card.server.ts';
import { m } from '#paraglide/messages.js';
import { page } from '#lib/ui/door.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = page(async ({ locals, params, url, depends }) => {
	depends(`object:${params.id}`);
	const measure = url.searchParams.get('measure')?.slice(0, 400) || null;
	const found = await card(locals.db, locals.person, params.id, Number(params.number), measure);
	return {
		title: m.data_card_of({ title: found.indicator?.label ?? found.dataset.title }),
		card: found,
		topics: [params.id]
	};
});
