import { redirect } from '@sveltejs/kit';
import { z } from 'zod';
import type { Tx } from '#lib/base/sql.server.ts';
import { door } from '#lib/ui/door.server.ts';
import type { Actions } from './$types';

type Event = Parameters<Actions[string]>[0];

/** One verb of the case, in a transaction of its own. */
export const act = <Schema extends z.ZodType>(
	schema: Schema,
	verb: (tx: Tx, input: z.output<Schema>, id: string, event: Event) => Promise<unknown>,
	/** Where on the page to go on, with the form that was sent closed. */
	to?: string | ((input: z.output<Schema>) => string)
) =>
	door(schema, async (input, event: Event) => {
		await event.locals.transact((tx) => verb(tx, input, event.params.id!, event));
		if (!to) return;
		redirect(303, `/cases/${event.params.id}#${typeof to === 'string' ? to : to(input)}`);
	});

export const text = (most: number) => z.string().trim().max(most, 'base.too_long').default('');
export const item = z.object({ id: z.uuid() });
