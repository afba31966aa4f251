import { refuse } from '#lib/base/errors.ts';
import { askingSchema } from '#lib/data/import.ts';
import { preview } from '#lib/data/preview.server.ts';
import { receive } from '#lib/data/spool.server.ts';
import * as forums from '#lib/forum/forums.server.ts';
import { explain } from '#lib/ui/explain.server.ts';
import { telling } from '#lib/ui/told.server.ts';
import type { RequestHandler } from './$types';

/** What is this file? Answers with what was understood; stores nothing. */
export const PUT: RequestHandler = telling(async ({ request, params, locals }, onprogress) => {
	const forum = await forums.membership(locals.db, locals.person, params.forum!);
	const { told, bytes, hash } = await receive(request);
	const asked = askingSchema.safeParse(told);
	if (!asked.success) refuse('base.invalid');
	const seen = await preview(
		locals.db,
		locals.person,
		forum,
		{ bytes, hash },
		asked.data!,
		locals.locale,
		onprogress
	);
	const problems = seen.problems.map(({ code, params, severity }) => ({
		code,
		severity,
		message: explain(code, params, locals.locale)
	}));
	return { body: { ...seen, problems } };
});
