import { today } from '../base/clock.ts';
import type { Db } from '../base/sql.server.ts';
import { breaksOf } from '../data/breaks.server.ts';
import { citations } from '../data/citation.server.ts';
import type { Citation } from '../data/citation.ts';
import type { Dimension, Measure, Series } from '../data/cube.ts';
import { restsOn } from '../data/derive.ts';
import { shapeFor } from '../data/formulas.server.ts';
import { openTo } from '../data/lending.server.ts';
import { revisedCount } from '../decision/cited.server.ts';
import { hasLeft } from '../forum/leaving.server.ts';
import * as objects from '../forum/objects.server.ts';
import type { Person } from '../people/person.ts';
import { milestoneStatus, type MilestoneStatus } from './milestone.ts';
import { aimOf, readingsIn } from './recompute.server.ts';
import type { Aim, Direction, Reading, Status, Verdict } from './status.ts';

/** One goal as the board and its own page show it. */
export type GoalView = {
	id: string;
	title: string;
	/** False: the reader may know of it, not read it; then nothing but the owner is told. */
	readable: boolean;
	ownerId: string;
	ownerName: string;
	/** They have left the forum while it runs: someone must take it over (D13). */
	ownerLeft: boolean;
	departmentName: string;
	decision: { id: string; title: string; at: string; revised: number } | null;
	targetDate: string;
	nextReview: string | null;
	measured: Curve | null;
	unmeasured: { reason: string; sign: string } | null;
	/** What counts: a person's word while it holds, else what the figures say. */
	status: Status;
	verdict: Verdict | null;
	override: { status: Status; reason: string; byName: string; at: Date } | null;
	/** When figures last gave it another status than the one before. */
	changedAt: Date | null;
	milestones: MilestoneView[];
	overdue: boolean;
	stale: boolean;
};

export type Curve = {
	aim: Aim;
	forecast: number | null;
	readings: Reading[];
	/** Of the newest version, which the status is computed from. */
	citation: Citation;
	measure: Measure;
	/** What is read, in words: the categories' labels, without those of dimensions with only one. */
	what: string[];
	series: Series;
	/** The dimension that is time, for pointing out one period; null when the newest version has none. */
	timeKey: string | null;
	breaks: { period: string; reason: string }[];
};

export type MilestoneView = {
	id: string;
	title: string;
	due: string;
	targetValue: number | null;
	reachedAt: Date | null;
	reachedByName: string | null;
	status: MilestoneStatus;
};

type GoalRow = {
	id: string;
	title: string;
	readable: boolean;
	ownerId: string;
	ownerName: string;
	ownerLeft: boolean;
	departmentName: string;
	decision: { id: string; title: string; at: string; revised: number } | null;
	targetDate: string;
	nextReview: string | null;
	datasetId: string | null;
	newestId: string | null;
	reading: Series;
	direction: Direction;
	baselineValue: number;
	baselinePeriod: string;
	targetValue: number;
	tolerance: number | null;
	forecast: number | null;
	unmeasuredReason: string | null;
	sign: string | null;
};

/** Goals the person may know of, all of a forum's or those named. */
export async function views(
	db: Db,
	person: Person,
	which: { forumId: string } | { ids: string[] } | { decisionId: string }
): Promise<GoalView[]> {
	const rows = await goalRows(db, person, which);
	const open = rows.filter(({ readable }) => readable);
	const cites = await citations(
		db,
		open.flatMap(({ newestId }) => (newestId ? [newestId] : []))
	);
	const extras = await extrasOf(
		db,
		open.map(({ id }) => id)
	);
	const views: GoalView[] = [];
	for (const row of rows) {
		const curve = row.readable ? await curveOf(db, row, cites) : null;
		views.push(assemble(row, curve, extras));
	}
	return views;
}

function assemble(row: GoalRow, measured: Curve | null, extras: Extras): GoalView {
	const { id, readable } = row;
	const spoken = extras.statuses.find(({ goalId }) => goalId === id) ?? null;
	const said = extras.overrides.find(({ goalId }) => goalId === id) ?? null;
	// A person's word holds until a newer version speaks.
	const holds = said && said.versionId === (spoken?.versionId ?? null) ? said : null;
	const milestones = extras.milestones
		.filter(({ goalId }) => goalId === id)
		.map(({ goalId: _goal, ...milestone }) => ({
			...milestone,
			status: milestoneStatus(milestone, measured?.aim ?? null, measured?.readings ?? [], today())
		}));
	const late = milestones.some(({ status }) => status === 'overdue' || status === 'missed');
	return {
		id,
		title: readable ? row.title : '',
		readable,
		ownerId: row.ownerId,
		ownerName: row.ownerName,
		ownerLeft: row.ownerLeft,
		departmentName: row.departmentName,
		decision: readable ? row.decision : null,
		targetDate: row.targetDate,
		nextReview: readable ? row.nextReview : null,
		measured,
		unmeasured:
			readable && row.unmeasuredReason ? { reason: row.unmeasuredReason, sign: row.sign! } : null,
		status: holds?.status ?? spoken?.status ?? 'no_data',
		verdict: spoken,
		override: holds,
		changedAt: extras.changes.find(({ goalId }) => goalId === id)?.at ?? null,
		milestones,
		overdue: readable && (late || (row.nextReview !== null && row.nextReview < today())),
		stale: measured?.citation.stale ?? false
	};
}

async function goalRows(
	db: Db,
	person: Person,
	which: Parameters<typeof views>[2]
): Promise<GoalRow[]> {
	const chosen =
		'forumId' in which
			? db`g.forum_id = ${which.forumId}`
			: 'ids' in which
				? db`g.id = any(${which.ids})`
				: db`g.decision_id = ${which.decisionId}`;
	return await db<GoalRow[]>`
		select g.id, g.title, ${objects.reach(db, person, 'read')} readable, g.owner_id "ownerId",
			p.name "ownerName", o.phase = 'running' and ${hasLeft(db, db`g.owner_id`, db`o.forum_id`)} "ownerLeft",
			d.name "departmentName", g.target_date "targetDate",
			g.next_review "nextReview", g.dataset_id "datasetId", g.reading, g.direction,
			g.baseline_value "baselineValue", g.baseline_period "baselinePeriod",
			g.target_value "targetValue", g.tolerance, g.forecast_value forecast,
			g.unmeasured_reason "unmeasuredReason", g.sign,
			(select v.id from versions v where v.dataset_id = g.dataset_id and ${openTo(db, db`v`, db`g.forum_id`)}
				order by v.number desc limit 1) "newestId",
			case when n.id is not null then jsonb_build_object('id', n.id, 'title', no.title, 'at', n.at,
				'revised', ${revisedCount(db, db`n.id`)}) end decision
		from goals g
		join objects o on o.id = g.id
		join persons p on p.id = g.owner_id
		join departments d on d.id = o.department_id
		left join decisions n on n.id = g.decision_id
		left join objects no on no.id = n.id
		where ${chosen} and ${objects.reach(db, person)}
		order by g.created_at, g.id`;
}

type Extras = {
	statuses: (Verdict & { goalId: string; versionId: string })[];
	changes: { goalId: string; at: Date }[];
	overrides: {
		goalId: string;
		versionId: string | null;
		status: Status;
		reason: string;
		byName: string;
		at: Date;
	}[];
	milestones: (Omit<MilestoneView, 'status'> & { goalId: string })[];
};

/** What many goals need, in one question for each kind. */
async function extrasOf(db: Db, ids: string[]): Promise<Extras> {
	const [statuses, changes, overrides, milestones] = await Promise.all([
		db<Extras['statuses']>`
			select distinct on (s.goal_id) s.goal_id "goalId", s.version_id "versionId", s.status, s.reason,
				s.period, s.value, s.expected
			from goal_statuses s join versions v on v.id = s.version_id
			where s.goal_id = any(${ids}) order by s.goal_id, v.number desc`,
		db<Extras['changes']>`
			select goal_id "goalId", max(computed_at) at from (
				select s.goal_id, s.computed_at, s.status,
					lag(s.status) over (partition by s.goal_id order by v.number) before
				from goal_statuses s join versions v on v.id = s.version_id where s.goal_id = any(${ids})
			) said where before <> status group by goal_id`,
		db<Extras['overrides']>`
			select distinct on (o.goal_id) o.goal_id "goalId", o.version_id "versionId", o.status, o.reason,
				p.name "byName", o.at
			from status_overrides o join persons p on p.id = o.by
			where o.goal_id = any(${ids}) order by o.goal_id, o.id desc`,
		db<Extras['milestones']>`
			select m.id, m.goal_id "goalId", m.title, m.due, m.target_value "targetValue",
				m.reached_at "reachedAt", p.name "reachedByName"
			from milestones m left join persons p on p.id = m.reached_by
			where m.goal_id = any(${ids}) order by m.due, m.title collate "da-x-icu"`
	]);
	return { statuses, changes, overrides, milestones };
}

async function curveOf(db: Db, row: GoalRow, cites: Map<string, Citation>): Promise<Curve | null> {
	if (!row.datasetId || !row.newestId) return null;
	const shape = await shapeFor(db, row.newestId, row.reading.measure);
	const { measure: key, where } = row.reading;
	const measure = shape.measures.find((one) => one.key === key) ?? unknown(key);
	const breaks = (await breaksOf(db, [row.datasetId])).filter((one) =>
		restsOn(measure).includes(one.measure)
	);
	return {
		aim: aimOf(row),
		forecast: row.forecast,
		readings: await readingsIn(db, row.newestId, row.reading),
		citation: cites.get(row.newestId)!,
		measure,
		what: shape.dimensions.flatMap((dimension) => whatIn(dimension, where[dimension.key])),
		series: row.reading,
		timeKey: shape.dimensions.find(({ role }) => role === 'time')?.key ?? null,
		breaks: breaks.map(({ period, reason }) => ({ period, reason }))
	};
}

function whatIn(dimension: Dimension, codes: string[] | undefined): string[] {
	if (!codes || dimension.role === 'time' || dimension.categories.length < 2) return [];
	if (codes.length === dimension.categories.length) return [];
	return codes.map((code) => dimension.categories.find((c) => c.code === code)?.label ?? code);
}

/** A measure the newest version has lost keeps its key as its name. */
function unknown(key: string): Measure {
	return { key, label: key, unit: '', decimals: 0, countsPeople: false, additive: false };
}
