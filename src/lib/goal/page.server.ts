import { notFound } from '../base/errors.ts';
import type { Db } from '../base/sql.server.ts';
import { may } from '../forum/access.ts';
import * as objects from '../forum/objects.server.ts';
import type { Person } from '../people/person.ts';
import { type GoalView, views } from './read.server.ts';
import type { NoData, Status } from './status.ts';

/** All goals of a forum that the person may know of. The caller puts them in order: board.ts. */
export async function board(db: Db, person: Person, forumId: string): Promise<GoalView[]> {
	return await views(db, person, { forumId });
}

/** The goals that follow a decision. */
export async function ofDecision(db: Db, person: Person, decisionId: string): Promise<GoalView[]> {
	return await views(db, person, { decisionId });
}

export type GoalStory = GoalView & {
	forumId: string;
	/** The exact cell the baseline was read from, as it stood. */
	baselineVersion: { datasetId: string; number: number; asOf: string } | null;
	/** The baseline's value in the newest version, when that says otherwise. */
	baselineNow: number | null;
	history: StatusRow[];
	overrides: { status: Status; reason: string; byName: string; at: Date; number: number | null }[];
	checkins: { id: string; authorName: string; body: string; at: Date }[];
	can: { follow: boolean };
};

export type StatusRow = {
	number: number;
	asOf: string;
	status: Status;
	reason: NoData | null;
	period: string | null;
	value: number | null;
	expected: number | null;
	computedAt: Date;
};

/** One goal with its story. */
export async function page(db: Db, person: Person, id: string): Promise<GoalStory> {
	const { standing, facts } = await objects.judge(db, person, 'read', id);
	const [view] = await views(db, person, { ids: [id] });
	if (!view) return notFound();
	const [baselineVersion, history, overrides, checkins] = await Promise.all([
		baselineVersionOf(db, id),
		historyOf(db, id),
		overridesOf(db, id),
		checkinsOf(db, id)
	]);
	const { aim, readings } = view.measured ?? { aim: null, readings: [] };
	const now = readings.find(({ period }) => period === aim?.baseline.period)?.value ?? null;
	return {
		...view,
		forumId: facts.forumId,
		baselineVersion,
		baselineNow: now !== null && now !== aim?.baseline.value ? now : null,
		history,
		overrides,
		checkins,
		can: { follow: may(standing, 'follow', facts) }
	};
}

async function baselineVersionOf(db: Db, id: string) {
	const [row] = await db<{ datasetId: string; number: number; asOf: string }[]>`
		select v.dataset_id "datasetId", v.number, v.as_of "asOf"
		from goals g join versions v on v.id = g.baseline_version_id where g.id = ${id}`;
	return row ?? null;
}

async function historyOf(db: Db, id: string): Promise<StatusRow[]> {
	return await db<StatusRow[]>`
		select v.number, v.as_of "asOf", s.status, s.reason, s.period, s.value, s.expected,
			s.computed_at "computedAt"
		from goal_statuses s join versions v on v.id = s.version_id
		where s.goal_id = ${id} order by v.number desc`;
}

async function overridesOf(db: Db, id: string): Promise<GoalStory['overrides']> {
	return await db<GoalStory['overrides']>`
		select o.status, o.reason, p.name "byName", o.at, v.number
		from status_overrides o join persons p on p.id = o.by left join versions v on v.id = o.version_id
		where o.goal_id = ${id} order by o.id desc`;
}

async function checkinsOf(db: Db, id: string): Promise<GoalStory['checkins']> {
	return await db<GoalStory['checkins']>`
		select c.id, p.name "authorName", c.body, c.at
		from checkins c join persons p on p.id = c.author_id
		where c.goal_id = ${id} order by c.at desc`;
}
