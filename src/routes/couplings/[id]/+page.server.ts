import { redirect } from '@sveltejs/kit';
import { z } from 'zod';
import * as briefs from '#lib/brief/briefs.server.ts';
import { dimensionsOf, figureOf } from '#lib/chart/coupled.server.ts';
import * as couplings from '#lib/data/couplings.server.ts';
import { joinedTable } from '#lib/data/couple.ts';
import { membership } from '#lib/forum/forums.server.ts';
import { door, page } from '#lib/ui/door.server.ts';
import type { Actions, PageServerLoad } from './$types';

/** How it is drawn stands in the address: kind, what runs along the axis, and where the rest is held. */
export const load: PageServerLoad = page(async ({ locals, params, url, depends }) => {
	const { db, person } = locals;
	const found = await couplings.page(db, person, params.id);
	const { result, shared, ...coupling } = found;
	for (const { datasetId, mine } of coupling.parts)
		if (mine || coupling.reading === 'inside') depends(`object:${datasetId}`);
	if (coupling.reading === 'asked') return asking(found);
	const { slug, name } = await membership(db, person, coupling.forumId);
	const asked = (key: string) => url.searchParams.get(key);
	const dimensions = dimensionsOf(found);
	const where = dimensions.flatMap(({ key }) => {
		const code = asked(`hold:${key}`);
		return code === null || key === asked('x') ? [] : [[key, [code]]];
	});
	const wish = { kind: asked('kind'), x: asked('x'), where: Object.fromEntries(where) };
	const words = { id: 'coupling', title: coupling.title, why: coupling.purpose };
	return {
		title: coupling.title,
		coupling,
		dimensions,
		figure: result && (await figureOf(db, found, wish, words)),
		table: result && joinedTable(result.cube),
		drafts: result
			? (await briefs.list(db, person, coupling.forumId)).filter(
					({ phase, mine }) => phase !== 'published' && mine
				)
			: [],
		shares: shared.map(({ dimension }) => dimension.label),
		forumLink: { slug, name },
		topics: coupling.parts.map(({ datasetId }) => datasetId)
	};
});

/** What is asked of one who owns or knows a dataset that another forum has on loan: what for, and what of each; no figure. */
function asking({ parts, shared, ...coupling }: couplings.CouplingPage) {
	return {
		title: coupling.title,
		coupling: {
			...coupling,
			parts: parts.map(({ citation: _, ...part }) => ({ ...part, citation: null }))
		},
		dimensions: [],
		figure: null,
		table: null,
		drafts: [],
		shares: shared.map(({ dimension }) => dimension.label),
		forumLink: { slug: null, name: coupling.forumName },
		topics: parts.filter(({ mine }) => mine).map(({ datasetId }) => datasetId)
	};
}

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
	}),
	renew: door(z.object({}), async (_, { locals, params }) => {
		const id = await locals.transact((tx) => couplings.renew(tx, locals.person, params.id!));
		redirect(303, `/couplings/${id}`);
	})
};
