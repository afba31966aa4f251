import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findConflicts } from '#lib/case/conflicts.ts';
import * as conflicts from '#lib/case/conflicts.server.ts';
import * as consequences from '#lib/case/consequences.server.ts';
import { sectionsOf, standard } from '#lib/case/template.ts';
import * as views from '#lib/case/views.server.ts';
import * as decisions from '#lib/decision/read.server.ts';
import { exported } from '#lib/decision/export.server.ts';
import { hashOf, verify } from '#lib/decision/record.ts';
import * as goals from '#lib/goal/goals.server.ts';
import { running } from '#lib/goal/running.server.ts';
import type { Person } from '#lib/people/person.ts';
import { freshDatabase, type TestDatabase } from '../support/database.ts';
import { decided, goalIn, refusal, story, type Story } from './story.ts';

/** An option held against a goal that runs, both ways, and into the record. */

let db: TestDatabase;
let told: Story;
let goalId: string;
beforeAll(async () => {
	db = await freshDatabase();
	told = await story(db.sql);
	goalId = await told.act((tx) =>
		goals.create(tx, told.sigrid, { ...goalIn(told), title: 'Færre fravær', forumId: told.forumId })
	);
	await told.act((tx) =>
		consequences.say(tx, told.tove, told.caseId, told.options.eight, {
			about: 'performance',
			what: 'Flere børn får hjemmedage',
			effect: 'cost',
			amount: 250_000,
			yearly: true,
			from: 2019,
			indicator: { datasetId: told.datasetId, measure: told.measure, direction: 'up' }
		})
	);
	await told.act((tx) =>
		views.view(tx, told.jonas, told.caseId, told.options.eight, {
			part: 'capacity',
			level: 'medium',
			words: 'kræver folk'
		})
	);
});
afterAll(() => db.drop());

const found = async (person: Person) => {
	const lines = await consequences.list(db.sql, person, told.caseId);
	return findConflicts(lines, await running(db.sql, person, told.forumId));
};
const say = (person: Person, verdict: 'confirmed' | 'dismissed', reason: string) =>
	told.act((tx) =>
		conflicts.say(tx, person, told.caseId, told.options.eight, {
			goalId,
			ground: 'against',
			verdict,
			reason
		})
	);
const against = async (person: Person) => {
	const goal = (await running(db.sql, person, told.forumId)).find(({ id }) => id === goalId)!;
	return await conflicts.ofGoal(db.sql, person, goal);
};

describe('an option that moves a running goal’s indicator the other way', () => {
	test('is found from the rows, and the goal’s page finds the way back', async () => {
		expect(await found(told.jonas)).toMatchObject([
			{ optionId: told.options.eight, goalId, ground: 'against' }
		]);
		expect(await against(told.tove)).toMatchObject([
			{ caseId: told.caseId, option: 'Otte områder', ground: 'against', verdict: null }
		]);
	});
	test('an indicator of no dataset one may read cannot be named', async () => {
		const wrong = { datasetId: told.datasetId, measure: 'findes ikke', direction: null };
		const attempt = told.act((tx) =>
			consequences.say(tx, told.tove, told.caseId, told.options.eight, {
				about: 'performance',
				what: 'x',
				indicator: wrong
			})
		);
		expect(await refusal(attempt)).toBe('option.no_such_indicator');
	});
	test('a confidential goal is found by those who may read it, and named to no other', async () => {
		await db.sql`update objects set confidential = true where id = ${goalId}`;
		// Sigrid made it; Tove does not read it.
		expect(await found(told.sigrid)).toHaveLength(1);
		expect(await found(told.tove)).toEqual([]);
		expect(await refusal(say(told.tove, 'dismissed', 'Gæt'))).toBe('base.not_allowed');
		await db.sql`update objects set confidential = false where id = ${goalId}`;
	});
	test('is confirmed or dismissed by a person with a reason; a word that stands is never changed', async () => {
		expect(await refusal(say(told.tove, 'dismissed', ' '))).toBe('option.verdict_reason_missing');
		for (const person of [told.maja, told.jonas, told.else_, told.sigrid])
			await say(person, 'dismissed', 'Målet gælder kun 2018');
		expect(await against(told.jonas)).toEqual([]);
		expect(await refusal(say(told.ove, 'confirmed', 'x'))).toBe('base.not_allowed');
		expect(await refusal(say(told.nina, 'confirmed', 'x'))).toBe('base.not_found');
		await say(told.tove, 'confirmed', 'Målet gælder stadig');
		expect((await against(told.jonas))[0]!.verdict).toMatchObject({
			verdict: 'confirmed',
			byName: 'Tove Holm'
		});
		const said = await conflicts.list(db.sql, told.caseId);
		expect(said).toHaveLength(5);
	});
	test('a verdict is about a goal of the forum, not about any object', async () => {
		const attempt = told.act((tx) =>
			conflicts.say(tx, told.tove, told.caseId, told.options.eight, {
				goalId: told.datasetId,
				ground: 'against',
				verdict: 'confirmed',
				reason: 'x'
			})
		);
		expect(await refusal(attempt)).toBe('base.not_found');
	});
});

test('all that was said stands in the frozen record and its exports, and the hash is of it', async () => {
	const id = await decided(told, { goals: [] });
	const { record, hash } = await decisions.recordOf(db.sql, told.jonas, id);
	const eight = record.options.find((option) => option.id === told.options.eight)!;
	expect(eight.consequences).toMatchObject([
		{ what: 'Flere børn får hjemmedage', ore: 25_000_000, by: 'Tove Holm', withdrawn: null }
	]);
	expect(eight.sum).toMatchObject({ after: 25_000_000, total: 100_000_000 });
	expect(eight.views).toMatchObject([
		{ part: 'capacity', words: 'kræver folk', by: 'Jonas Bruun' }
	]);
	expect(eight.conflicts).toMatchObject([
		{ goal: { id: goalId, title: 'Færre fravær' }, ground: 'against', verdict: 'confirmed' }
	]);
	expect(record.sections!.map(({ key }) => key)).toEqual(sectionsOf(standard));
	expect(await verify(record, hash)).toBe(true);
	// A record from before any of it was kept is read and set as it always was.
	const { sections: _, ...older } = {
		...record,
		options: record.options.map(
			({ consequences: _c, sum: _s, views: _v, conflicts: _f, ...option }) => option
		)
	};
	const olderHash = await hashOf(older);
	const file = await exported(older, olderHash, 'pdf', 'da');
	expect(file.body.byteLength).toBeGreaterThan(1000);
	expect(await verify(JSON.parse(JSON.stringify(older)), olderHash)).toBe(true);
	const altered = structuredClone(record);
	altered.options.find((option) => option.id === told.options.eight)!.conflicts![0]!.verdict =
		'dismissed';
	expect(await verify(altered, hash)).toBe(false);
	for (const locale of ['da', 'en'] as const)
		for (const kind of ['json', 'docx', 'pdf'] as const)
			expect((await exported(record, hash, kind, locale)).body.byteLength).toBeGreaterThan(1000);
});
