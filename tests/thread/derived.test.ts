import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as briefs from '#lib/brief/briefs.server.ts';
import * as figures from '#lib/brief/figures.server.ts';
import * as cases from '#lib/case/cases.server.ts';
import * as evidence from '#lib/case/evidence.server.ts';
import * as options from '#lib/case/options.server.ts';
import { derivedKey } from '#lib/data/derive.ts';
import * as derived from '#lib/data/derived.server.ts';
import * as decisions from '#lib/decision/read.server.ts';
import { verify } from '#lib/decision/record.ts';
import { board } from '#lib/goal/page.server.ts';
import * as agenda from '#lib/meeting/agenda.server.ts';
import { decide } from '#lib/thread/decide.server.ts';
import { drain } from '#lib/thread/worker.server.ts';
import { freshDatabase, type TestDatabase } from '../support/database.ts';
import { decision, FILE_2019, goalIn, stored, story, type Story } from './story.ts';

/** A derived measure along the whole thread: drawn, decided on, steered by, and moved by newer figures. */

let db: TestDatabase;
let told: Story;
let index: string;
let decisionId: string;
beforeAll(async () => {
	db = await freshDatabase();
	told = await story(db.sql);
	const { act, else_, jonas, maja, forumId, datasetId, versionId, keys, measure } = told;
	const id = await act((tx) =>
		derived.add(tx, else_, datasetId, {
			label: 'Fravær, 2017 = 100',
			kind: 'index',
			numerator: measure,
			denominator: '',
			per: 100,
			basePeriod: '2017',
			decimals: 1,
			reason: 'Områderne er ikke lige store'
		})
	);
	index = derivedKey(id);
	const briefId = await act((tx) =>
		briefs.create(tx, else_, { forumId, question: 'Hvor er det vokset?' })
	);
	await act((tx) =>
		figures.add(tx, else_, briefId, {
			versionId,
			title: 'Fravær, indeks',
			spec: { kind: 'line', measure: index, x: keys.time, series: keys.area, where: {} }
		} as never)
	);
	await act((tx) => briefs.publish(tx, else_, briefId));
	const caseId = await act((tx) =>
		cases.create(tx, jonas, { forumId, briefId, title: 'Hvor det vokser', recommendation: 'Ja.' })
	);
	const optionId = await act((tx) => options.add(tx, jonas, caseId, { title: 'Begynd der' }));
	const [line] = await evidence.list(db.sql, caseId);
	await act((tx) => cases.setState(tx, jonas, caseId, 'ready'));
	await act((tx) => agenda.add(tx, told.sigrid, told.meetingId, { caseId, minutes: 10 }));
	const goal = goalIn(told, 'Nørrevang', 90);
	if (!goal.aim.measured) throw new Error('measured');
	goal.aim.reading.measure = index;
	goal.milestones = [];
	decisionId = await act((tx) =>
		decide(
			tx,
			maja,
			decision(told, { caseId, optionId, roles: { [line!.id]: 'made' }, goals: [goal] })
		)
	);
	await drain(db.sql);
});
afterAll(() => db.drop());

const page = () => decisions.page(db.sql, told.maja, decisionId);
const round = (value: number | null) => value && Math.round(value * 10) / 10;

describe('a decision on a derived measure', () => {
	it('freezes its values with the formula they were worked out by', async () => {
		const { record, hash } = await page();
		const [figure] = record.figures;
		expect(figure!.cells.map(({ value }) => round(value)).toSorted()).toEqual([
			100, 100, 100, 105.8, 107.3, 96.8
		]);
		expect(JSON.stringify(figure)).toContain('2017');
		expect(await verify(record, hash)).toBe(true);
	});

	it('is flagged when newer figures move a value it was worked out from, and its record stands', async () => {
		const before = await page();
		await stored(told, told.datasetId, FILE_2019, '2019-08-01');
		await drain(db.sql);
		const after = await page();
		expect([after.record, after.hash]).toEqual([before.record, before.hash]);
		expect(
			after.flags.map(({ place, old, now }) => [...place, round(old), round(now as number)])
		).toEqual([['Mølleparken', '2018', 107.3, 91.7]]);
		const goals = await board(db.sql, told.maja, told.forumId);
		expect(goals).toMatchObject([{ status: 'behind', verdict: { period: '2019' } }]);
		expect(round(goals[0]!.verdict!.value!)).toBe(115.4);
	});
});
