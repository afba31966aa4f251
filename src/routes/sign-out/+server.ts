import { redirect } from '@sveltejs/kit';
import * as sessions from '#lib/people/sessions.server.ts';
import type { RequestHandler } from './$types';

export const POST: RequestHandler = async ({ locals, cookies }) => {
	const { person, sessionId } = locals;
	if (sessionId) await locals.transact((tx) => sessions.close(tx, person, sessionId));
	cookies.delete(sessions.COOKIE, { path: '/' });
	redirect(303, '/sign-in');
};
