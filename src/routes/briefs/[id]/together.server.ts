import { z } from 'zod';
import * as assignments from '#lib/brief/assignments.server.ts';
import { SECTIONS } from '#lib/brief/brief.ts';
import * as leftout from '#lib/brief/leftout.server.ts';
import * as recognitions from '#lib/brief/recognitions.server.ts';
import * as reviews from '#lib/brief/reviews.server.ts';
import * as rivals from '#lib/brief/rivals.server.ts';
import { STEPS } from '#lib/brief/steps.ts';
import { REVIEW_ANSWERS } from '#lib/brief/together.ts';
import { act, text } from './act.server.ts';

/** What people ask of each other for a brief, and what they say beside its text. */

const item = z.object({ id: z.uuid() });
export const seen = z.object({ seen: z.enum(STEPS).optional() });

const asked = z
	.string()
	.max(10_000)
	.transform((json, context) => {
		try {
			return JSON.parse(json) as unknown;
		} catch {
			context.addIssue('base.invalid');
			return z.NEVER;
		}
	})
	.pipe(
		z.object({
			datasetId: z.uuid(),
			personId: z.uuid(),
			on: z.union([
				z.object({ figureId: z.uuid() }),
				z.object({
					section: z.enum(SECTIONS),
					from: z.int().min(0),
					to: z.int().min(1),
					quote: z.string().max(4000).regex(/\S/u, 'annotation.no_words')
				})
			])
		})
	);

const side = (groups: string, assumptions: string, letIn: string, figureId: string) => ({
	figureId,
	groups,
	assumptions,
	letIn
});

export const togetherActions = {
	assign: act(
		z.object({ section: z.enum(SECTIONS), person: z.uuid('base.required'), due: text(10) }),
		(tx, { section, person, due }, id, { locals }) =>
			assignments.assign(tx, locals.person, id, { section, personId: person, due })
	),
	handBack: act(item, (tx, input, id, { locals }) =>
		assignments.handBack(tx, locals.person, id, input.id)
	),
	unassign: act(item, (tx, input, id, { locals }) =>
		assignments.withdraw(tx, locals.person, id, input.id)
	),
	askReview: act(
		seen.extend({ reviewers: z.array(z.uuid()).max(100).default([]), due: text(10) }),
		(tx, { reviewers, due, seen }, id, { locals }) =>
			reviews.ask(tx, locals.person, id, { personIds: reviewers, due, seen })
	),
	answerReview: act(
		z.object({ answer: z.enum(REVIEW_ANSWERS), words: text(2000) }),
		(tx, input, id, { locals }) => reviews.answer(tx, locals.person, id, input)
	),
	takeBack: act(seen, (tx, input, id, { locals }) =>
		reviews.takeBack(tx, locals.person, id, input.seen)
	),
	askOwners: act(
		seen.extend({ ask: z.array(asked).max(200).default([]), due: text(10) }),
		(tx, { ask, due, seen }, id, { locals }) =>
			recognitions.ask(tx, locals.person, id, { asked: ask, due, seen })
	),
	recognise: act(
		item.extend({ answer: z.enum(['yes', 'no']), reason: text(2000) }),
		(tx, input, id, { locals }) =>
			recognitions.answer(tx, locals.person, id, input.id, {
				recognised: input.answer === 'yes',
				// Words under a no that was not given are not said.
				reason: input.answer === 'yes' ? '' : input.reason
			})
	),
	leaveOut: act(z.object({ what: text(500), reason: text(2000) }), (tx, input, id, { locals }) =>
		leftout.leaveOut(tx, locals.person, id, { what: input.what, why: input.reason })
	),
	leaveIn: act(item, (tx, input, id, { locals }) =>
		leftout.withdraw(tx, locals.person, id, input.id)
	),
	interpret: act(
		z.object({ figure: z.uuid(), words: text(2000) }),
		(tx, { figure, words }, id, { locals }) =>
			rivals.interpret(tx, locals.person, id, figure, words)
	),
	rival: act(
		z.object({
			measured: text(300),
			figure1: z.uuid(),
			other: z.uuid(),
			groups1: text(1000),
			groups2: text(1000),
			assumptions1: text(1000),
			assumptions2: text(1000),
			letIn1: text(1000),
			letIn2: text(1000)
		}),
		(tx, one, id, { locals }) =>
			rivals.putSideBySide(tx, locals.person, id, {
				measured: one.measured,
				sides: [
					side(one.groups1, one.assumptions1, one.letIn1, one.figure1),
					side(one.groups2, one.assumptions2, one.letIn2, one.other)
				]
			})
	),
	partRivals: act(item, (tx, input, id, { locals }) =>
		rivals.withdrawRival(tx, locals.person, id, input.id)
	)
};
