import { z } from 'zod';
import * as persons from '#lib/people/persons.server.ts';
import * as sessions from '#lib/people/sessions.server.ts';
import { door, page } from '#lib/ui/door.server.ts';
import type { Actions, PageServerLoadEvent } from './$types';

export const load = page(async ({ locals }: PageServerLoadEvent) => {
	const { person, sessionId, db } = locals;
	const { name, email, title, departmentName } = person;
	const own = await sessions.list(db, person);
	return {
		me: { name, email, title, departmentName },
		sessions: own.map((session) => ({ ...session, here: session.id === sessionId }))
	};
});

const self = z.object({
	name: z.string().trim().min(1, 'base.required').max(120, 'base.too_long'),
	title: z.string().trim().max(120, 'base.too_long')
});
const change = z.object({
	old: z.string().min(1, 'people.password_missing').max(1000),
	password: z.string().max(1000)
});

export const actions: Actions = {
	describe: door(self, async (input, { locals }) => {
		await locals.transact((tx) => persons.describe(tx, locals.person, input));
		return { done: 'describe' };
	}),
	password: door(change, async (input, { locals }) => {
		await locals.transact((tx) =>
			persons.changePassword(tx, locals.person, locals.sessionId, input)
		);
		return { done: 'password' };
	}),
	revoke: door(z.object({ id: z.uuid() }), async ({ id }, { locals }) => {
		await locals.transact((tx) => sessions.revoke(tx, locals.person, id));
		return { done: 'revoke' };
	}),
	revokeOthers: door(z.object({}), async (_, { locals }) => {
		await locals.transact((tx) => sessions.revokeOthers(tx, locals.person, locals.sessionId));
		return { done: 'revoke' };
	})
};
