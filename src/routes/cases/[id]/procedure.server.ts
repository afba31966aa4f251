import { z } from 'zod';
import type { Db } from '#lib/base/sql.server.ts';
import { seeksDecision } from '#lib/case/approval.ts';
import * as approvals from '#lib/case/approvals.server.ts';
import { takeOff } from '#lib/case/offrecord.server.ts';
import type { CasePage } from '#lib/case/read.server.ts';
import { prepares } from '#lib/case/states.ts';
import * as urgency from '#lib/case/urgency.server.ts';
import { may } from '#lib/forum/access.ts';
import { membership } from '#lib/forum/forums.server.ts';
import { judge } from '#lib/forum/objects.server.ts';
import { handInOf } from '#lib/meeting/handin.server.ts';
import { isUnopened } from '#lib/meeting/reading.server.ts';
import { ANSWERS } from '#lib/meeting/written.ts';
import * as written from '#lib/meeting/written.server.ts';
import type { Person } from '#lib/people/person.ts';
import * as inWriting from '#lib/thread/in-writing.server.ts';
import { act, text } from './act.server.ts';

/** How the case stands on its way to the forum. */
export async function procedureOf(db: Db, person: Person, found: CasePage) {
	const [charter, { standing, facts }] = await Promise.all([
		membership(db, person, found.forumId),
		judge(db, person, 'read', found.id)
	]);
	const [approval, urgent, handIn, inWriting, unopened] = await Promise.all([
		approvals.ofCase(db, person, found),
		found.settled ? null : urgency.ofCase(db, found.id),
		found.settled ? null : handInOf(db, person, found.id, { forumId: found.forumId, charter }),
		written.ofCase(db, person, found.id),
		!found.settled && isUnopened(db, person, found.id)
	]);
	const runs = inWriting?.ended === null;
	return {
		...{ approval, urgent, handIn, written: inWriting, unopened },
		mayAskWritten:
			charter.writtenProcedure !== 'none' &&
			found.state.is === 'ready' &&
			seeksDecision(found.kind) &&
			!runs &&
			may(standing, 'decide', facts),
		prepares: !found.settled && prepares(standing)
	};
}

const ids = z.union([z.array(z.uuid()), z.uuid().transform((one) => [one])]).default([]);

/** What is done to take it there. */
export const procedureActions = {
	askApproval: act(
		z.object({ director: z.union([z.literal(''), z.uuid()]).default('') }),
		(tx, { director }, id, { locals }) =>
			approvals.ask(tx, locals.person, id, director || undefined)
	),
	approve: act(z.object({}), (tx, _input, id, { locals }) =>
		approvals.approve(tx, locals.person, id)
	),
	sendBack: act(z.object({ comment: text(4000), notes: ids }), (tx, input, id, { locals }) =>
		inWriting.sendBack(tx, locals.person, id, input)
	),
	withdrawApproval: act(z.object({}), (tx, _input, id, { locals }) =>
		approvals.withdraw(tx, locals.person, id)
	),
	markUrgent: act(z.object({ reason: text(500) }), (tx, { reason }, id, { locals }) =>
		urgency.mark(tx, locals.person, id, reason)
	),
	askWritten: act(z.object({ due: text(10) }), (tx, { due }, id, { locals }) =>
		written.ask(tx, locals.person, id, due)
	),
	answerWritten: act(
		z.object({ answer: z.enum(ANSWERS, 'meeting.written_answer_missing'), words: text(2000) }),
		(tx, input, id, { locals }) => written.answer(tx, locals.person, id, input)
	),
	withdrawWritten: act(z.object({}), (tx, _input, id, { locals }) =>
		written.withdraw(tx, locals.person, id)
	),
	offRecord: act(z.object({}), (tx, _input, id, { locals }) => takeOff(tx, locals.person, id)),
	liftUrgent: act(z.object({}), (tx, _input, id, { locals }) => urgency.lift(tx, locals.person, id))
};
