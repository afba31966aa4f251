import { today } from '#lib/base/clock.ts';
import { waitingFor } from '#lib/thread/work.server.ts';
import { byDate } from '#lib/thread/work.ts';
import { page } from '#lib/ui/door.server.ts';
import type { PageServerLoadEvent } from './$types';

export const load = page(async ({ locals: { db, person } }: PageServerLoadEvent) => ({
	groups: byDate(await waitingFor(db, person), today())
}));
