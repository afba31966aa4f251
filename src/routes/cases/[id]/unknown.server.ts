import { z } from 'zod';
import * as differing from '#lib/case/differing.server.ts';
import * as questions from '#lib/case/questions.server.ts';
import * as requests from '#lib/case/requests.server.ts';
import { turn } from '#lib/case/turn.server.ts';
import { turningSchema } from '#lib/case/turn-input.ts';
import { act, item, text } from './act.server.ts';

/** What nobody knows yet, and what is read differently. */
export const unknownActions = {
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
	settleQuestion: act(item, (tx, input, id, { locals }) =>
		questions.settle(tx, locals.person, id, input.id)
	),
	reopenQuestion: act(item, (tx, input, id, { locals }) =>
		questions.reopen(tx, locals.person, id, input.id)
	),
	/** A note becomes a thing of the case. */
	turn: act(turningSchema, (tx, input, id, { locals }) => turn(tx, locals.person, id, input))
};
