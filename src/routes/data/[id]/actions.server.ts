import { z } from 'zod';
import * as breaks from '#lib/data/breaks.server.ts';
import { derivedSchema } from '#lib/data/derive-input.ts';
import * as derived from '#lib/data/derived.server.ts';
import * as lending from '#lib/data/lending.server.ts';
import * as mappings from '#lib/data/mappings.server.ts';
import type { Tx } from '#lib/base/sql.server.ts';
import { door } from '#lib/ui/door.server.ts';
import type { Actions } from './$types';

type Event = Parameters<Actions[string]>[0];

/** One verb, in a transaction of its own. */
const act = <Schema extends z.ZodType>(
	schema: Schema,
	verb: (tx: Tx, input: z.output<Schema>, id: string, event: Event) => Promise<unknown>
) =>
	door(schema, async (input, event: Event) => {
		await event.locals.transact((tx) => verb(tx, input, event.params.id!, event));
	});

const because = z.string().trim().min(1, 'data.ending_reason').max(1000, 'base.too_long');

/** What is said of a dataset beside its figures: breaks, renamed categories, derived measures. */
export const saidActions = {
	mark: act(breaks.breakSchema, (tx, input, id, { locals }) =>
		breaks.mark(tx, locals.person, id, input)
	),
	editBreak: act(
		breaks.breakSchema.extend({ id: z.uuid(), because }),
		(tx, { id: breakId, ...input }, id, { locals }) =>
			breaks.edit(tx, locals.person, id, breakId, input)
	),
	endBreak: act(z.object({ id: z.uuid(), because }), (tx, input, id, { locals }) =>
		breaks.end(tx, locals.person, id, input.id, input.because)
	),
	map: act(mappings.mappingSchema, (tx, input, id, { locals }) =>
		mappings.map(tx, locals.person, id, input)
	),
	unmap: act(breaks.endingSchema, (tx, input, id, { locals }) =>
		mappings.end(tx, locals.person, id, input.id, input.reason)
	),
	derive: act(derivedSchema, (tx, input, id, { locals }) =>
		derived.add(tx, locals.person, id, input)
	),
	underive: act(breaks.endingSchema, (tx, input, id, { locals }) =>
		derived.end(tx, locals.person, id, input.id, input.reason)
	)
} satisfies Actions;

const forum = z.object({ forum: z.uuid('data.lend_no_forum') });
/** One of the owner's own forums, or else any by its name. */
const toForum = z.object({
	forum: z.union([z.literal(''), z.uuid('data.lend_no_forum')]).default(''),
	name: z.string().trim().max(200, 'base.too_long').default('')
});

/** The owner lets another forum use it, or takes it back; the answer says which, so that it can be undone. */
export const lendingActions = {
	lend: door(toForum, async ({ forum, name }, { locals, params }: Event) => {
		const to = name || forum;
		const lent = await locals.transact((tx) => lending.lend(tx, locals.person, params.id!, to));
		return { lending: 'lent' as const, forum: lent };
	}),
	takeBack: door(forum, async ({ forum }, { locals, params }: Event) => {
		await locals.transact((tx) => lending.takeBack(tx, locals.person, params.id!, forum));
		return { lending: 'taken' as const, forum };
	})
} satisfies Actions;
