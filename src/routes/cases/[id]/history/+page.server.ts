import { error } from '@sveltejs/kit';
import * as cases from '#lib/case/cases.server.ts';
import { asked, historyActions } from '#lib/document/history-actions.server.ts';
import * as history from '#lib/document/history.server.ts';
import { optionSection } from '#lib/document/keys.ts';
import { page } from '#lib/ui/door.server.ts';
import { explain } from '#lib/ui/explain.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = page(async ({ locals, params, url, depends }) => {
	depends(`object:${params.id}`);
	const { db, person } = locals;
	const found = await cases.page(db, person, params.id!);
	if (!found.readable) {
		const code = 'base.not_allowed';
		return error(403, { code, message: explain(code, {}, locals.locale) });
	}
	const options = [...found.options, ...found.withdrawn].map(({ id, title }) => ({
		section: optionSection(id),
		title
	}));
	const order = found.template.flatMap(({ key }) =>
		key === 'options' ? options.map(({ section }) => section) : [key]
	);
	return {
		title: found.title,
		options,
		template: found.template,
		history: await history.page(db, person, params.id!, asked(url), order),
		restored: url.searchParams.get('restored'),
		topics: [params.id!]
	};
});

export const actions = historyActions;
