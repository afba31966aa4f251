import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { axisNote } from '#lib/chart/summary.ts';
import { thawed } from '#lib/decision/figure.ts';
import type { DecisionRecord } from '#lib/decision/record.ts';
import { fillDemo } from '#lib/thread/demo/fill.server.ts';
import { emailOf } from '#lib/thread/demo/people.ts';
import { freshDatabase, type TestDatabase } from '../support/database.ts';

let db: TestDatabase;
beforeAll(async () => {
	db = await freshDatabase();
	await fillDemo(db.sql, () => {});
});
afterAll(() => db.drop());

const count = async (table: string) =>
	(await db.sql<{ n: number }[]>`select count(*)::int n from ${db.sql(table)}`)[0]!.n;

/** What there is to see of a kind, by the one question that tells it. */
const asked = async (what: string) => (await db.sql.unsafe(SEEN[what]!).values())[0]![0];

const SEEN: Record<string, string> = {
	'comments a case was sent back with': `select count(*)::int from approval_notes n
		join approvals a on a.id = n.approval_id and a.step = 'sent_back'
		join objects o on o.id = a.case_id and o.phase = 'returned'`,
	'approved cases': `select count(*)::int from approvals where step = 'approved'`,
	'proposals, by the order of the forum': `select array_agg(p.email order by q.position) from proposals q
		join persons p on p.id = q.proposed_by where q.settled_at is null`,
	'frames of the budget round': `select count(distinct department_id)::int from budget_frames`,
	'proposals of the budget round': `select count(*)::int from budget_proposals`,
	'effects of a proposal elsewhere': `select count(*)::int from consequences c
		join options x on x.id = c.option_id join budget_proposals b on b.case_id = x.case_id
		where c.department_id <> b.department_id`,
	'parts of the triangle and of readiness said of one case': `select count(distinct v.part)::int
		from option_views v join options x on x.id = v.option_id join objects o on o.id = x.case_id
		where o.phase = 'on_agenda'`,
	'consequences with likelihood and money in one comparison': `select count(*)::int
		from consequences c join options x on x.id = c.option_id join objects o on o.id = x.case_id
		where o.phase = 'on_agenda' and c.amount_ore is not null and
			(select count(*) from options y where y.case_id = x.case_id and y.withdrawn_at is null) = 3`,
	'answers in writing to a case that waits': `select count(*)::int from written_answers a
		join written_procedures w on w.id = a.procedure_id where w.ended is null`,
	'urgent cases that came late on an agenda': `select count(*)::int from urgencies u
		join agenda_items i on i.case_id = u.case_id where u.lifted_at is null and i.late`,
	'who has opened what was sent out': `select count(*)::int from circulation_openings`,
	'sections of a brief that are somebody’s': `select count(*)::int from brief_assignments`,
	'a peer’s answer': `select count(*)::int from brief_reviews where answered_at is not null`,
	'an owner’s answer': `select count(*)::int from brief_recognitions where answered_at is not null`,
	'notes that became evidence': `select count(annotation_id)::int from evidence`,
	'notes that became a request': `select count(annotation_id)::int from requests`,
	'notes that became a matter for the room': `select count(annotation_id)::int from differings`
};

const ONE_OF_EACH: Record<string, unknown> = {
	'comments a case was sent back with': 2,
	'approved cases': 2,
	'proposals, by the order of the forum': ['henrik', 'adam', 'bo'].map(emailOf),
	'frames of the budget round': 4,
	'proposals of the budget round': 3,
	'effects of a proposal elsewhere': 2,
	'parts of the triangle and of readiness said of one case': 7,
	'consequences with likelihood and money in one comparison': 3,
	'answers in writing to a case that waits': 4,
	'urgent cases that came late on an agenda': 1,
	'who has opened what was sent out': 7,
	'sections of a brief that are somebody’s': 1,
	'a peer’s answer': 1,
	'an owner’s answer': 1,
	'notes that became evidence': 1,
	'notes that became a request': 1,
	'notes that became a matter for the room': 1
};

describe('the demo', () => {
	it('has cases at different points of their life', async () => {
		const rows = await db.sql<{ phase: string; n: number }[]>`
			select phase, count(*)::int n from objects where kind = 'case' group by phase`;
		expect(Object.fromEntries(rows.map(({ phase, n }) => [phase, n]))).toEqual({
			draft: 4,
			in_review: 1,
			returned: 1,
			ready: 1,
			on_agenda: 2,
			in_follow_up: 2
		});
	});

	it('holds one of each thing the tool can hold', async () => {
		for (const [what, expected] of Object.entries(ONE_OF_EACH))
			expect({ [what]: await asked(what) }).toEqual({ [what]: expected });
	});

	it('has people in all five roles, in several departments', async () => {
		const roles = await db.sql<{ role: string; n: number }[]>`
			select role, count(*)::int n from members group by role`;
		expect(Object.fromEntries(roles.map(({ role, n }) => [role, n]))).toEqual({
			director: 3,
			chief: 11,
			analyst: 1,
			secretary: 1,
			observer: 1
		});
		expect(await count('departments')).toBeGreaterThan(5);
	});

	it('has moved its goals and flagged its decision by the newer edition, once', async () => {
		const statuses = await db.sql<{ title: string; status: string; period: string }[]>`
			select g.title, s.status, s.period from goal_statuses s join goals g on g.id = s.goal_id
			join versions v on v.id = s.version_id where v.number = 2 order by g.title`;
		expect(statuses.map(({ status, period }) => [status, period])).toEqual([
			['behind', '2019'],
			['on_course', '2019']
		]);
		const flags = await db.sql`
			select old_value, new_value from revision_flags`;
		expect(flags.map((row) => ({ ...row }))).toEqual([{ old_value: 41, new_value: 48 }]);
		expect(await count('event_outbox')).toBe(0);
	});

	it('draws a decided figure on the axis it was read on: a count from 0', async () => {
		const records = await db.sql<{ record: DecisionRecord }[]>`select record from decisions`;
		const counts = records
			.flatMap(({ record }) => record.figures)
			.filter(({ measure }) => measure.unit === 'antal')
			.map(thawed);
		expect(counts.length).toBeGreaterThan(0);
		for (const figure of counts) expect(axisNote(figure, 'en')).toBeNull();
	});

	it('holds no number of a small cell', async () => {
		const [small] = await db.sql<{ n: number }[]>`
			select count(*)::int n from cells c join versions v on v.id = c.version_id
			where v.small_number_limit is not null and c.value between 1 and v.small_number_limit - 1
			and (v.shape->'measures'->c.measure->>'countsPeople')::boolean`;
		expect(small!.n).toBe(0);
	});
});
