import { z } from 'zod';
import * as couplings from '#lib/data/couplings.server.ts';
import { joinedTable } from '#lib/data/couple.ts';
import { membership } from '#lib/forum/forums.server.ts';
import { door, page } from '#lib/ui/door.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = page(async ({ locals, params, depends }) => {
	const { db, person } = locals;
	const { result, ...coupling } = await couplings.page(db, person, params.id);
	for (const { datasetId } of coupling.parts) depends(`object:${datasetId}`);
	const { slug, name } = await membership(db, person, coupling.forumId);
	return {
		title: coupling.title,
		coupling,
		result: result && {
			table: joinedTable(result.cube),
			limit: result.limit,
			suppressed: result.suppressed
		},
		forumLink: { slug, name },
		topics: coupling.parts.map(({ datasetId }) => datasetId)
	};
});

const answer = z.object({
	dataset: z.uuid(),
	yes: z.enum(['true', 'false']),
	reason: z.string().trim().max(1000, 'base.too_long').default('')
});

export const actions: Actions = {
	answer: door(answer, async ({ dataset, yes, reason }, { locals, params }) => {
		await locals.transact((tx) =>
			couplings.answer(tx, locals.person, params.id!, dataset, { yes: yes === 'true', reason })
		);
	})
};
