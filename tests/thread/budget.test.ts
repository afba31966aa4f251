import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import * as approvals from '#lib/case/approvals.server.ts';
import { round } from '#lib/case/budget.ts';
import * as budget from '#lib/case/budget.server.ts';
import * as cases from '#lib/case/cases.server.ts';
import * as options from '#lib/case/options.server.ts';
import { since } from '#lib/case/since.server.ts';
import { exported } from '#lib/decision/export.server.ts';
import { outline } from '#lib/decision/export/outline.ts';
import * as decisions from '#lib/decision/read.server.ts';
import * as forums from '#lib/forum/forums.server.ts';
import * as agenda from '#lib/meeting/agenda.server.ts';
import { circulate, lastOf } from '#lib/meeting/circulate.server.ts';
import * as meetings from '#lib/meeting/meetings.server.ts';
import { budgetRound } from '#lib/thread/budget-round.server.ts';
import { decide } from '#lib/thread/decide.server.ts';
import { cast, type Cast } from '../support/cast.ts';
import { freshDatabase, type TestDatabase } from '../support/database.ts';

/** A budget proposal from its case to the record that is kept of it. */

let db: TestDatabase;
let people: Cast;
let caseId: string;
beforeEach(async () => {
	db = await freshDatabase();
	people = await cast(db.sql);
	caseId = await people.act((tx) =>
		cases.create(tx, people.jonas, {
			forumId: people.forumId,
			kind: 'budget',
			title: 'Flere familiebehandlere',
			question: 'Skal vi ansætte to mere?'
		})
	);
	await frame(1_000_000);
	await propose();
});
afterEach(() => db.drop());

const propose = (change: Partial<budget.NewProposal> = {}) =>
	people.act((tx) =>
		budget.propose(tx, people.jonas, caseId, {
			departmentId: people.jonas.departmentId,
			way: 'expansion',
			amount: 1_250_000,
			year: 2020,
			lasting: true,
			whyNot: 'Nyt lovkrav fra januar',
			...change
		})
	);
const frame = (amount: number | null, year = 2020) =>
	people.act((tx) =>
		budget.setFrame(tx, people.sigrid, people.forumId, {
			departmentId: people.jonas.departmentId,
			year,
			amount
		})
	);
const onAgenda = async () => {
	const meeting = await people.act((tx) =>
		meetings.create(tx, people.sigrid, {
			forumId: people.forumId,
			title: 'Møde',
			startsAt: new Date(),
			place: ''
		})
	);
	await people.act((tx) => agenda.add(tx, people.sigrid, meeting, { caseId, minutes: 20 }));
	return meeting;
};
const read = async () => {
	const page = await cases.page(db.sql, people.jonas, caseId);
	if (!page.readable) throw new Error('a stub');
	return page;
};
const decided = async (choose: 'as_now' | 'other' = 'other') => {
	const other = await people.act((tx) =>
		options.add(tx, people.jonas, caseId, { title: 'To mere' })
	);
	const [asNow] = (await options.list(db.sql, caseId)).filter(({ statusQuo }) => statusQuo);
	await onAgenda();
	return await people.act((tx) =>
		decide(tx, people.maja, {
			caseId,
			optionId: choose === 'other' ? other : asNow!.id,
			wording: 'Sådan gør vi.',
			rationale: { facts: '', values: '', sideConditions: '', constraints: '' },
			dissent: '',
			decider: 'director',
			method: 'chair',
			roles: {},
			goals: [],
			actions: [],
			none: 'Budgettet lægges i oktober'
		})
	);
};
const net = async () => {
	const { frames, proposals } = await budgetRound(db.sql, people.tove, people.forumId, 2020);
	return round(frames, proposals, 2020).total.net;
};

describe('what a budget case proposes', () => {
	test('is in the frozen record with its frame, and neither moves with a frame that is set later', async () => {
		const id = await decided();
		const before = await decisions.recordOf(db.sql, people.tove, id);
		expect(before.record.proposal).toEqual({
			departmentId: people.jonas.departmentId,
			departmentName: 'Center for Social og Handicap',
			way: 'expansion',
			ore: 125_000_000,
			year: 2020,
			lasting: true,
			frame: 100_000_000,
			figures: 0,
			whyNot: 'Nyt lovkrav fra januar'
		});
		await frame(9_000_000);
		await expect(propose({ amount: 5 })).rejects.toMatchObject({ code: 'case.settled' });
		expect(await decisions.recordOf(db.sql, people.tove, id)).toEqual(before);
		// The case and its print show what was frozen; only the round goes on.
		expect((await decisions.ofCase(db.sql, caseId))!.proposal).toEqual(before.record.proposal);
		expect((await read()).proposal!.frame).toBe(900_000_000);
	});
	test('is told in the exported files, in both languages; a record from before has nothing of it', async () => {
		const { record, hash } = await decisions.recordOf(db.sql, people.tove, await decided());
		const told = JSON.stringify(outline(record, hash, 'da'));
		for (const words of ['1,25 mio. kr.', 'varigt fra 2020', '1 mio. kr.', 'Nyt lovkrav'])
			expect(told).toContain(words);
		for (const format of ['pdf', 'docx', 'json'] as const)
			expect((await exported(record, hash, format, 'en')).body.length).toBeGreaterThan(500);
		const { proposal: _, ...earlier } = record;
		expect(JSON.stringify(outline(earlier, hash, 'da'))).not.toContain('lovkrav');
	});
	test('is told as changed since it was sent out, value by value and the reason word by word', async () => {
		const meeting = await onAgenda();
		await people.act((tx) => circulate(tx, people.sigrid, meeting));
		const sent = (await lastOf(db.sql, caseId))!;
		const changes = async () => (await since(db.sql, await read(), sent)).head.proposal;
		expect((await since(db.sql, await read(), sent)).count).toBe(0);
		await propose({ amount: 900_000, year: 2021, whyNot: 'Nyt lovkrav fra juli' });
		await frame(800_000, 2021);
		const told = (await changes())!;
		expect(told.fields).toEqual(['ore', 'year', 'frame']);
		expect(told).toMatchObject({
			before: { ore: 125_000_000, year: 2020, frame: 100_000_000 },
			after: { ore: 90_000_000, year: 2021, frame: 80_000_000 }
		});
		expect(told.whyNot.filter(({ change }) => change !== 'same')).toEqual([
			{ change: 'removed', text: 'januar' },
			{ change: 'added', text: 'juli' }
		]);
		expect((await since(db.sql, await read(), sent)).count).toBe(1);
		expect((await lastOf(db.sql, caseId))!, 'what was sent has not moved').toEqual(sent);
		await propose();
		expect(await changes(), 'said as it was, it is as it was').toBeNull();
	});
	test('is told against what a director approved, and what went out before it was kept tells nothing', async () => {
		await people.act((tx) =>
			forums.setCharter(tx, people.maja, people.forumId, { approval: 'shown' })
		);
		await people.act((tx) => approvals.ask(tx, people.jonas, caseId));
		await people.act((tx) => approvals.approve(tx, people.maja, caseId));
		await propose({ way: 'reduction' });
		const told = async () =>
			(await approvals.ofCase(db.sql, people.jonas, await read()))!.since!.changes;
		expect((await told()).head.proposal!.fields).toEqual(['way']);
		expect((await told()).count).toBe(1);
		// As rows were before: they never change, so a new one is written as those were.
		await db.sql`
			insert into approvals (case_id, step, director_id, keep_id, options, evidence, by)
			select case_id, step, director_id, keep_id, options, evidence, by from approvals where keep_id is not null`;
		expect((await told()).count).toBe(0);
	});
});

describe('the sum of a round', () => {
	test('has what is proposed and what was decided for', async () => {
		expect(await net()).toBe(125_000_000);
		await decided();
		expect(await net()).toBe(125_000_000);
	});
	test('loses a proposal that is decided as going on as now, and it is shown apart', async () => {
		await decided('as_now');
		expect(await net()).toBe(0);
		const { proposals } = await budgetRound(db.sql, people.tove, people.forumId, 2020);
		expect(proposals).toMatchObject([{ caseId, outcome: 'as_now' }]);
	});
	test('loses a proposal whose case is closed without a decision', async () => {
		await people.act((tx) =>
			cases.setState(tx, people.jonas, caseId, 'closed', { reason: 'Pengene er fundet' })
		);
		expect(await net()).toBe(0);
		const { proposals, years } = await budgetRound(db.sql, people.tove, people.forumId, 2020);
		expect(proposals).toMatchObject([{ outcome: 'withdrawn' }]);
		expect(years, 'the frame is still there').toEqual([2020]);
	});
});
