import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findConflicts } from '#lib/case/conflicts.ts';
import * as cases from '#lib/case/cases.server.ts';
import * as conflicts from '#lib/case/conflicts.server.ts';
import * as consequences from '#lib/case/consequences.server.ts';
import * as evidence from '#lib/case/evidence.server.ts';
import * as options from '#lib/case/options.server.ts';
import { sayThen } from '#lib/case/option-words.ts';
import { named, saidChanges, type LineThen } from '#lib/case/said-then.ts';
import { since } from '#lib/case/since.server.ts';
import { sectionsOf, standard } from '#lib/case/template.ts';
import * as views from '#lib/case/views.server.ts';
import * as decisions from '#lib/decision/read.server.ts';
import { exported } from '#lib/decision/export.server.ts';
import { hashOf, verify } from '#lib/decision/record.ts';
import * as goals from '#lib/goal/goals.server.ts';
import { running } from '#lib/goal/running.server.ts';
import { circulate, lastOf } from '#lib/meeting/circulate.server.ts';
import type { Person } from '#lib/people/person.ts';
import { decide } from '#lib/thread/decide.server.ts';
import { sayVerdict } from '#lib/thread/verdict.server.ts';
import { freshDatabase, type TestDatabase } from '../support/database.ts';
import { decided, decision, goalIn, refusal, story, type Story } from './story.ts';

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
		sayVerdict(tx, person, told.caseId, told.options.eight, { goalId, verdict, reason })
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
		expect(new Set(said.map(({ ground }) => ground))).toEqual(new Set(['against']));
	});
	test('a verdict rests on what is found when it is said, whatever the page that sent it says it saw', async () => {
		await say(told.tove, 'confirmed', 'Målet gælder stadig');
		// A form that names a stronger ground than there is, so that its word would hold for ever.
		const lie = { goalId, verdict: 'dismissed' as const, reason: 'Nej', ground: 'department' };
		await told.act((tx) => sayVerdict(tx, told.tove, told.caseId, told.options.eight, lie));
		const grounds = await db.sql`select ground from conflict_verdicts order by id desc limit 2`;
		expect(grounds).toEqual([{ ground: 'against' }, { ground: 'against' }]);
		await say(told.tove, 'confirmed', 'Målet gælder stadig');
	});
	test('where nothing pulls apart there is nothing to say, and nothing is written', async () => {
		const before = await conflicts.list(db.sql, told.caseId);
		const attempt = told.act((tx) =>
			sayVerdict(tx, told.tove, told.caseId, told.options.asNow, {
				goalId,
				verdict: 'dismissed',
				reason: 'Vi gør intet'
			})
		);
		expect(await refusal(attempt)).toBe('option.no_conflict');
		expect(await conflicts.list(db.sql, told.caseId)).toEqual(before);
	});
	test('a verdict is about a goal of the forum, not about any object', async () => {
		const attempt = told.act((tx) =>
			sayVerdict(tx, told.tove, told.caseId, told.options.eight, {
				goalId: told.datasetId,
				verdict: 'confirmed',
				reason: 'x'
			})
		);
		expect(await refusal(attempt)).toBe('base.not_found');
	});
});

test('a line whose indicator alone is another is told as changed, by a name each reader may know', async () => {
	await told.act((tx) => circulate(tx, told.sigrid, told.meetingId));
	const sent = (await lastOf(db.sql, told.caseId))!;
	const changes = async (person: Person) => {
		const page = await cases.page(db.sql, person, told.caseId);
		if (!page.readable) throw new Error('a stub');
		return (await since(db.sql, page, sent)).options.flatMap(({ said }) => said);
	};
	expect(await changes(told.jonas)).toEqual([]);
	const [line] = await consequences.list(db.sql, told.tove, told.caseId);
	const { about, what, effect } = line!;
	const again = (id: string, direction: 'up' | 'down') =>
		told.act((tx) =>
			consequences.reword(tx, told.tove, told.caseId, id, {
				...{ about, what, effect, amount: 250_000, yearly: true, from: 2019 },
				indicator: { datasetId: told.datasetId, measure: told.measure, direction }
			})
		);
	const newer = await again(line!.id, 'down');
	const [only] = await changes(told.jonas);
	const label = 'Elever med over 20 fraværsdage';
	expect(only).toMatchObject({
		before: { moves: { label, direction: 'up' } },
		after: { moves: { label, direction: 'down' } }
	});
	expect(sayThen(only!.before!, 'da')).toContain(`»${label}« går op`);
	expect(sayThen(only!.after!, 'da')).toContain(`»${label}« går ned`);
	expect(JSON.stringify(only), 'what it is, by its keys, stays on the server').not.toContain(
		told.datasetId
	);
	const nameless = named(
		saidChanges([{ ...(sent.options[1]!.said![0] as LineThen) }], [])[0]!,
		() => null
	);
	expect(sayThen(nameless.before!, 'da')).toContain('et nøgletal, du ikke kan se');
	await again(newer, 'up');
	expect(await changes(told.jonas), 'said as it was, it is as it was').toEqual([]);
});

test('a decision rests on its own case: roles for other evidence and conflicts a form names are nothing to it', async () => {
	const other = await told.act(async (tx) => {
		const caseId = await cases.create(tx, told.jonas, {
			forumId: told.forumId,
			title: 'En anden',
			question: 'Hvad?'
		});
		const item = await evidence.add(tx, told.jonas, caseId, { kind: 'document', title: 'Fremmed' });
		const [option] = await options.list(tx, caseId);
		return { item, option: option!.id };
	});
	const lies = { goals: [], roles: { [other.item]: 'made' as const }, conflicts: [], figures: [] };
	expect(await refusal(decided(told, { ...lies, optionId: other.option }))).toBe(
		'decision.no_such_option'
	);
	const written = told.act(async (tx) => {
		const id = await decide(tx, told.maja, decision(told, lies));
		const { record } = await decisions.recordOf(tx, told.jonas, id);
		expect(record.evidence.map(({ id }) => id)).not.toContain(other.item);
		expect(record.evidence.every(({ role }) => role === 'unused')).toBe(true);
		expect(record.options.flatMap(({ conflicts }) => conflicts ?? [])).toHaveLength(1);
		throw new Error('taken back');
	});
	await expect(written).rejects.toThrow('taken back');
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
