import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import * as appraisals from '#lib/case/appraisals.server.ts';
import { levels, spread, type Level } from '#lib/case/appraisal.ts';
import * as cases from '#lib/case/cases.server.ts';
import * as evidence from '#lib/case/evidence.server.ts';
import type { Person } from '#lib/people/person.ts';
import { cast, NAMES, type Cast } from '../support/cast.ts';
import { freshDatabase, type TestDatabase } from '../support/database.ts';

test('the spread of appraisals counts each once, highest first, and makes no mean', () => {
	const level = fc.constantFrom(...levels);
	const one = fc.record({
		name: fc.string(),
		credibility: level,
		relevance: level,
		reason: fc.string()
	});
	fc.assert(
		fc.property(fc.array(one), (given) => {
			const said = spread(given, 'credibility');
			expect(said.reduce((sum, { count }) => sum + count, 0)).toBe(given.length);
			const ranks = said.map(({ level }) => levels.indexOf(level));
			expect(ranks).toEqual(ranks.toSorted((a, b) => b - a));
			expect(new Set(ranks).size).toBe(ranks.length);
		})
	);
});

describe('appraising a piece of evidence', () => {
	let db: TestDatabase;
	let people: Cast;
	let caseId: string;
	let evidenceId: string;
	beforeAll(async () => {
		db = await freshDatabase();
		people = await cast(db.sql);
	});
	afterAll(() => db.drop());
	beforeEach(async () => {
		const { forumId, jonas, act } = people;
		caseId = await act((tx) =>
			cases.create(tx, jonas, { forumId, title: 'Flere områder?', question: 'Hvilke?' })
		);
		evidenceId = await act((tx) =>
			evidence.add(tx, jonas, caseId, {
				kind: 'research',
				title: 'En rapport',
				sender: 'Et firma, der sælger planen'
			})
		);
	});
	const code = (promise: Promise<unknown>) =>
		promise.then(
			() => 'nothing was refused',
			(error: { code?: string }) => error.code
		);
	const appraise = (person: Person, credibility: Level, reason = 'Fordi.') =>
		people.act((tx) =>
			appraisals.appraise(tx, person, caseId, evidenceId, {
				credibility,
				relevance: 'medium',
				reason
			})
		);
	const pageFor = async (person: Person) => {
		const page = await cases.page(db.sql, person, caseId);
		if (!page.readable) throw new Error('a stub');
		return page;
	};

	test('shows others’ once one’s own is given, each as they last said it, and keeps what was said before', async () => {
		await appraise(people.jonas, 'high');
		await appraise(people.jonas, 'low', 'Kun tre skoler.');
		expect((await pageFor(people.tove)).appraisals[evidenceId]).toEqual({
			count: 1,
			mine: null,
			given: null
		});
		await appraise(people.tove, 'medium');
		const seen = (await pageFor(people.tove)).appraisals[evidenceId]!;
		expect(seen.given!.map((one) => [one.name, one.credibility]).toSorted()).toEqual([
			['Jonas Bruun', 'low'],
			['Tove Holm', 'medium']
		]);
		expect(
			await db.sql`select from evidence_appraisals where evidence_id = ${evidenceId}`
		).toHaveLength(3);
	});

	test('asks for a reason, and another case’s evidence is not found', async () => {
		expect(await code(appraise(people.jonas, 'high', '  '))).toBe('case.appraisal_reason_missing');
		const other = await people.act((tx) =>
			cases.create(tx, people.jonas, {
				forumId: people.forumId,
				title: 'En anden',
				question: 'Hvad?'
			})
		);
		const wrong = people.act((tx) =>
			appraisals.appraise(tx, people.jonas, other, evidenceId, {
				credibility: 'high',
				relevance: 'high',
				reason: 'Fordi.'
			})
		);
		expect(await code(wrong)).toBe('base.not_found');
		expect((await pageFor(people.jonas)).appraisals).toEqual({});
	});

	test.each(NAMES)('%s may as far as they may write', async (name) => {
		const writes = name !== 'ove' && name !== 'nina';
		expect(await code(appraise(people[name], 'high'))).toBe(
			writes ? 'nothing was refused' : 'base.not_found'
		);
	});

	test('what weighs most is marked and unmarked, and no longer weighs when it is set aside with a reason', async () => {
		const mark = (on: boolean) =>
			people.act((tx) => evidence.shortlist(tx, people.jonas, caseId, evidenceId, on));
		await mark(true);
		await mark(true);
		expect((await pageFor(people.tove)).evidence[0]).toMatchObject({
			shortlisted: true,
			sender: 'Et firma, der sælger planen'
		});
		const told = await db.sql`
			select from events where verb = 'case.evidence_shortlisted' and object_id = ${caseId}`;
		expect(told, 'said once').toHaveLength(1);
		await people.act((tx) => evidence.park(tx, people.jonas, caseId, evidenceId, 'For gammel.'));
		expect((await pageFor(people.tove)).evidence[0]).toMatchObject({
			shortlisted: false,
			parkedReason: 'For gammel.'
		});
		await people.act((tx) => evidence.unpark(tx, people.jonas, caseId, evidenceId));
		expect((await pageFor(people.tove)).evidence[0]).toMatchObject({
			parkedAt: null,
			parkedReason: ''
		});
	});
});
