import { page } from '#lib/ui/door.server.ts';
import type { PageServerLoad } from './$types';
import { caseActions } from './actions.server.ts';
import { everything } from './load.server.ts';

export const load: PageServerLoad = page(async ({ locals, params, url, depends }) => {
	depends(`object:${params.id}`);
	const shown = await everything(locals, params.id!);
	return { ...shown, editing: url.searchParams.get('option'), topics: [params.id!] };
});

export const actions = caseActions;
