import { redirect, type RequestEvent } from '@sveltejs/kit';
import { z } from 'zod';
import { termOrigins } from '#lib/annotation/terms.server.ts';
import type { Tx } from '#lib/base/sql.server.ts';
import * as forums from '#lib/forum/forums.server.ts';
import * as glossary from '#lib/forum/glossary.server.ts';
import { parseForms } from '#lib/forum/glossary.ts';
import { definitionSchema, termSchema } from '#lib/forum/term-input.ts';
import { door, page } from '#lib/ui/door.server.ts';
import type { Actions, PageServerLoadEvent } from './$types';

export const load = page(async ({ locals, params, depends }: PageServerLoadEvent) => {
	const { db, person } = locals;
	const forum = await forums.membership(db, person, params.forum);
	depends(`object:${forum.id}`);
	return {
		topics: [forum.id],
		conducts: forums.conducts(forum),
		mayPropose: forum.role !== 'observer',
		department: { id: person.departmentId, name: person.departmentName },
		terms: await glossary.list(db, person, forum.id),
		origins: await termOrigins(db, person, forum.id)
	};
});

const term = z.object({ term: z.uuid() });
const said = term.extend({ definition: definitionSchema });

/** One verb on a term, and back to where it stands in the list. */
const act = <Schema extends typeof term>(
	schema: Schema,
	verb: (tx: Tx, person: App.Locals['person'], input: z.output<Schema>) => Promise<void>
) =>
	door(schema, async (input, { locals, url }: RequestEvent) => {
		await locals.transact((tx) => verb(tx, locals.person, input));
		redirect(303, `${url.pathname}#term-${input.term}`);
	});

export const actions: Actions = {
	propose: door(z.object(termSchema), async ({ word, forms, definition }, event: RequestEvent) => {
		const { locals, params, url } = event;
		const id = await locals.transact((tx) =>
			glossary.propose(tx, locals.person, params.forum!, {
				word,
				forms: parseForms(forms, word),
				definition
			})
		);
		redirect(303, `${url.pathname}#term-${id}`);
	}),
	adopt: act(term, (tx, person, input) => glossary.adopt(tx, person, input.term)),
	withdraw: act(term, (tx, person, input) => glossary.withdraw(tx, person, input.term)),
	define: act(said, (tx, person, input) =>
		glossary.define(tx, person, input.term, input.definition)
	),
	differ: act(said, (tx, person, input) =>
		glossary.differ(tx, person, input.term, input.definition)
	)
};
