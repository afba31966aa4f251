import * as events from '../base/events.server.ts';
import type { Db, Tx } from '../base/sql.server.ts';
import * as cells from '../data/cells.server.ts';
import type { CubeShape, Series } from '../data/cube.ts';
import { shapeFor } from '../data/formulas.server.ts';
import { openTo } from '../data/lending.server.ts';
import { type Aim, type Direction, judge, type Reading, type Status } from './status.ts';

/** Status follows the figures (F5): one row for each version that speaks of a goal, written once. */

/**
 * Computes the status of every goal that reads this version's dataset. Running it again writes nothing;
 * a version that arrives late is history, and only the newest one's change is news. A goal on a dataset that is
 * no longer lent to its forum stands as it stood when it was taken back.
 */
export async function recompute(tx: Tx, versionId: string): Promise<void> {
	const goals = await tx<{ id: string }[]>`
		select g.id from goals g join versions v on v.dataset_id = g.dataset_id
		join versions b on b.id = g.baseline_version_id
		where v.id = ${versionId} and v.number >= b.number and ${openTo(tx, tx`v`, tx`g.forum_id`)}
		order by g.id`;
	for (const { id } of goals) await speak(tx, id, versionId);
}

/** The status of one goal as its dataset's newest version has it. */
export async function current(tx: Tx, goalId: string): Promise<void> {
	const [newest] = await tx<{ id: string }[]>`
		select v.id from goals g join versions v on v.dataset_id = g.dataset_id
		where g.id = ${goalId} and ${openTo(tx, tx`v`, tx`g.forum_id`)} order by v.number desc limit 1`;
	if (newest) await speak(tx, goalId, newest.id);
}

/** The series in a version; empty when the version no longer has its measure or a category it reads. */
export async function readingsIn(db: Db, versionId: string, series: Series): Promise<Reading[]> {
	if (!has(await shapeFor(db, versionId, series.measure), series)) return [];
	const found = await cells.series(db, versionId, series);
	return found.map(({ period, value, status }) => ({ period, value, status }));
}

type GoalRow = {
	forumId: string;
	reading: Series;
	direction: Direction;
	baselinePeriod: string;
	baselineValue: number;
	targetValue: number;
	targetDate: string;
	tolerance: number | null;
};

async function speak(tx: Tx, goalId: string, versionId: string): Promise<void> {
	// The goal's row is held, so two workers on two versions take turns and compare with what is written.
	const [goal] = await tx<GoalRow[]>`
		select forum_id "forumId", reading, direction, baseline_period "baselinePeriod",
			baseline_value "baselineValue", target_value "targetValue", target_date "targetDate", tolerance
		from goals where id = ${goalId} and dataset_id is not null for no key update`;
	if (!goal) return;
	const [spoken] = await tx`
		select from goal_statuses where goal_id = ${goalId} and version_id = ${versionId}`;
	if (spoken) return;
	const verdict = judge(aimOf(goal), await readingsIn(tx, versionId, goal.reading));
	const { before, newer } = await around(tx, goalId, versionId);
	await tx`insert into goal_statuses ${tx({ goal_id: goalId, version_id: versionId, ...verdict })}`;
	if (newer || before === null || before === verdict.status) return;
	await events.record(tx, {
		person: null,
		verb: 'goal.status_changed',
		kind: 'goal',
		object: goalId,
		forum: goal.forumId,
		detail: { version: versionId, from: before, to: verdict.status }
	});
}

export function aimOf(goal: Omit<GoalRow, 'forumId' | 'reading'>): Aim {
	return {
		direction: goal.direction,
		baseline: { period: goal.baselinePeriod, value: goal.baselineValue },
		target: { date: goal.targetDate, value: goal.targetValue },
		tolerance: goal.tolerance
	};
}

/** The status before this version, and whether a newer version has spoken already. */
async function around(tx: Tx, goalId: string, versionId: string) {
	const rows = await tx<{ status: Status; newer: boolean }[]>`
		select s.status, v.number > n.number newer
		from goal_statuses s join versions v on v.id = s.version_id, versions n
		where s.goal_id = ${goalId} and n.id = ${versionId}
		order by v.number desc`;
	return {
		before: rows.find(({ newer }) => !newer)?.status ?? null,
		newer: rows.some(({ newer }) => newer)
	};
}

function has(shape: CubeShape, { measure, where }: Series): boolean {
	return (
		shape.measures.some(({ key }) => key === measure) &&
		Object.entries(where).every(([key, codes]) => {
			const dimension = shape.dimensions.find((one) => one.key === key);
			return codes.every((code) => dimension?.categories.some((one) => one.code === code));
		})
	);
}
