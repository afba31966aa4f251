import { refuse } from '#lib/base/errors.ts';
import * as datasets from '#lib/data/datasets.server.ts';
import { importingSchema } from '#lib/data/import.ts';
import { receive } from '#lib/data/spool.server.ts';
import * as versions from '#lib/data/versions.server.ts';
import * as forums from '#lib/forum/forums.server.ts';
import { telling } from '#lib/ui/told.server.ts';
import type { RequestHandler } from './$types';

/** Stores the file that was previewed: as a new dataset's first version, or as a dataset's next. */
export const PUT: RequestHandler = telling(async ({ request, params, locals }, onprogress) => {
	const forum = await forums.membership(locals.db, locals.person, params.forum!);
	const { told, bytes, hash } = await receive(request);
	const parsed = importingSchema.safeParse(told);
	if (!parsed.success) return refuse(codeOf(parsed.error.issues[0]!.message));
	const { datasetId, description, nextUpdate, hash: previewed, ...input } = parsed.data;
	if (hash !== previewed) refuse('data.other_file', { status: 409 });
	if (!datasetId && !description) refuse('base.invalid');
	const answer = await locals.transact(async (tx) => {
		const id =
			datasetId ??
			(await datasets.create(tx, locals.person, { ...description!, forumId: forum.id }));
		const { number } = await versions.store(tx, locals.person, id, {
			...input,
			bytes,
			hash,
			onprogress
		});
		if (datasetId && nextUpdate)
			await datasets.expectNext(tx, locals.person, datasetId, nextUpdate);
		return { id, number };
	});
	return { body: answer, status: 201 };
});

const codeOf = (message: string) => (/^[a-z]+\.[a-z_]+$/.test(message) ? message : 'base.invalid');
