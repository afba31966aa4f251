import { push } from '#lib/data/push.server.ts';
import * as versions from '#lib/data/versions.server.ts';
import * as accounts from '#lib/forum/accounts.server.ts';
import { api } from '#lib/ui/api.server.ts';
import { explain } from '#lib/ui/explain.server.ts';
import type { RequestHandler } from './$types';

/** Another system brings the dataset's next version: the body is the file. */
export const PUT: RequestHandler = api(
	async ({ request, params, locals, url }) => {
		const { db, transact, locale } = locals;
		const account = await accounts.recognise(transact, request.headers.get('authorization'));
		const { status, answer } = await push(db, transact, account, params.id!, request);
		const warnings = (answer.warnings ?? []).map(({ code, params }) => ({
			code,
			detail: explain(code, params, locale)
		}));
		const page = `${url.origin}/data/${answer.dataset}`;
		return Response.json({ ...answer, warnings, page }, { status });
	},
	// What is wrong with a file, or must be asked, is looked at and answered where a person brings it in.
	({ code, status }, { url, params }): Record<string, string> =>
		code.startsWith('data.') && !code.startsWith('data.push_') && status !== 413
			? { answer_at: `${url.origin}/data/${params.id}/import` }
			: {}
);

/** The versions there are, newest first: what one's own pushes became. */
export const GET: RequestHandler = api(async ({ request, params, locals }) => {
	const account = await accounts.recognise(locals.transact, request.headers.get('authorization'));
	return Response.json({ versions: await versions.briefly(locals.db, account, params.id!) });
});
