import * as forums from '../../forum/forums.server.ts';
import * as responsible from '../../forum/responsible.server.ts';
import type { Stage } from './fill.server.ts';
import type { DepartmentKey } from './people.ts';

/** Which director answers for which centre. */
const ANSWERS: Record<'birgit' | 'per', DepartmentKey[]> = {
	birgit: ['skole', 'familie', 'sundhed', 'social', 'kultur'],
	per: ['job', 'miljoe', 'ejendom', 'digital']
};

/** What the forum agreed on at its first meeting: a day for handing in, approval that shows, and deciding in writing. */
export async function agree({ act, people, forumId, departments }: Stage): Promise<void> {
	await act(async (tx) => {
		await forums.setCharter(tx, people.maja, forumId, {
			handInWorkdays: 5,
			approval: 'shown',
			writtenProcedure: 'one_stops'
		});
		for (const [director, homes] of Object.entries(ANSWERS))
			for (const home of homes)
				await responsible.name(
					tx,
					people.maja,
					forumId,
					departments[home],
					people[director as keyof typeof ANSWERS].id
				);
	});
}
