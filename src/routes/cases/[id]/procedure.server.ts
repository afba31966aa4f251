import { z } from 'zod';
import type { Db } from '#lib/base/sql.server.ts';
import * as approvals from '#lib/case/approvals.server.ts';
import type { CasePage } from '#lib/case/read.server.ts';
import { prepares } from '#lib/case/states.ts';
import * as urgency from '#lib/case/urgency.server.ts';
import { membership } from '#lib/forum/forums.server.ts';
import { judge } from '#lib/forum/objects.server.ts';
import { handInOf } from '#lib/meeting/handin.server.ts';
import type { Person } from '#lib/people/person.ts';
import { act, text } from './act.server.ts';

/** How the case stands on its way to the forum. */
export async function procedureOf(db: Db, person: Person, found: CasePage) {
	const [charter, { standing }] = await Promise.all([
		membership(db, person, found.forumId),
		judge(db, person, 'read', found.id)
	]);
	const [approval, urgent, handIn] = await Promise.all([
		approvals.ofCase(db, person, found),
		found.settled ? null : urgency.ofCase(db, found.id),
		found.settled ? null : handInOf(db, person, found.id, { forumId: found.forumId, charter })
	]);
	return { approval, urgent, handIn, prepares: !found.settled && prepares(standing) };
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
		approvals.sendBack(tx, locals.person, id, input)
	),
	withdrawApproval: act(z.object({}), (tx, _input, id, { locals }) =>
		approvals.withdraw(tx, locals.person, id)
	),
	markUrgent: act(z.object({ reason: text(500) }), (tx, { reason }, id, { locals }) =>
		urgency.mark(tx, locals.person, id, reason)
	),
	liftUrgent: act(z.object({}), (tx, _input, id, { locals }) => urgency.lift(tx, locals.person, id))
};
