import { z } from 'zod';
import * as budget from '#lib/case/budget.server.ts';
import { ways } from '#lib/case/budget.ts';
import { parseAmount } from '#lib/case/options.ts';
import { act, text } from './act.server.ts';

/** What a budget case proposes. */
export const budgetActions = {
	propose: act(
		z.object({
			way: z.enum(ways),
			amount: text(60),
			year: z
				.string()
				.trim()
				.regex(/^\d{4}$/, 'option.year')
				.transform(Number),
			once: z.literal('on').optional(),
			department: z.uuid(),
			whyNot: text(500)
		}),
		(tx, { amount, once, department, ...input }, id, { locals }) =>
			budget.propose(tx, locals.person, id, {
				...input,
				amount: parseAmount(amount, locals.locale),
				lasting: once !== 'on',
				departmentId: department
			})
	)
};
