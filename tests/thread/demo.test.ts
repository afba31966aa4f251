import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { axisNote } from '#lib/chart/summary.ts';
import { thawed } from '#lib/decision/figure.ts';
import type { DecisionRecord } from '#lib/decision/record.ts';
import { fillDemo } from '#lib/thread/demo/fill.server.ts';
import { freshDatabase, type TestDatabase } from '../support/database.ts';

let db: TestDatabase;
beforeAll(async () => {
	db = await freshDatabase();
	await fillDemo(db.sql, () => {});
});
afterAll(() => db.drop());

const count = async (table: string) =>
	(await db.sql<{ n: number }[]>`select count(*)::int n from ${db.sql(table)}`)[0]!.n;

describe('the demo', () => {
	it('has five cases at different points of their life', async () => {
		const rows = await db.sql<{ phase: string }[]>`
			select phase from objects where kind = 'case' order by created_at`;
		expect(rows.map((row) => row.phase).sort()).toEqual([
			'draft',
			'in_follow_up',
			'in_follow_up',
			'in_review',
			'on_agenda'
		]);
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
