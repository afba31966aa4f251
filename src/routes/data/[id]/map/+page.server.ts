import { redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { refuse } from '#lib/base/errors.ts';
import * as datasets from '#lib/data/datasets.server.ts';
import { MOST_BYTES } from '#lib/data/outline.ts';
import * as outlines from '#lib/data/outlines.server.ts';
import { m } from '#paraglide/messages.js';
import { wordsOf } from '#lib/ui/multipart.server.ts';
import { door, page } from '#lib/ui/door.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = page(async ({ locals, params, url, depends }) => {
	const { db, person } = locals;
	depends(`object:${params.id}`);
	const dataset = await datasets.page(db, person, params.id);
	const newest = dataset.versions[0];
	return {
		title: m.data_map(),
		dataset: { id: dataset.id, title: dataset.title, mayBring: dataset.can.describe },
		brought: url.searchParams.has('brought')
			? {
					id: url.searchParams.get('brought')!,
					code: url.searchParams.get('code') ?? '',
					name: url.searchParams.get('name') ?? ''
				}
			: null,
		hasFigures: newest !== undefined,
		fitting: newest ? await outlines.fitting(db, dataset.forumId, newest.id) : []
	};
});

const input = outlines.sourceSchema.extend({
	file: z
		.instanceof(File, { error: 'data.outline_file_missing' })
		.refine(({ size }) => size > 0, 'data.outline_file_missing')
		.refine(({ size }) => size <= MOST_BYTES, 'data.outline_too_large')
});

const bring = door(input, async ({ file, ...words }, { locals, params }) => {
	const bytes = new Uint8Array(await file.arrayBuffer());
	const brought = await locals.transact((tx) =>
		outlines.bring(tx, locals.person, params.id!, { ...words, bytes, fileName: file.name })
	);
	const { id, codeFrom, nameFrom } = brought;
	redirect(303, `?${new URLSearchParams({ brought: id, code: codeFrom, name: nameFrom })}`);
});

/** Of a larger body only the words before the file are read, so that they stand in the form again. */
const tooLarge = door(z.object({}), () => refuse('data.outline_too_large', { field: 'file' }));

export const actions: Actions = {
	bring: async (event) => {
		const length = Number(event.request.headers.get('content-length') ?? Infinity);
		if (length <= MOST_BYTES + 10_000) return await bring(event);
		const request = new Request(event.url, { method: 'POST', body: await wordsOf(event.request) });
		return await tooLarge(Object.create(event, { request: { value: request } }) as typeof event);
	}
};
