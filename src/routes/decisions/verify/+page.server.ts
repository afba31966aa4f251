import { z } from 'zod';
import { hashKept } from '#lib/decision/read.server.ts';
import { check } from '#lib/decision/record.ts';
import { door } from '#lib/ui/door.server.ts';
import { m } from '#paraglide/messages.js';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals }) => ({
	title: m.decision_verify({}, { locale: locals.locale })
});

const file = z.object({
	file: z.instanceof(File, { error: 'decision.file_missing' }).refine(({ size }) => size > 0, {
		error: 'decision.file_missing'
	})
});

export const actions: Actions = {
	default: door(file, async ({ file }, { locals }) => ({
		name: file.name,
		...(await check(await file.text(), (id) => hashKept(locals.db, locals.person, id)))
	}))
};
