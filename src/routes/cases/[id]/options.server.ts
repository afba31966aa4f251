import { z } from 'zod';
import * as options from '#lib/case/options.server.ts';
import { likelihoods, parseAmount } from '#lib/case/options.ts';
import { act, item, text } from './act.server.ts';

const option = z.object({
	title: text(200),
	amount: text(60),
	horizon: text(100),
	funding: text(300),
	likelihood: z
		.enum(['', ...likelihoods])
		.default('')
		.transform((value) => value || null)
});

/** What is done to the ways to go. */
export const optionActions = {
	addOption: act(
		option,
		(tx, input, id, { locals }) =>
			options.add(tx, locals.person, id, {
				...input,
				amount: parseAmount(input.amount, locals.locale)
			}),
		'options'
	),
	editOption: act(
		option.extend({ id: z.uuid(), rowVersion: z.coerce.number().int() }),
		(tx, { id: optionId, rowVersion, ...input }, id, { locals }) =>
			options.edit(tx, locals.person, id, optionId, rowVersion, {
				...input,
				amount: parseAmount(input.amount, locals.locale)
			}),
		'options'
	),
	moveOption: act(
		item.extend({ by: z.enum(['-1', '1']) }),
		(tx, { id: optionId, by }, id, { locals }) =>
			options.move(tx, locals.person, id, optionId, by === '1' ? 1 : -1)
	),
	recommend: act(z.object({ option: z.uuid().or(z.literal('')) }), (tx, input, id, { locals }) =>
		options.recommend(tx, locals.person, id, input.option || null)
	),
	withdraw: act(
		item,
		(tx, input, id, { locals }) => options.withdraw(tx, locals.person, id, input.id),
		'options'
	),
	restore: act(item, (tx, input, id, { locals }) =>
		options.restore(tx, locals.person, id, input.id)
	)
};
