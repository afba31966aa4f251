import { redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { COOKIE, COOKIE_AGE } from '#lib/people/sessions.server.ts';
import { signIn } from '#lib/people/signin.server.ts';
import { cookieOptions } from '#lib/ui/cookies.server.ts';
import { door } from '#lib/ui/door.server.ts';
import { localPath } from '#lib/ui/paths.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals, url }) => {
	if (locals.visitor) redirect(303, localPath(url.searchParams.get('next')));
};

const form = z.object({
	email: z.string().min(1, 'people.email_missing').max(320),
	password: z.string().min(1, 'people.password_missing').max(1000)
});

export const actions: Actions = {
	default: door(form, async (input, { locals, cookies, url, request, getClientAddress }) => {
		const { token } = await signIn(locals.db, locals.transact, {
			...input,
			address: getClientAddress(),
			userAgent: request.headers.get('user-agent') ?? ''
		});
		cookies.set(COOKIE, token, { ...cookieOptions(url), maxAge: COOKIE_AGE });
		redirect(303, localPath(url.searchParams.get('next')));
	})
};
