import { z } from 'zod';
import { may } from '#lib/forum/access.ts';
import { impartialActions } from '#lib/forum/actions.server.ts';
import { membership } from '#lib/forum/forums.server.ts';
import { openness } from '#lib/forum/openness.server.ts';
import * as glossary from '#lib/forum/glossary.server.ts';
import * as objects from '#lib/forum/objects.server.ts';
import * as agenda from '#lib/meeting/agenda.server.ts';
import { circulate } from '#lib/meeting/circulate.server.ts';
import { bar, deadline, unapproved } from '#lib/meeting/deadline.ts';
import * as meetings from '#lib/meeting/meetings.server.ts';
import * as moves from '#lib/meeting/moves.server.ts';
import * as reading from '#lib/meeting/reading.server.ts';
import * as votes from '#lib/meeting/votes.server.ts';
import { caseInHand } from '#lib/thread/in-hand.server.ts';
import { decideActions } from '#lib/thread/decide-actions.server.ts';
import * as cases from '#lib/case/cases.server.ts';
import { door, page } from '#lib/ui/door.server.ts';
import type { Actions, PageServerLoad } from './$types';
import { roomActions } from './room.server.ts';

export const load: PageServerLoad = page(async ({ locals, params, url, depends }) => {
	const { db, person } = locals;
	const { standing, facts } = await objects.judge(db, person, 'read', params.id);
	depends(`object:${params.id}`);
	const [forum, meeting, items, inHand] = await Promise.all([
		membership(db, person, facts.forumId),
		meetings.one(db, person, params.id),
		agenda.items(db, person, params.id),
		moves.inHand(db, params.id)
	]);
	const wandered = items.find((item) => item.id === url.searchParams.get('item'));
	const shown = wandered ?? items.find((item) => item.id === inHand?.itemId);
	if (shown) depends(`object:${shown.caseId}`);
	const manages = may(standing, 'manage', facts);
	const candidates = manages ? await agenda.candidates(db, person, params.id) : [];
	const coming = meeting.phase === 'planned' || meeting.phase === 'circulated';
	const handIn = coming ? deadline(meeting.startsAt, forum.handInWorkdays) : null;
	const readable = shown?.readable ? shown : null;
	return {
		title: meeting.title,
		meeting,
		due: meeting.phase === 'planned' ? deadline(meeting.startsAt, forum.circulateWorkdays) : null,
		handIn,
		prepared: coming ? await reading.preparedness(db, person, params.id) : {},
		items: items.map((one) => ({ ...one, unapproved: unapproved(forum, one) })),
		inHandId: inHand?.itemId ?? null,
		since: inHand?.since ?? null,
		wandering: Boolean(wandered && wandered.id !== inHand?.itemId),
		shown: readable && (await caseInHand(db, person, readable)),
		open: readable && manages ? await openness(db, person, readable.caseId) : null,
		shownItem: shown ?? null,
		glossary: await glossary.ofObject(db, person, params.id),
		attendance: await meetings.attendance(db, params.id),
		candidates: candidates.map((one) => ({
			...one,
			barred: bar(forum, { ...one, past: handIn?.past ?? false })
		})),
		manages,
		mayAttend: standing.role !== 'observer' && facts.phase !== 'closed',
		topics: [params.id, ...(shown ? [shown.caseId] : [])]
	};
});

const item = z.object({ item: z.uuid() });
const minutes = z.coerce
	.number('meeting.minutes_range')
	.int('meeting.minutes_range')
	.min(1, 'meeting.minutes_range')
	.max(480, 'meeting.minutes_range');

export const actions: Actions = {
	add: door(z.object({ case: z.uuid(), minutes }), (input, { locals, params }) =>
		locals.transact((tx) =>
			agenda.add(tx, locals.person, params.id!, { caseId: input.case, minutes: input.minutes })
		)
	),
	minutes: door(item.extend({ minutes }), (input, { locals, params }) =>
		locals.transact((tx) =>
			agenda.arrange(tx, locals.person, params.id!, input.item, { minutes: input.minutes })
		)
	),
	step: door(item.extend({ step: z.enum(['-1', '1']) }), (input, { locals, params }) =>
		locals.transact((tx) =>
			agenda.arrange(tx, locals.person, params.id!, input.item, {
				step: input.step === '1' ? 1 : -1
			})
		)
	),
	place: door(
		item.extend({ to: z.coerce.number().int().min(0).max(500) }),
		(input, { locals, params }) =>
			locals.transact((tx) =>
				agenda.arrange(tx, locals.person, params.id!, input.item, { to: input.to })
			)
	),
	remove: door(item, (input, { locals, params }) =>
		locals.transact((tx) => agenda.remove(tx, locals.person, params.id!, input.item))
	),
	circulate: door(z.object({}), (_input, { locals, params }) =>
		locals.transact((tx) => circulate(tx, locals.person, params.id!))
	),
	open: door(z.object({}), (_input, { locals, params }) =>
		locals.transact((tx) => meetings.open(tx, locals.person, params.id!))
	),
	close: door(z.object({}), (_input, { locals, params }) =>
		locals.transact((tx) => meetings.close(tx, locals.person, params.id!))
	),
	move: door(item, (input, { locals, params }) =>
		locals.transact((tx) => moves.move(tx, locals.person, params.id!, input.item))
	),
	attend: door(
		z.object({ person: z.uuid(), present: z.enum(['true', 'false']) }),
		(input, { locals, params }) =>
			locals.transact((tx) =>
				meetings.attend(tx, locals.person, params.id!, input.person, input.present === 'true')
			)
	),
	startVote: door(
		item.extend({
			question: z.string().trim().min(1, 'base.required').max(300),
			among: z.enum(['yes_no', 'options'])
		}),
		(input, { locals }) =>
			locals.transact((tx) => votes.openRound(tx, locals.person, input.item, input))
	),
	endVote: door(item.extend({ round: z.uuid() }), (input, { locals }) =>
		locals.transact((tx) => votes.closeRound(tx, locals.person, input.item, input.round))
	),
	vote: door(z.object({ round: z.uuid(), choice: z.string().max(60) }), (input, { locals }) =>
		locals.transact((tx) => votes.vote(tx, locals.person, input.round, input.choice))
	),
	defer: door(
		z.object({ case: z.uuid(), reason: z.string().trim().max(2000).default('') }),
		(input, { locals }) =>
			locals.transact((tx) =>
				cases.setState(tx, locals.person, input.case, 'deferred', { reason: input.reason })
			)
	),
	...roomActions,
	...impartialActions,
	...decideActions
};
