import { z } from 'zod';
import type { Tx } from '#lib/base/sql.server.ts';
import { door } from '#lib/ui/door.server.ts';
import type { Actions } from './$types';

export type Event = Parameters<Actions[string]>[0];

/** One verb on the brief, in a transaction of its own. */
export const act = <Schema extends z.ZodType>(
	schema: Schema,
	verb: (tx: Tx, input: z.output<Schema>, id: string, event: Event) => Promise<unknown>
) =>
	door(schema, async (input, event: Event) => {
		await event.locals.transact((tx) => verb(tx, input, event.params.id!, event));
	});

export const text = (most: number) => z.string().trim().max(most, 'base.too_long').default('');
