import type { Db } from '#lib/base/sql.server.ts';
import { mentionsOf } from '#lib/annotation/mentions.server.ts';
import * as approvals from '#lib/case/approvals.server.ts';
import * as requests from '#lib/case/requests.server.ts';
import { awaitingOwner, pullsStuck, updatesDue } from '#lib/data/waiting.server.ts';
import * as actions from '#lib/decision/actions.server.ts';
import { pathOf } from '#lib/forum/paths.ts';
import * as goals from '#lib/goal/waiting.server.ts';
import { daysOf, upcoming } from '#lib/meeting/meetings.server.ts';
import * as reading from '#lib/meeting/reading.server.ts';
import * as written from '#lib/meeting/written.read.server.ts';
import type { Person } from '#lib/people/person.ts';
import { inBriefs } from './work-briefs.server.ts';
import type { WorkItem } from './work.ts';

/** Everything that waits for this person, in what they can read, across their forums. In no order. */
export async function waitingFor(db: Db, person: Person): Promise<WorkItem[]> {
	const [
		asked,
		approving,
		answering,
		settling,
		toRead,
		todo,
		reviews,
		milestones,
		updates,
		pulls,
		couplings,
		mentions,
		meetings
	] = await Promise.all([
		requests.waitingFor(db, person),
		approvals.waitingFor(db, person),
		written.waitingFor(db, person),
		written.toSettle(db, person),
		reading.waitingFor(db, person),
		actions.waitingFor(db, person),
		goals.reviewsOf(db, person),
		goals.milestonesOf(db, person),
		updatesDue(db, person),
		pullsStuck(db, person),
		awaitingOwner(db, person),
		mentionsOf(db, person),
		upcoming(db, person)
	]);
	const days = await daysOf(
		db,
		approving.map(({ id }) => id)
	);
	return [
		...(await inBriefs(db, person)),
		...asked.map((one) => ({
			...one,
			kind: 'request' as const,
			where: one.caseTitle,
			href: `${pathOf('case', one.caseId)}#request-${one.id}`
		})),
		...approving.map((one) => ({
			...one,
			where: null,
			due: days.get(one.id) ?? null,
			href: `${pathOf('case', one.id)}#approval`
		})),
		...answering.map((one) => ({
			...one,
			kind: 'written' as const,
			where: null,
			href: `${pathOf('case', one.id)}#written`
		})),
		...settling.map((one) => ({
			...one,
			kind: 'settle' as const,
			where: null,
			href: `${pathOf('case', one.id)}#written`
		})),
		...toRead.map((one) => ({
			...one,
			kind: 'reading' as const,
			href: pathOf('case', one.id)
		})),
		...todo.map((one) => ({
			...one,
			kind: 'action' as const,
			where: one.decisionTitle,
			href: pathOf('decision', one.decisionId)
		})),
		...reviews.map((one) => ({
			...one,
			kind: 'review' as const,
			where: null,
			href: pathOf('goal', one.id)
		})),
		...milestones.map((one) => ({
			...one,
			kind: 'milestone' as const,
			where: one.goalTitle,
			href: pathOf('goal', one.goalId)
		})),
		...updates.map((one) => ({
			...one,
			kind: 'update' as const,
			where: null,
			href: pathOf('dataset', one.id)
		})),
		...pulls.map((one) => ({
			...one,
			kind: 'pull' as const,
			where: null,
			href: `${pathOf('dataset', one.id)}#pull`,
			due: null
		})),
		...couplings.map((one) => ({
			...one,
			kind: 'coupling' as const,
			where: null,
			href: `/couplings/${one.id}`,
			due: null
		})),
		...mentions.map((one) => ({
			kind: 'mention' as const,
			id: one.id,
			title: one.body,
			where: one.objectTitle,
			href: `${pathOf(one.kind, one.objectId)}#note-${one.id}`,
			due: null
		})),
		...meetings.map((one) => ({
			...one,
			kind: 'meeting' as const,
			where: null,
			href: pathOf('meeting', one.id)
		}))
	].map(({ kind, id, title, where, href, due }) => ({ kind, id, title, where, href, due }));
}
