import { z } from 'zod';
import { refuse } from '#lib/base/errors.ts';
import { ofGoal } from '#lib/case/conflicts.server.ts';
import * as goals from '#lib/goal/goals.server.ts';
import { typedNumber } from '#lib/goal/number.ts';
import { page as story } from '#lib/goal/page.server.ts';
import { running } from '#lib/goal/running.server.ts';
import { STATUSES } from '#lib/goal/status.ts';
import { walk } from '#lib/thread/links.server.ts';
import { door, page } from '#lib/ui/door.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = page(async ({ locals, params, depends }) => {
	const { db, person } = locals;
	const goal = await story(db, person, params.id);
	const known = (await running(db, person, goal.forumId)).find(({ id }) => id === goal.id);
	const above = goal.decision ? [goal.decision.id] : [];
	depends(...[goal.id, ...above].map((id) => `object:${id}` as const));
	return {
		title: goal.title,
		goal,
		/** Options that pull against it, in cases one may read; none once it has ended. */
		against: known ? await ofGoal(db, person, known) : [],
		walk: await walk(db, person, goal.id),
		topics: [goal.id, ...above]
	};
});

const text = z.string().trim().max(4000).default('');

export const actions: Actions = {
	checkIn: door(z.object({ body: text }), ({ body }, { locals, params }) =>
		locals.transact((tx) => goals.checkIn(tx, locals.person, params.id!, body))
	),
	override: door(
		z.object({ status: z.enum(STATUSES), reason: text }),
		(input, { locals, params }) =>
			locals.transact((tx) => goals.override(tx, locals.person, params.id!, input))
	),
	addMilestone: door(
		z.object({ milestone: text, due: text, value: text }),
		(input, { locals, params }) => {
			const targetValue = typedNumber(input.value, locals.locale);
			if (Number.isNaN(targetValue))
				refuse('goal.number_unreadable', { field: 'value', typed: input.value });
			return locals.transact((tx) =>
				goals.addMilestone(tx, locals.person, params.id!, {
					title: input.milestone,
					due: input.due,
					targetValue
				})
			);
		}
	),
	reached: door(z.object({ milestone: z.uuid() }), ({ milestone }, { locals, params }) =>
		locals.transact((tx) => goals.reach(tx, locals.person, params.id!, milestone))
	),
	review: door(z.object({ day: text }), ({ day }, { locals, params }) =>
		locals.transact((tx) => goals.setReview(tx, locals.person, params.id!, day || null))
	)
};
