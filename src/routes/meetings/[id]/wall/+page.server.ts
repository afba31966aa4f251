import * as glossary from '#lib/forum/glossary.server.ts';
import * as objects from '#lib/forum/objects.server.ts';
import * as agenda from '#lib/meeting/agenda.server.ts';
import * as meetings from '#lib/meeting/meetings.server.ts';
import * as moves from '#lib/meeting/moves.server.ts';
import { caseInHand } from '#lib/thread/in-hand.server.ts';
import { page } from '#lib/ui/door.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = page(async ({ locals, params, depends }) => {
	const { db, person } = locals;
	await objects.judge(db, person, 'read', params.id);
	depends(`object:${params.id}`);
	const [meeting, items, inHand, attendance] = await Promise.all([
		meetings.one(db, person, params.id),
		agenda.items(db, person, params.id),
		moves.inHand(db, params.id),
		meetings.attendance(db, params.id)
	]);
	const at = items.findIndex((item) => item.id === inHand?.itemId);
	const item = items[at];
	if (item) depends(`object:${item.caseId}`);
	return {
		title: meeting.title,
		meeting,
		at,
		total: items.length,
		item: item ?? null,
		next: items[at + 1] ?? null,
		since: inHand?.since ?? null,
		shown: item?.readable ? await caseInHand(db, person, item) : null,
		glossary: await glossary.ofObject(db, person, params.id),
		present: attendance.filter((member) => member.present).length,
		topics: [params.id, ...(item ? [item.caseId] : [])]
	};
});
