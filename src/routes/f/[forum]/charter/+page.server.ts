import { z } from 'zod';
import { AFTER_DEADLINE, APPROVALS, WRITTEN } from '#lib/forum/charter.ts';
import * as forums from '#lib/forum/forums.server.ts';
import * as responsible from '#lib/forum/responsible.server.ts';
import { door, page } from '#lib/ui/door.server.ts';
import type { Actions, PageServerLoadEvent } from './$types';

export const load = page(async ({ locals, params, depends }: PageServerLoadEvent) => {
	const forum = await forums.membership(locals.db, locals.person, params.forum);
	depends(`object:${forum.id}`);
	const { circulateWorkdays, handInWorkdays, afterDeadline, approval } = forum;
	const { writtenProcedure, smallNumberLimit } = forum;
	const [answering, members] = await Promise.all([
		responsible.answering(locals.db, forum.id),
		forums.members(locals.db, forum.id)
	]);
	return {
		topics: [forum.id],
		conducts: forums.conducts(forum),
		charter: {
			...{ circulateWorkdays, handInWorkdays, afterDeadline },
			...{ approval, writtenProcedure, smallNumberLimit }
		},
		answering,
		directors: members
			.filter(({ role }) => role === 'director')
			.map(({ personId, name, departmentId }) => ({ id: personId, name, departmentId }))
	};
});

const days = (code: string) =>
	z.union([
		z.literal('').transform(() => null),
		z.coerce.number(code).int(code).min(1, code).max(20, code)
	]);

const charter = z.object({
	circulateWorkdays: days('forum.circulate_range'),
	handInWorkdays: days('forum.hand_in_range').default(null),
	afterDeadline: z.enum(AFTER_DEADLINE).default('shown'),
	approval: z.enum(APPROVALS).default('none'),
	writtenProcedure: z.enum(WRITTEN).default('none'),
	smallNumberLimit: z.coerce
		.number('forum.limit_range')
		.int('forum.limit_range')
		.min(3, 'forum.limit_range')
		.max(50, 'forum.limit_range')
});

/** Directors come as `director:<department id>`, empty for nobody. */
const FIELD = 'director:';
const named = z.record(
	z.string().regex(/^director:[0-9a-f-]{36}$/),
	z.union([z.literal(''), z.uuid()])
);

export const actions: Actions = {
	save: door(charter, async (input, { locals, params }) => {
		const { smallNumberLimit } = await locals.transact((tx) =>
			forums.setCharter(tx, locals.person, params.forum!, input)
		);
		return { saved: true, limit: smallNumberLimit };
	}),
	directors: door(named, async (input, { locals, params }) => {
		await locals.transact(async (tx) => {
			await forums.mustConduct(tx, locals.person, params.forum!);
			for (const [field, value] of Object.entries(input)) {
				const department = field.slice(FIELD.length);
				await responsible.name(tx, locals.person, params.forum!, department, value || null);
			}
		});
		return { named: true };
	})
};
