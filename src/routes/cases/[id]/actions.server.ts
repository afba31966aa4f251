import { redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { annotationActions } from '#lib/annotation/actions.server.ts';
import { levels } from '#lib/case/appraisal.ts';
import * as appraisals from '#lib/case/appraisals.server.ts';
import * as cases from '#lib/case/cases.server.ts';
import * as differing from '#lib/case/differing.server.ts';
import * as evidence from '#lib/case/evidence.server.ts';
import { kinds, stances } from '#lib/case/evidence.ts';
import { opennessActions } from '#lib/forum/actions.server.ts';
import * as options from '#lib/case/options.server.ts';
import * as requests from '#lib/case/requests.server.ts';
import { likelihoods, parseAmount } from '#lib/case/options.ts';
import { states } from '#lib/case/states.ts';
import type { Tx } from '#lib/base/sql.server.ts';
import { decideActions } from '#lib/thread/decide-actions.server.ts';
import { door } from '#lib/ui/door.server.ts';
import type { Actions } from './$types';

type Event = Parameters<Actions[string]>[0];

/** One verb, in a transaction of its own. */
const act = <Schema extends z.ZodType>(
	schema: Schema,
	verb: (tx: Tx, input: z.output<Schema>, id: string, event: Event) => Promise<unknown>,
	/** Where on the page to go on, with the form that was sent closed. */
	to?: string
) =>
	door(schema, async (input, event: Event) => {
		await event.locals.transact((tx) => verb(tx, input, event.params.id!, event));
		if (to) redirect(303, `/cases/${event.params.id}#${to}`);
	});

const text = (most: number) => z.string().trim().max(most, 'base.too_long').default('');
const item = z.object({ id: z.uuid() });
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

export const caseActions = {
	...annotationActions(evidence.pinned),
	...opennessActions(cases),
	head: act(
		z.object({ title: text(200), question: text(1000) }),
		async (tx, { title, question }, id, { locals }) => {
			await cases.setTitle(tx, locals.person, id, title);
			await cases.setQuestion(tx, locals.person, id, question);
		}
	),
	state: act(
		z.object({ to: z.enum(states), reason: text(2000) }),
		(tx, { to, reason }, id, { locals }) => cases.setState(tx, locals.person, id, to, { reason })
	),
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
	),
	addEvidence: act(
		z.object({
			kind: z.enum(kinds),
			title: text(300),
			note: text(4000),
			link: text(2000),
			sender: text(500),
			stance: z.enum(stances).default('supports')
		}),
		(tx, input, id, { locals }) => evidence.add(tx, locals.person, id, input)
	),
	stance: act(item.extend({ stance: z.enum(stances) }), (tx, input, id, { locals }) =>
		evidence.setStance(tx, locals.person, id, input.id, input.stance)
	),
	park: act(item.extend({ why: text(1000) }), (tx, input, id, { locals }) =>
		evidence.park(tx, locals.person, id, input.id, input.why)
	),
	shortlist: act(item.extend({ on: z.enum(['true', 'false']) }), (tx, input, id, { locals }) =>
		evidence.shortlist(tx, locals.person, id, input.id, input.on === 'true')
	),
	appraise: act(
		item.extend({ credibility: z.enum(levels), relevance: z.enum(levels), reason: text(2000) }),
		(tx, { id: evidenceId, ...input }, id, { locals }) =>
			appraisals.appraise(tx, locals.person, id, evidenceId, input)
	),
	unpark: act(item, (tx, input, id, { locals }) =>
		evidence.unpark(tx, locals.person, id, input.id)
	),
	ask: act(
		z.object({ missing: text(500), asked: z.uuid(), due: text(10) }),
		(tx, { missing, asked, due }, id, { locals }) =>
			requests.ask(tx, locals.person, id, { question: missing, askedId: asked, due })
	),
	answer: act(item.extend({ answer: text(4000) }), (tx, input, id, { locals }) =>
		requests.answer(tx, locals.person, id, input.id, input.answer)
	),
	withdrawRequest: act(item, (tx, input, id, { locals }) =>
		requests.withdraw(tx, locals.person, id, input.id)
	),
	askAgain: act(item, (tx, input, id, { locals }) =>
		requests.askAgain(tx, locals.person, id, input.id)
	),
	differ: act(z.object({ matter: text(500), reading: text(2000) }), (tx, input, id, { locals }) =>
		differing.raise(tx, locals.person, id, input)
	),
	reading: act(item.extend({ reading: text(2000) }), (tx, input, id, { locals }) =>
		differing.read(tx, locals.person, id, input.id, input.reading)
	),
	settleDiffering: act(item, (tx, input, id, { locals }) =>
		differing.settle(tx, locals.person, id, input.id)
	),
	reopenDiffering: act(item, (tx, input, id, { locals }) =>
		differing.reopen(tx, locals.person, id, input.id)
	),
	...decideActions
} satisfies Actions;
