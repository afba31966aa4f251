import { isDay, today } from '../base/clock.ts';
import { refuse } from '../base/errors.ts';
import * as events from '../base/events.server.ts';
import type { Tx } from '../base/sql.server.ts';
import * as cells from '../data/cells.server.ts';
import type { Series } from '../data/cube.ts';
import { judgeUse } from '../data/lending.server.ts';
import { members } from '../forum/forums.server.ts';
import * as objects from '../forum/objects.server.ts';
import type { Person } from '../people/person.ts';
import { current } from './recompute.server.ts';
import { dated, type Direction, lead, type Status } from './status.ts';

export type Measured = {
	versionId: string;
	/** The pinned figure the baseline was read from, when there is one. */
	figureId: string | null;
	reading: Series;
	direction: Direction;
	/** null: the newest period with a value in that version. */
	baselinePeriod: string | null;
	targetValue: number;
	/** In the goal's own unit; null: a tenth of the way. */
	tolerance: number | null;
	/** What is expected at the target date if nothing is done; null when nobody says. */
	forecast: number | null;
};

export type NewMilestone = { title: string; due: string; targetValue: number | null };

export type NewGoal = {
	forumId: string;
	title: string;
	ownerId: string;
	targetDate: string;
	nextReview: string | null;
	/** A goal that cannot be measured says why, and which sign of progress counts (F4). */
	aim: ({ measured: true } & Measured) | { measured: false; reason: string; sign: string };
	milestones: NewMilestone[];
};

/** A goal ready to be written: checked, its baseline read from the version it cites. */
export type Planned = NewGoal & {
	owner: { name: string; departmentId: string };
	baseline: { period: string; value: number; datasetId: string } | null;
};

/** Checks a goal and reads its baseline; writes nothing. The baseline is never typed: it is the pinned cell's. */
export async function plan(tx: Tx, person: Person, input: NewGoal): Promise<Planned> {
	if (!input.title.trim()) refuse('goal.title_missing', { field: 'goalTitle' });
	if (!isDay(input.targetDate)) refuse('goal.date_missing', { field: 'targetDate' });
	const owner = (await members(tx, input.forumId)).find((one) => one.personId === input.ownerId);
	if (!owner || owner.role === 'observer')
		return refuse('goal.owner_not_member', { field: 'owner' });
	for (const { title, due } of input.milestones) {
		if (!title.trim() || !isDay(due)) refuse('goal.milestone_incomplete', { field: 'milestone' });
		if (due > input.targetDate) refuse('goal.milestone_after_target', { field: 'milestone' });
	}
	const { aim } = input;
	if (!aim.measured && (!aim.reason.trim() || !aim.sign.trim()))
		refuse('goal.unmeasured_needs_reason', { field: 'reason' });
	return {
		...input,
		owner: { name: owner.name, departmentId: owner.departmentId },
		baseline: aim.measured ? await baselineOf(tx, person, input, aim) : null
	};
}

/** Writes a planned goal, and its status as the newest version has it. */
export async function put(
	tx: Tx,
	person: Person,
	planned: Planned,
	decision: { id: string; confidential: boolean } | null
): Promise<string> {
	const { aim, baseline } = planned;
	const id = await objects.register(tx, person, {
		kind: 'goal',
		forumId: planned.forumId,
		departmentId: planned.owner.departmentId,
		title: planned.title.trim(),
		phase: 'running',
		confidential: decision?.confidential ?? false,
		author: planned.ownerId,
		...(decision ? { authorsOf: decision.id } : {})
	});
	await tx`
		insert into goals ${tx({
			id,
			forum_id: planned.forumId,
			decision_id: decision?.id ?? null,
			title: planned.title.trim(),
			owner_id: planned.ownerId,
			target_date: planned.targetDate,
			next_review: planned.nextReview,
			created_by: person.id,
			...(aim.measured
				? {
						dataset_id: baseline!.datasetId,
						reading: tx.json(aim.reading as never),
						direction: aim.direction,
						baseline_value: baseline!.value,
						baseline_period: baseline!.period,
						baseline_version_id: aim.versionId,
						baseline_figure_id: aim.figureId,
						target_value: aim.targetValue,
						tolerance: aim.tolerance,
						forecast_value: aim.forecast
					}
				: { unmeasured_reason: aim.reason.trim(), sign: aim.sign.trim() })
		} as never)}`;
	for (const { title, due, targetValue } of planned.milestones)
		await tx`
			insert into milestones (goal_id, title, due, target_value)
			values (${id}, ${title.trim()}, ${due}, ${aim.measured ? targetValue : null})`;
	if (aim.measured) await current(tx, id);
	await tell(tx, person, id, planned.forumId, 'goal.created', { decision: decision?.id ?? null });
	return id;
}

/** A goal that runs already, or that follows a decision taken before. */
export async function create(
	tx: Tx,
	person: Person,
	input: NewGoal & { decisionId?: string | null }
): Promise<string> {
	const planned = await plan(tx, person, input);
	if (!input.decisionId) return await put(tx, person, planned, null);
	const { facts } = await objects.judge(tx, person, 'read', input.decisionId);
	if (facts.kind !== 'decision' || facts.forumId !== input.forumId)
		refuse('base.not_found', { status: 404 });
	return await put(tx, person, planned, { id: facts.id, confidential: facts.confidential });
}

/** The owner's words on how it goes. They are that person's: never changed, never removed. */
export async function checkIn(tx: Tx, person: Person, goalId: string, body: string): Promise<void> {
	const { facts } = await objects.judge(tx, person, 'follow', goalId);
	if (!body.trim()) refuse('goal.checkin_empty', { field: 'body' });
	await tx`
		insert into checkins (goal_id, author_id, body) values (${goalId}, ${person.id}, ${body.trim()})`;
	await tell(tx, person, goalId, facts.forumId, 'goal.checked_in', {});
}

/**
 * Says another status than the computed one, with the reason. It holds until a newer version speaks;
 * for a goal without figures until somebody says otherwise.
 */
export async function override(
	tx: Tx,
	person: Person,
	goalId: string,
	input: { status: Status; reason: string }
): Promise<void> {
	const { facts } = await objects.judge(tx, person, 'follow', goalId);
	if (!input.reason.trim()) refuse('goal.reason_missing', { field: 'reason' });
	await tx`
		insert into status_overrides (goal_id, version_id, status, reason, by)
		select ${goalId}, (
			select s.version_id from goal_statuses s join versions v on v.id = s.version_id
			where s.goal_id = ${goalId} order by v.number desc limit 1
		), ${input.status}, ${input.reason.trim()}, ${person.id}`;
	await tell(tx, person, goalId, facts.forumId, 'goal.status_overridden', { status: input.status });
}

export async function addMilestone(
	tx: Tx,
	person: Person,
	goalId: string,
	input: NewMilestone
): Promise<void> {
	const { facts } = await objects.judge(tx, person, 'follow', goalId);
	const [goal] = await tx<{ targetDate: string; measured: boolean }[]>`
		select target_date "targetDate", dataset_id is not null measured from goals where id = ${goalId}`;
	if (!input.title.trim() || !isDay(input.due))
		refuse('goal.milestone_incomplete', { field: 'milestone' });
	if (input.due > goal!.targetDate) refuse('goal.milestone_after_target', { field: 'milestone' });
	await tx`
		insert into milestones (goal_id, title, due, target_value)
		values (${goalId}, ${input.title.trim()}, ${input.due}, ${goal!.measured ? input.targetValue : null})`;
	await tell(tx, person, goalId, facts.forumId, 'goal.milestone_added', { due: input.due });
}

/** Says that a milestone without a value of its own is reached. One with a value is read from the figures. */
export async function reach(tx: Tx, person: Person, goalId: string, milestoneId: string) {
	const { facts } = await objects.judge(tx, person, 'follow', goalId);
	const [milestone] = await tx<{ targetValue: number | null; reachedAt: Date | null }[]>`
		select target_value "targetValue", reached_at "reachedAt" from milestones
		where id = ${milestoneId} and goal_id = ${goalId} for update`;
	if (!milestone) return refuse('base.not_found', { status: 404 });
	if (milestone.targetValue !== null) refuse('goal.milestone_is_measured', { status: 409 });
	if (milestone.reachedAt) return;
	await tx`
		update milestones set reached_at = clock_timestamp(), reached_by = ${person.id}
		where id = ${milestoneId}`;
	await tell(tx, person, goalId, facts.forumId, 'goal.milestone_reached', {
		milestone: milestoneId
	});
}

/** Someone else looks after the goal from now on (D13). Its department stays. */
export async function handOver(tx: Tx, person: Person, goalId: string, to: string): Promise<void> {
	const { facts } = await objects.judge(tx, person, 'handOver', goalId);
	const owner = (await members(tx, facts.forumId)).find(({ personId }) => personId === to);
	if (!owner || owner.role === 'observer') refuse('goal.owner_not_member', { field: 'to' });
	const [before] = await tx<{ ownerId: string }[]>`
		select owner_id "ownerId" from goals where id = ${goalId} for update`;
	if (!before || before.ownerId === to) return;
	await tx`update goals set owner_id = ${to} where id = ${goalId}`;
	await tx`
		insert into authors (object_id, person_id, added_by) values (${goalId}, ${to}, ${person.id})
		on conflict do nothing`;
	await tell(tx, person, goalId, facts.forumId, 'goal.handed_over', { from: before.ownerId, to });
}

export async function setReview(tx: Tx, person: Person, goalId: string, day: string | null) {
	const { facts } = await objects.judge(tx, person, 'follow', goalId);
	if (day !== null && (!isDay(day) || day < today())) refuse('goal.review_past', { field: 'day' });
	await tx`update goals set next_review = ${day} where id = ${goalId}`;
	await tell(tx, person, goalId, facts.forumId, 'goal.review_set', { day });
}

async function baselineOf(tx: Tx, person: Person, input: NewGoal, aim: Measured) {
	const [version] = await tx<{ datasetId: string }[]>`
		select dataset_id "datasetId" from versions where id = ${aim.versionId}`;
	if (!version) return refuse('goal.version_not_found', { status: 404, field: 'indicator' });
	await judgeUse(tx, person, version.datasetId, input.forumId);
	const readings = dated(await cells.series(tx, aim.versionId, aim.reading));
	const from = aim.baselinePeriod
		? readings.find(({ period }) => period === aim.baselinePeriod)
		: readings.findLast(({ value }) => value !== null);
	if (!from || from.value === null)
		return refuse('goal.baseline_missing', { field: 'baselinePeriod' });
	if (from.end >= input.targetDate) refuse('goal.date_before_baseline', { field: 'targetDate' });
	if (!Number.isFinite(aim.targetValue)) refuse('goal.target_missing', { field: 'target' });
	if (lead(aim.direction, aim.targetValue, from.value) <= 0)
		refuse('goal.target_wrong_way', { field: 'target', baseline: from.value });
	if (aim.tolerance !== null && !(aim.tolerance >= 0))
		refuse('goal.tolerance_unreadable', { field: 'tolerance' });
	return { period: from.period, value: from.value, datasetId: version.datasetId };
}

const tell = (
	tx: Tx,
	person: Person,
	object: string,
	forum: string,
	verb: string,
	detail: Record<string, unknown>
) => events.record(tx, { person: person.id, verb, kind: 'goal', object, forum, detail });
