import { redirect, type RequestEvent } from '@sveltejs/kit';
import { z } from 'zod';
import { door } from '#lib/ui/door.server.ts';
import * as history from './history.server.ts';
import { NOW } from './versions.ts';

const named = z.object({
	name: z.string().trim().max(history.NAME_MAX, 'base.too_long').default('')
});
const back = z.object({ version: z.uuid(), section: z.string().max(80).optional() });

/** What a history page does: keeps a version, brings one back and then shows what that changed. */
export const historyActions = {
	keep: door(named, async ({ name }, event: RequestEvent) => {
		const { locals, params, url } = event;
		await locals.transact((tx) => history.keepNamed(tx, locals.person, params.id!, name));
		redirect(303, url.pathname);
	}),
	restore: door(back, async ({ version, section }, event: RequestEvent) => {
		const { locals, params, url } = event;
		const before = await locals.transact((tx) =>
			history.restore(tx, locals.person, params.id!, version, section)
		);
		redirect(303, `${url.pathname}?restored=${before}&from=${before}&to=${NOW}#compared`);
	})
};

/** What the address asks for. */
export const asked = ({ searchParams }: URL) => ({
	from: searchParams.get('from'),
	to: searchParams.get('to'),
	read: searchParams.get('read')
});
