import { redirect } from '@sveltejs/kit';
import { z } from 'zod';
import * as departments from '#lib/people/departments.server.ts';
import * as persons from '#lib/people/persons.server.ts';
import * as sessions from '#lib/people/sessions.server.ts';
import * as forums from '#lib/forum/forums.server.ts';
import { asSlug } from '#lib/forum/slug.ts';
import { cookieOptions } from '#lib/ui/cookies.server.ts';
import { door } from '#lib/ui/door.server.ts';
import type { Actions, PageServerLoad } from './$types';

/** The first visit. Closed for good once there is a person. */
export const load: PageServerLoad = async ({ locals }) => {
	if (await persons.any(locals.db)) redirect(303, '/');
};

const text = z.string().trim().min(1, 'base.required').max(200);
const form = z.object({
	name: text,
	email: z.email('people.email_odd').max(320),
	password: z.string().max(1000),
	department: text,
	municipality: z.string().trim().max(200),
	forum: text
});

export const actions: Actions = {
	default: door(form, async (input, { locals, cookies, url, request }) => {
		const { name, email, password, municipality } = input;
		const { token, slug } = await locals.transact(async (tx) => {
			const person = await persons.createFirst(
				tx,
				() => departments.named(tx, null, input.department),
				{ name, email, password, locale: locals.locale }
			);
			const slug = asSlug(input.forum);
			await forums.create(tx, person, { slug, name: input.forum, municipality });
			return {
				slug,
				...(await sessions.open(tx, person, request.headers.get('user-agent') ?? ''))
			};
		});
		cookies.set(sessions.COOKIE, token, { ...cookieOptions(url), maxAge: sessions.COOKIE_AGE });
		redirect(303, `/f/${slug}`);
	})
};
