import { z } from 'zod';
import * as differing from '#lib/case/differing.server.ts';
import * as questions from '#lib/case/questions.server.ts';
import { door } from '#lib/ui/door.server.ts';
import type { Actions } from './$types';

const onOne = z.object({ case: z.uuid(), id: z.uuid() });

/** What the room has talked through is said where the room is. */
export const roomActions = {
	settleQuestion: door(onOne, (input, { locals }) =>
		locals.transact((tx) => questions.settle(tx, locals.person, input.case, input.id))
	),
	settleDiffering: door(onOne, (input, { locals }) =>
		locals.transact((tx) => differing.settle(tx, locals.person, input.case, input.id))
	)
} satisfies Actions;
