import { redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { cookieMaxAge, cookieName } from '#paraglide/runtime.js';
import { refuse } from '#lib/base/errors.ts';
import * as persons from '#lib/people/persons.server.ts';
import { cookieOptions } from '#lib/ui/cookies.server.ts';
import { endpoint } from '#lib/ui/door.server.ts';
import { localPath } from '#lib/ui/paths.ts';
import type { RequestEvent } from './$types';

const form = z.object({ locale: z.enum(['da', 'en']), next: z.string().optional() });

/** Kept in a cookie for the browser and, signed in, with the person. */
export const POST = endpoint(async ({ request, locals, cookies, url }: RequestEvent) => {
	const parsed = form.safeParse(Object.fromEntries(await request.formData()));
	if (!parsed.success) return refuse('base.invalid', { field: 'locale' });
	const { locale, next } = parsed.data;
	const { visitor } = locals;
	if (visitor) await locals.transact((tx) => persons.speak(tx, visitor, locale));
	cookies.set(cookieName, locale, { ...cookieOptions(url), maxAge: cookieMaxAge });
	redirect(303, localPath(next));
});
