import { redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { notAllowed } from '#lib/base/errors.ts';
import * as datasets from '#lib/data/datasets.server.ts';
import { pxweb, statbank } from '#lib/data/presets.ts';
import { pullSchema } from '#lib/data/pull-input.ts';
import * as pulls from '#lib/data/pulls.server.ts';
import { m } from '#paraglide/messages.js';
import { door, page } from '#lib/ui/door.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = page(async ({ locals, params, url }) => {
	const { db, person, locale } = locals;
	const dataset = await datasets.page(db, person, params.id);
	if (!dataset.can.import) notAllowed();
	const pull = await pulls.of(db, person, params.id);
	const asked = (name: string) => (url.searchParams.get(name) ?? '').slice(0, 5000);
	const preset = asked('preset');
	return {
		title: m.data_pull_title({ title: dataset.title }),
		dataset: { id: dataset.id, title: dataset.title },
		pull,
		asked: { table: asked('table'), url: asked('url'), variables: asked('variables') },
		preset: preset === 'statbank' || preset === 'pxweb' ? preset : null,
		ready:
			preset === 'statbank'
				? statbank(asked('table') || 'FOLK1A', asked('variables') || EXAMPLE, locale)
				: preset === 'pxweb'
					? pxweb(asked('url'), asked('variables'))
					: null
	};
});

const EXAMPLE = 'OMRÅDE = *\nTid = *';
const nothing = z.object({});

export const actions: Actions = {
	set: door(pullSchema, async (input, { locals, params }) => {
		await locals.transact((tx) => pulls.set(tx, locals.person, params.id!, input));
		redirect(303, `/data/${params.id}#pull`);
	}),
	hurry: door(nothing, async (_, { locals, params }) => {
		await locals.transact((tx) => pulls.hurry(tx, locals.person, params.id!));
		redirect(303, `/data/${params.id}#pull`);
	}),
	end: door(nothing, async (_, { locals, params }) => {
		await locals.transact((tx) => pulls.end(tx, locals.person, params.id!));
		redirect(303, `/data/${params.id}#pull`);
	})
};
