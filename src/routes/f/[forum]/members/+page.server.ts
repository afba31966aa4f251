import { z } from 'zod';
import { ROLES } from '#lib/forum/access.ts';
import * as forums from '#lib/forum/forums.server.ts';
import * as departments from '#lib/people/departments.server.ts';
import * as persons from '#lib/people/persons.server.ts';
import { leftBehind } from '#lib/thread/handover.server.ts';
import { door, page } from '#lib/ui/door.server.ts';
import type { Actions, PageServerLoadEvent } from './$types';

export const load = page(async ({ locals, params, depends }: PageServerLoadEvent) => {
	const { db, person } = locals;
	const forum = await forums.membership(db, person, params.forum);
	depends(`object:${forum.id}`);
	return {
		topics: [forum.id],
		conducts: forums.conducts(forum),
		members: await forums.members(db, forum.id),
		departments: await departments.list(db)
	};
});

const role = z.enum(ROLES);
const member = z.object({ person: z.uuid() });
const text = z.string().trim().min(1, 'base.required').max(200, 'base.too_long');
const newMember = z.object({
	name: text,
	email: z.email('people.email_odd').max(320),
	title: z.string().trim().max(120, 'base.too_long'),
	department: text,
	role,
	password: z.string().max(1000)
});

export const actions: Actions = {
	add: door(newMember, async (input, { locals, params }) => {
		const { person } = locals;
		const added = await locals.transact(async (tx) => {
			const forum = await forums.mustConduct(tx, person, params.forum!);
			const known = await persons.byEmail(tx, input.email);
			const departmentId =
				known?.departmentId ?? (await departments.named(tx, person, input.department));
			const { id, name } = known ?? (await persons.create(tx, person, { ...input, departmentId }));
			await forums.addMember(tx, person, forum.id, id, input.role);
			return { name, known: known !== null };
		});
		return { added };
	}),
	role: door(member.extend({ role }), async (input, { locals, params }) => {
		await locals.transact((tx) =>
			forums.setRole(tx, locals.person, params.forum!, input.person, input.role)
		);
	}),
	remove: door(member.extend({ role }), async (input, { locals, params }) => {
		await locals.transact((tx) =>
			forums.removeMember(tx, locals.person, params.forum!, input.person)
		);
		const { name } = await persons.find(locals.db, input.person);
		const forum = await forums.membership(locals.db, locals.person, params.forum!);
		const left = await leftBehind(locals.db, locals.person, forum.id);
		const count = left.filter(({ ownerId }) => ownerId === input.person).length;
		return { removed: { ...input, name, left: count } };
	}),
	move: door(member.extend({ department: text }), async (input, { locals, params }) => {
		const { person } = locals;
		const moved = await locals.transact(async (tx) => {
			await forums.mustConduct(tx, person, params.forum!);
			const to = await departments.named(tx, person, input.department);
			return await forums.moveMember(tx, person, params.forum!, input.person, to);
		});
		return { moved: { ...moved, person: input.person, to: input.department } };
	}),
	restore: door(member.extend({ role }), async (input, { locals, params }) => {
		await locals.transact((tx) =>
			forums.addMember(tx, locals.person, params.forum!, input.person, input.role)
		);
	})
};
