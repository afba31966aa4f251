import { error } from '@sveltejs/kit';
import { explain } from '#lib/ui/explain.server.ts';
import { page } from '#lib/ui/door.server.ts';
import type { PageServerLoad } from './$types';
import { everything } from '../load.server.ts';

/** The case as one hands it on: what stands there now, or as it was decided. */
export const load: PageServerLoad = page(async ({ locals, params }) => {
	const shown = await everything(locals, params.id!);
	if (!shown.stub) return { ...shown, printedAt: new Date() };
	const code = 'base.not_allowed';
	return error(403, { code, message: explain(code, {}, locals.locale) });
});
