import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as goals from '#lib/goal/goals.server.ts';
import { board, page } from '#lib/goal/page.server.ts';
import { fromDataset, fromDecision } from '#lib/goal/offer.server.ts';
import { drain } from '#lib/thread/worker.server.ts';
import { freshDatabase, type TestDatabase } from '../support/database.ts';
import { NAMES } from '../support/cast.ts';
import {
	decided,
	FILE_2019,
	goalIn,
	refusal,
	stored,
	story,
	type Story,
	written
} from '../thread/story.ts';

let db: TestDatabase;
let told: Story;
let goalId: string;
let decisionId: string;
beforeAll(async () => {
	db = await freshDatabase();
	told = await story(db.sql);
	decisionId = await decided(told, { goals: [] });
	// Jonas answers for it, in his department; Tove sits in another.
	goalId = await told.act((tx) =>
		goals.create(tx, told.sigrid, { ...goalIn(told), forumId: told.forumId, decisionId })
	);
});
afterAll(() => db.drop());

const spoken = async () => {
	const [row] = await db.sql`
		select (select count(*)::int from checkins) checkins, (select count(*)::int from status_overrides) overrides,
			(select count(*)::int from milestones) milestones, (select count(*)::int from events) events`;
	return row;
};

describe('a goal', () => {
	it('reads its baseline from the pinned version, whatever a newer one says', async () => {
		const goal = await page(db.sql, told.tove, goalId);
		expect(goal.measured!.aim.baseline).toEqual({ period: '2018', value: 55 });
		expect(goal.baselineVersion).toMatchObject({ datasetId: told.datasetId, number: 1 });
		expect(goal.decision).toMatchObject({ id: decisionId, revised: 0 });
	});

	it.each(['tove', 'else_', 'ove', 'nina'] as const)(
		'hears no check-in, override or milestone from %s',
		async (name) => {
			const before = await spoken();
			const person = told[name];
			const code = name === 'nina' ? 'base.not_found' : 'base.not_allowed';
			const tries = [
				() => told.act((tx) => goals.checkIn(tx, person, goalId, 'Det går.')),
				() =>
					told.act((tx) => goals.override(tx, person, goalId, { status: 'reached', reason: 'x' })),
				() =>
					told.act((tx) =>
						goals.addMilestone(tx, person, goalId, {
							title: 'x',
							due: '2020-01-01',
							targetValue: null
						})
					),
				() => told.act((tx) => goals.setReview(tx, person, goalId, null))
			];
			for (const attempt of tries) expect(await refusal(attempt())).toBe(code);
			expect(await spoken()).toEqual(before);
		}
	);

	it('is told about by its owner and the chair, in words that stay theirs', async () => {
		await told.act((tx) => goals.checkIn(tx, told.jonas, goalId, 'Skolerne er i gang.'));
		await told.act((tx) => goals.checkIn(tx, told.maja, goalId, 'Godt.'));
		const { checkins } = await page(db.sql, told.ove, goalId);
		expect(checkins.map(({ authorName, body }) => [authorName, body])).toEqual([
			['Maja Krog', 'Godt.'],
			['Jonas Bruun', 'Skolerne er i gang.']
		]);
		await expect(db.sql`update checkins set body = 'andet'`).rejects.toThrow('never changed');
	});

	it('says what a person says of its status beside what the figures say, until newer figures come', async () => {
		await told.act((tx) =>
			goals.override(tx, told.jonas, goalId, { status: 'behind', reason: 'Vi ved det allerede.' })
		);
		expect(await page(db.sql, told.tove, goalId)).toMatchObject({
			status: 'behind',
			verdict: { status: 'no_data' },
			override: { byName: 'Jonas Bruun', reason: 'Vi ved det allerede.' }
		});
		await stored(told, told.datasetId, FILE_2019.replace(';60', ';50'), '2019-08-01');
		await drain(db.sql);
		const goal = await page(db.sql, told.tove, goalId);
		expect(goal).toMatchObject({ status: 'on_course', override: null, decision: { revised: 1 } });
		expect(goal.overrides).toHaveLength(1);
	});

	it('has milestones read from the figures, and others that a person says are reached', async () => {
		const milestone = { title: 'Aftaler med skolerne', due: '2019-06-30', targetValue: null };
		await told.act((tx) => goals.addMilestone(tx, told.jonas, goalId, milestone));
		const before = await page(db.sql, told.tove, goalId);
		const [agreed, half] = before.milestones;
		expect(agreed).toMatchObject({ title: 'Aftaler med skolerne', status: 'overdue' });
		expect(half).toMatchObject({ title: 'Halvvejs', targetValue: 48 });
		expect(before.overdue).toBe(true);
		await told.act((tx) => goals.reach(tx, told.jonas, goalId, agreed!.id));
		await told.act((tx) => goals.reach(tx, told.jonas, goalId, agreed!.id));
		expect(await refusal(told.act((tx) => goals.reach(tx, told.jonas, goalId, half!.id)))).toBe(
			'goal.milestone_is_measured'
		);
		const after = await page(db.sql, told.tove, goalId);
		expect(after.milestones[0]).toMatchObject({ status: 'reached', reachedByName: 'Jonas Bruun' });
		expect(await db.sql`select from events where verb = 'goal.milestone_reached'`).toHaveLength(1);
	});

	it.each([
		['goal.title_missing', { title: ' ' }],
		['goal.date_missing', { targetDate: '2021-02-30' }],
		['goal.date_before_baseline', { targetDate: '2018-12-31', milestones: [] }],
		['goal.milestone_after_target', { targetDate: '2020-01-01' }],
		[
			'goal.milestone_incomplete',
			{ milestones: [{ title: '', due: '2020-01-01', targetValue: 1 }] }
		],
		['goal.unmeasured_needs_reason', { aim: { measured: false as const, reason: '', sign: 'x' } }]
	])('is refused with %s, and nothing of it stays', async (code, change) => {
		const before = await written(db.sql);
		const input = { ...goalIn(told), forumId: told.forumId, ...change };
		expect(await refusal(told.act((tx) => goals.create(tx, told.jonas, input)))).toBe(code);
		expect(await written(db.sql)).toEqual(before);
	});

	it('is made by any member but an observer', async () => {
		const input = { ...goalIn(told), forumId: told.forumId };
		for (const name of NAMES) {
			const making = told.act((tx) => goals.create(tx, told[name], input));
			if (name === 'ove') expect(await refusal(making)).toBe('base.not_allowed');
			else if (name === 'nina') expect(await refusal(making)).toBe('base.not_found');
			else expect(await making).toMatch(/^[0-9a-f-]{36}$/);
		}
		const [ofOthers] = (await board(db.sql, told.ove, told.forumId)).filter(
			({ decision }) => !decision
		);
		expect(ofOthers).toMatchObject({ readable: true, ownerName: 'Jonas Bruun' });
	});
});

it('a goal made later is offered the decision’s pinned series, or a dataset’s newest', async () => {
	const pinned = await fromDecision(db.sql, told.tove, decisionId);
	expect(pinned.every(({ versionId }) => versionId === told.versionId)).toBe(true);
	const { indicators, measure } = await fromDataset(db.sql, told.tove, told.datasetId, null);
	expect(measure).toBe(told.measure);
	expect(indicators.map(({ figureId, newest }) => [figureId, newest?.period])).toEqual(
		Array(4).fill([null, '2019'])
	);
	expect(await refusal(fromDataset(db.sql, told.nina, told.datasetId, null))).toBe(
		'base.not_found'
	);
});
