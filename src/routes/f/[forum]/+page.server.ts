import * as cases from '#lib/case/cases.server.ts';
import { mayCreate } from '#lib/forum/access.ts';
import { changes } from '#lib/forum/activity.server.ts';
import { did } from '#lib/forum/did.server.ts';
import * as forums from '#lib/forum/forums.server.ts';
import { pathOf } from '#lib/forum/paths.ts';
import { inOrder, tone } from '#lib/goal/board.ts';
import * as goals from '#lib/goal/page.server.ts';
import * as meetings from '#lib/meeting/meetings.server.ts';
import { page } from '#lib/ui/door.server.ts';
import type { PageServerLoadEvent } from './$types';

const SETTLED = ['decided', 'in_follow_up', 'closed'];
/** What the forum meets first stands first; within one state the newest. */
const NEAREST = ['on_agenda', 'ready', 'deferred', 'in_review', 'returned', 'draft'];

/** What is on now: the next meeting, the cases on their way, the goals to look at, what changed. */
export const load = page(async ({ locals, params, depends }: PageServerLoadEvent) => {
	const { db, person, locale } = locals;
	const forum = await forums.membership(db, person, params.forum);
	depends(`object:${forum.id}`);
	const [meeting, allCases, allGoals, latest] = await Promise.all([
		meetings.next(db, person, forum.id),
		cases.list(db, person, forum.id),
		goals.board(db, person, forum.id),
		changes(db, person, forum.id)
	]);
	const readable = allGoals
		.filter((goal) => goal.readable)
		.map((goal) => ({ ...goal, measured: goal.measured !== null }));
	return {
		topics: [forum.id],
		meeting,
		cases: allCases
			.filter(({ state }) => !SETTLED.includes(state))
			.toSorted((a, b) => NEAREST.indexOf(a.state) - NEAREST.indexOf(b.state))
			.map(({ id, number, title, state, ownerName }) => ({ id, number, title, state, ownerName })),
		goals: {
			count: readable.length,
			amiss: inOrder(readable, locale)
				.filter((goal) => tone(goal.status) === 'red' || goal.overdue || goal.stale)

				.map(({ id, title, status, measured, ownerName, overdue, stale }) => ({
					id,
					title,
					status,
					measured,
					ownerName,
					overdue,
					stale
				}))
		},
		latest: latest.map(({ id, kind, title, verb, at, personName }) => ({
			id,
			title,
			at,
			href: pathOf(kind, id),
			who: personName,
			did: did(verb, locale)
		})),
		can: {
			dataset: mayCreate(forum.role, 'dataset', forum.chair),
			case: mayCreate(forum.role, 'case', forum.chair),
			meeting: mayCreate(forum.role, 'meeting', forum.chair)
		}
	};
});
