import * as agenda from '#lib/meeting/agenda.server.ts';
import * as meetings from '#lib/meeting/meetings.server.ts';
import { calendarFile, timetable } from '#lib/meeting/meeting.ts';
import { endpoint } from '#lib/ui/door.server.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = endpoint(async ({ locals, params }) => {
	const meeting = await meetings.one(locals.db, locals.person, params.id);
	const items = await agenda.items(locals.db, locals.person, params.id);
	const file = calendarFile({
		...meeting,
		minutes: timetable(items).total,
		stamp: new Date(),
		items: items.filter((item) => item.readable)
	});
	return new Response(file, {
		headers: {
			'content-type': 'text/calendar; charset=utf-8',
			'content-disposition': 'attachment; filename="moede.ics"'
		}
	});
});
