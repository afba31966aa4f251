import { redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { notAllowed } from '#lib/base/errors.ts';
import { apart, sharedBy } from '#lib/data/couple.ts';
import * as couplings from '#lib/data/couplings.server.ts';
import * as datasets from '#lib/data/datasets.server.ts';
import * as versions from '#lib/data/versions.server.ts';
import { membership } from '#lib/forum/forums.server.ts';
import { m } from '#paraglide/messages.js';
import { door, page } from '#lib/ui/door.server.ts';
import type { Actions, PageServerLoad } from './$types';

/** First which other dataset (a link that can be shared), then what of the two, what for, and by what right. */
export const load: PageServerLoad = page(async ({ locals, params, url, depends }) => {
	const { db, person } = locals;
	depends(`object:${params.id}`);
	const dataset = await datasets.page(db, person, params.id);
	if (!(await couplings.mayCouple(db, person, params.id))) notAllowed();
	// The forum one reads it in: what it keeps, and what it has on loan.
	const { id: forumId } = await membership(db, person, dataset.forumSlug);
	const others = (await datasets.list(db, person, forumId)).filter(
		({ id, version }) => id !== params.id && version
	);
	const other = others.find(({ id }) => id === url.searchParams.get('with')) ?? null;
	const ids = [dataset.versions[0]?.id, other?.version?.id];
	const [a, b] = await Promise.all(ids.map((id) => (id ? versions.shape(db, id) : null)));
	const shared = a && b ? sharedBy(a, b) : null;
	const side = (index: 0 | 1, id: string, title: string, of: NonNullable<typeof a>) => ({
		id,
		title,
		measures: of.measures.map(({ key, label }) => ({ value: key, label })),
		held: apart(of, shared!, index).map(({ key, label, categories }) => ({
			key,
			label,
			options: categories.map(({ code, label }) => ({ value: code, label }))
		}))
	});
	return {
		title: m.data_couple(),
		dataset,
		others: others.map(({ id, title }) => ({ value: id, label: title })),
		other: other && { id: other.id, title: other.title },
		shares: shared?.map(({ dimension }) => dimension.label) ?? null,
		sides:
			a && b && other && shared && shared.length > 0
				? [side(0, dataset.id, dataset.title, a), side(1, other.id, other.title, b)]
				: null,
		topics: [params.id]
	};
});

const text = (most: number) => z.string().trim().min(1, 'base.required').max(most, 'base.too_long');
const form = z
	.object({
		title: text(200),
		purpose: text(2000),
		legalBasis: text(1000),
		partOf: z.literal('on').optional(),
		other: z.uuid('base.required'),
		measure0: text(200),
		measure1: text(200)
	})
	.catchall(z.string().max(400));

export const actions: Actions = {
	default: door(form, async (input, { locals, params }) => {
		const { title, purpose, legalBasis, partOf, other } = input;
		/** `held0.koen` is what the first dataset's `koen` is held at. */
		const held = (side: number) =>
			Object.fromEntries(
				Object.entries(input).flatMap(([name, code]) =>
					name.startsWith(`held${side}.`) ? [[name.slice(6), String(code)]] : []
				)
			);
		const id = await locals.transact((tx) =>
			couplings.make(tx, locals.person, {
				title,
				purpose,
				legalBasis,
				partOf: partOf === 'on',
				parts: [
					{ datasetId: params.id!, measure: input.measure0, held: held(0) },
					{ datasetId: other, measure: input.measure1, held: held(1) }
				]
			})
		);
		redirect(303, `/couplings/${id}`);
	})
};
