import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import * as events from '#lib/base/events.server.ts';
import type { EventRow } from '#lib/base/events.server.ts';
import * as datasets from '#lib/data/datasets.server.ts';
import { flagRevisions } from '#lib/decision/cited.server.ts';
import * as decisions from '#lib/decision/read.server.ts';
import { verify } from '#lib/decision/record.ts';
import { board, page as goalPage } from '#lib/goal/page.server.ts';
import { recompute } from '#lib/goal/recompute.server.ts';
import { drain, startWorker } from '#lib/thread/worker.server.ts';
import { eventually } from '../support/eventually.ts';
import { freshDatabase, type TestDatabase } from '../support/database.ts';
import { decided, FILE_2019, goalIn, stored, story, type Story } from './story.ts';

let db: TestDatabase;
let told: Story;
beforeEach(async () => {
	db = await freshDatabase();
	told = await story(db.sql);
	await drain(db.sql);
});
afterEach(() => db.drop());

const happened = async (verb: string) =>
	await db.sql<{ object: string; detail: Record<string, unknown> }[]>`
		select object_id object, detail from events where verb = ${verb} order by id`;

describe('a newer version', () => {
	it('moves the goals that read it and flags the decision, once, however often the reactions run', async () => {
		const id = await decided(told, {
			goals: [goalIn(told), goalIn(told, 'Østerled', 20), goalIn(told, 'Mølleparken', 30)]
		});
		const newer = await stored(told, told.datasetId, FILE_2019, '2019-08-01');
		await drain(db.sql);
		for (let i = 0; i < 3; i++) {
			await told.act((tx) => recompute(tx, newer));
			await told.act((tx) => flagRevisions(tx, newer));
		}

		const goals = await board(db.sql, told.maja, told.forumId);
		const byTitle = Object.fromEntries(goals.map((goal) => [goal.title.split(' ').at(-1), goal]));
		// 55 → 40 by 2021: 50 is where the path stands after a year, give or take 1.5.
		expect(byTitle.Nørrevang).toMatchObject({ status: 'behind', verdict: { value: 60 } });
		expect(byTitle.Østerled).toMatchObject({ status: 'reached', verdict: { value: 20 } });
		expect(byTitle.Mølleparken).toMatchObject({ status: 'behind', verdict: { value: 46 } });
		expect(byTitle.Nørrevang!.milestones).toMatchObject([{ title: 'Halvvejs', status: 'behind' }]);
		const changed = await happened('goal.status_changed');
		expect(changed.map(({ object }) => object).toSorted()).toEqual(
			goals.map(({ id }) => id).toSorted()
		);

		const page = await decisions.page(db.sql, told.maja, id);
		expect(page.flags).toMatchObject([
			{ place: ['Mølleparken', '2017'], old: 41, now: 48, cited: 1, revised: 2 }
		]);
		expect(await happened('decision.evidence_revised')).toEqual([
			{ object: id, detail: { version: newer, values: 1 } }
		]);
		expect(await verify(page.record, page.hash)).toBe(true);
	});

	it('leaves goals without figures, the frozen record and the cited values as they were', async () => {
		const id = await decided(told, {
			goals: [
				{
					...goalIn(told),
					title: 'Flere frivillige',
					aim: { measured: false, reason: 'Ingen tæller dem', sign: 'Nye aftaler' },
					milestones: []
				}
			]
		});
		const before = await decisions.recordOf(db.sql, told.maja, id);
		await stored(told, told.datasetId, FILE_2019, '2019-08-01');
		await drain(db.sql);
		expect(await happened('goal.status_changed')).toEqual([]);
		expect(await board(db.sql, told.maja, told.forumId)).toMatchObject([
			{ status: 'no_data', verdict: null, unmeasured: { sign: 'Nye aftaler' } }
		]);
		expect(await decisions.recordOf(db.sql, told.maja, id)).toEqual(before);
		const [cell] = await db.sql`
			select value from cited_values where coordinates @> ${db.sql.json({ [told.keys.area]: 'Mølleparken', [told.keys.time]: '2017' })}`;
		expect(cell).toEqual({ value: 41 });
	});

	it('of another dataset moves nothing here', async () => {
		await decided(told);
		const other = await told.act((tx) =>
			datasets.create(tx, told.else_, {
				forumId: told.forumId,
				title: 'Et andet',
				definition: 'Noget andet.'
			} as datasets.NewDataset)
		);
		await stored(told, other, FILE_2019, '2019-08-01');
		await drain(db.sql);
		expect(await happened('goal.status_changed')).toEqual([]);
		expect(await happened('decision.evidence_revised')).toEqual([]);
		const rows = await db.sql`select from goal_statuses`;
		expect(rows).toHaveLength(1);
	});

	it('that repeats a revision is no news, and one that takes it back clears the flag', async () => {
		const id = await decided(told);
		await stored(told, told.datasetId, FILE_2019, '2019-08-01');
		await stored(told, told.datasetId, `${FILE_2019}Mølleparken;2020;45\r\n`, '2020-08-01');
		await drain(db.sql);
		expect(await happened('decision.evidence_revised')).toHaveLength(1);
		await stored(told, told.datasetId, FILE_2019.replace('2017;48', '2017;41'), '2020-09-01');
		await drain(db.sql);
		expect(await happened('decision.evidence_revised')).toHaveLength(2);
		expect((await decisions.page(db.sql, told.maja, id)).flags).toEqual([]);
		expect((await decisions.ofCase(db.sql, told.caseId))!.revised).toBe(0);
	});

	it('says in one row why there is no status when the newest value is suppressed or missing', async () => {
		await decided(told);
		const small = FILE_2019.replace('Nørrevang;2019;60', 'Nørrevang;2019;..');
		await stored(told, told.datasetId, small, '2019-08-01');
		await drain(db.sql);
		const [goal] = await board(db.sql, told.maja, told.forumId);
		expect(goal).toMatchObject({ status: 'no_data', verdict: { reason: 'missing', value: null } });
	});

	it('that arrives out of turn is history: only the newest one’s change is news', async () => {
		await decided(told);
		const second = await stored(told, told.datasetId, FILE_2019, '2019-08-01');
		const third = await stored(
			told,
			told.datasetId,
			FILE_2019.replace('Nørrevang;2019;60', 'Nørrevang;2019;50'),
			'2019-09-01'
		);
		await told.act((tx) => recompute(tx, third));
		await told.act((tx) => recompute(tx, second));
		await drain(db.sql);
		const [goal] = await board(db.sql, told.maja, told.forumId);
		expect(goal!.status).toBe('on_course');
		const story = await goalPage(db.sql, told.tove, goal!.id);
		expect(story.history.map(({ number, status }) => [number, status])).toEqual([
			[3, 'on_course'],
			[2, 'behind'],
			[1, 'no_data']
		]);
		expect((await happened('goal.status_changed')).map(({ detail }) => detail.version)).toEqual([
			third
		]);
	});
});

describe('the worker', () => {
	it('wakes by itself when a version is stored', async () => {
		await decided(told);
		const worker = await startWorker(db.sql, { everyMs: 60_000 });
		await stored(told, told.datasetId, FILE_2019, '2019-08-01');
		const changed = await eventually(async () => (await happened('goal.status_changed'))[0]);
		expect(changed.detail).toMatchObject({ from: 'no_data', to: 'behind' });
		await eventually(async () => (await db.sql`select from event_outbox`).length === 0);
		await worker.stop();
	});

	it('keeps what succeeded, tries what failed again later, and leaves other events alone', async () => {
		await decided(told);
		await drain(db.sql);
		let broken = true;
		const failures: string[] = [];
		const runs: string[] = [];
		const handlers = {
			'test.happened': {
				first: async (tx: Parameters<typeof events.record>[0]) => {
					runs.push('first');
					await events.record(tx, { person: null, verb: 'test.first' });
				},
				second: async (tx: Parameters<typeof events.record>[0], event: EventRow) => {
					runs.push('second');
					await events.record(tx, { person: null, verb: 'test.second' });
					if (broken) throw new Error(`not yet, event ${event.id > 0}`);
				}
			}
		};
		const failed = ({ reaction }: { reaction: string }) => void failures.push(reaction);
		await told.act((tx) => events.record(tx, { person: null, verb: 'test.happened' }));
		await drain(db.sql, { handlers, failed });
		expect(runs).toEqual(['first', 'second']);
		expect(failures).toEqual(['second']);
		expect(await happened('test.first')).toHaveLength(1);
		expect(await happened('test.second')).toHaveLength(0);
		const [waiting] = await db.sql`
			select attempts, last_error "lastError", not_before > clock_timestamp() later from event_outbox`;
		expect(waiting).toEqual({ attempts: 1, lastError: 'second: not yet, event true', later: true });

		broken = false;
		await db.sql`update event_outbox set not_before = clock_timestamp()`;
		await drain(db.sql, { handlers, failed });
		expect(await happened('test.second')).toHaveLength(1);
		expect(await db.sql`select from event_outbox`).toHaveLength(0);
	});

	it('shares the work: two workers carry out each event once', async () => {
		const runs: number[] = [];
		const handlers = {
			'test.happened': { note: async (_tx: unknown, event: EventRow) => void runs.push(event.id) }
		};
		for (let i = 0; i < 20; i++)
			await told.act((tx) => events.record(tx, { person: null, verb: 'test.happened' }));
		await Promise.all([drain(db.sql, { handlers }), drain(db.sql, { handlers })]);
		expect(runs.toSorted()).toHaveLength(20);
		expect(new Set(runs).size).toBe(20);
	});
});
