import { describe, expect, test } from 'vitest';
import * as budget from '#lib/case/budget.server.ts';
import * as cases from '#lib/case/cases.server.ts';
import { setKind } from '#lib/case/kind.server.ts';
import * as offrecord from '#lib/case/offrecord.server.ts';
import { setAside } from '#lib/case/set-aside.ts';
import { since } from '#lib/case/since.server.ts';
import { shipped, type CaseKind } from '#lib/case/template.ts';
import * as templates from '#lib/case/templates.server.ts';
import { EMPTY, plainText, type Content } from '#lib/document/content.ts';
import * as documents from '#lib/document/documents.server.ts';
import * as decisions from '#lib/decision/read.server.ts';
import * as agenda from '#lib/meeting/agenda.server.ts';
import { circulate, lastOf } from '#lib/meeting/circulate.server.ts';
import * as meetings from '#lib/meeting/meetings.server.ts';
import type { Person } from '#lib/people/person.ts';
import { decide } from '#lib/thread/decide.server.ts';
import { atOnce } from '../support/together.ts';
import { code, db, everything, make, onTheDesk, people, read, run } from './desk.ts';

onTheDesk();

const text = (words: string): Content => ({
	type: 'doc',
	content: [{ type: 'paragraph', content: [{ type: 'text', text: words }] }]
});

describe('what is set aside', () => {
	const part = (...keys: string[]) => keys.map((key) => ({ key }));
	const now = { kind: 'decision' as const, template: part('recommendation', 'evidence', 'risk') };
	const been = [
		{
			kind: 'budget' as const,
			template: part('recommendation', 'proposal', 'built_on', 'options')
		},
		{ kind: 'follow_up' as const, template: part('status', 'proposal', 'evidence') }
	];

	test('is the parts with words in them that its kind now has no place for, once each', () => {
		const content = { recommendation: text('a'), proposal: text('b'), status: text('c') };
		expect(setAside(now, been, { ...content, built_on: EMPTY }, false)).toEqual({
			parts: [
				{ key: 'proposal', kind: 'budget' },
				{ key: 'status', kind: 'follow_up' }
			],
			proposal: false
		});
	});
	test('has the amount and year of a case that is no budget proposal any more', () => {
		expect(setAside(now, been, {}, true)).toEqual({ parts: [], proposal: true });
		expect(setAside({ ...now, kind: 'budget' }, been, {}, true).proposal).toBe(false);
		expect(setAside(now, [], {}, false)).toEqual({ parts: [], proposal: false });
	});
});

const change = (id: string, kind: CaseKind, person: Person = people.jonas) =>
	run((tx) => setKind(tx, person, id, kind));
const write = async (id: string, sections: Record<string, Content>) => {
	const document = await documents.ofObject(db.sql, id);
	await run((tx) => documents.rewrite(tx, people.jonas, document!.id, sections));
};
const proposal = async () => {
	const id = await make({ kind: 'budget' });
	await write(id, {
		recommendation: text('Ansæt to mere.'),
		proposal: text('To familiebehandlere.'),
		built_on: text('Ventelisten.')
	});
	await run((tx) =>
		budget.propose(tx, people.jonas, id, {
			departmentId: people.jonas.departmentId,
			way: 'expansion',
			amount: 1_250_000,
			year: 2020,
			lasting: true,
			whyNot: ''
		})
	);
	return id;
};
const inRound = async (id: string) => {
	const told = await budget.round(db.sql, people.tove, people.forumId, 2020, new Map());
	return told.proposals.some(({ caseId }) => caseId === id);
};
const onAgenda = async (id: string) => {
	const meeting = await run((tx) =>
		meetings.create(tx, people.sigrid, {
			forumId: people.forumId,
			title: 'Møde',
			startsAt: new Date(),
			place: ''
		})
	);
	await run((tx) => agenda.add(tx, people.sigrid, meeting, { caseId: id, minutes: 20 }));
	return meeting;
};

describe('a case that changes its kind', () => {
	test('takes the parts of its new kind, and neither counts nor shows what only the old one has', async () => {
		const id = await proposal();
		expect(await inRound(id)).toBe(true);
		await change(id, 'decision');
		const page = await read(people.tove, id);
		expect(page.kind).toBe('decision');
		expect(page.template).toEqual(shipped.decision);
		expect(page.proposal).toBeNull();
		expect(Object.keys(page.content)).not.toContain('proposal');
		expect(plainText(page.content.recommendation)).toBe('Ansæt to mere.');
		expect(page.content.background, 'a new part is there to be written in').toBeDefined();
		expect(page.aside).toEqual({
			parts: [
				{ key: 'proposal', kind: 'budget' },
				{ key: 'built_on', kind: 'budget' }
			],
			proposal: true
		});
		expect(await inRound(id)).toBe(false);
	});
	test('has it all again when it is changed back, also where the forum has another template by then', async () => {
		const id = await proposal();
		const before = await read(people.tove, id);
		await change(id, 'follow_up');
		await write(id, { learned: text('At ventelisten svinger.') });
		await run((tx) =>
			templates.save(
				tx,
				people.sigrid,
				people.forumId,
				'budget',
				[{ key: 'recommendation' }, { key: 'evidence' }, { key: 'options' }],
				0
			)
		);
		await change(id, 'budget');
		await run((tx) => templates.undo(tx, people.sigrid, people.forumId, 'budget', 1));
		const after = await read(people.tove, id);
		expect(after.template).toEqual(before.template);
		expect(after.content).toEqual(before.content);
		expect(after.proposal).toEqual(before.proposal);
		expect(after.aside).toEqual({
			parts: [{ key: 'learned', kind: 'follow_up' }],
			proposal: false
		});
		expect(await inRound(id)).toBe(true);
	});
	test('is decided without what is set aside: the record has neither proposal nor its parts', async () => {
		const id = await proposal();
		await change(id, 'decision');
		await onAgenda(id);
		const [asNow] = (await read(people.maja, id)).options;
		const decision = await run((tx) =>
			decide(tx, people.maja, {
				caseId: id,
				optionId: asNow!.id,
				wording: 'Vi venter.',
				rationale: { facts: '', values: '', sideConditions: '', constraints: '' },
				dissent: '',
				decider: 'director',
				method: 'chair',
				roles: {},
				goals: [],
				actions: [],
				none: 'Intet at følge'
			})
		);
		const { record } = await decisions.recordOf(db.sql, people.tove, decision);
		expect(record.proposal).toBeNull();
		expect(record.case.kind).toBe('decision');
		expect(JSON.stringify(record)).not.toContain('familiebehandlere');
		expect(await code(change(id, 'budget'))).toBe('case.settled');
	});
	test('is told as changed since it went out: the kind, the proposal and the words that do not stand there now', async () => {
		const id = await proposal();
		const meeting = await onAgenda(id);
		await run((tx) => circulate(tx, people.sigrid, meeting));
		await change(id, 'decision');
		const sent = (await lastOf(db.sql, id))!;
		const told = await since(db.sql, await read(people.tove, id), sent);
		expect(told.head.kind).toEqual({ before: 'budget', after: 'decision' });
		expect(told.head.proposal).toMatchObject({ before: { ore: 125_000_000 }, after: null });
		expect(told.sections).toMatchObject([
			{ section: 'proposal', segments: [{ change: 'removed' }] },
			{ section: 'built_on', segments: [{ change: 'removed' }] }
		]);
		expect(told.count).toBe(4);
		await change(id, 'budget');
		expect((await since(db.sql, await read(people.tove, id), sent)).count).toBe(0);
	});
	test('is the same when it is said to be what it is', async () => {
		const id = await proposal();
		const before = await everything();
		await change(id, 'budget');
		expect(await everything()).toEqual(before);
	});
	test('changes by those who write it, and never when it is off the record', async () => {
		const id = await make({ kind: 'sparring' });
		for (const person of [people.nina, people.ove])
			expect(await code(change(id, 'decision', person))).toBe('base.not_found');
		await run((tx) => offrecord.takeOff(tx, people.jonas, id));
		const before = await everything();
		expect(await code(change(id, 'decision'))).toBe('case.off_record_kind');
		expect(await everything()).toEqual(before);
	});
	test('of two who each choose another kind at the same moment, from what they saw, one is told', async () => {
		const id = await make();
		const from = (kind: CaseKind, person: Person) =>
			run((tx) => setKind(tx, person, id, kind, 'decision'));
		const answers = await atOnce([from('budget', people.jonas), from('follow_up', people.tove)]);
		expect(answers.toSorted()).toEqual(['case.kind_changed', 'done']);
		expect((await read(people.jonas, id)).kind).toBe(
			answers[0] === 'done' ? 'budget' : 'follow_up'
		);
		expect(
			await code(from((await read(people.jonas, id)).kind, people.tove)),
			'who chooses what it has become has nothing to be told'
		).toBe('nothing was refused');
	});
	test('changing kind and going off the record at the same moment: one wins, the other is told', async () => {
		const id = await make({ kind: 'sparring' });
		const answers = await atOnce([
			change(id, 'decision'),
			run((tx) => offrecord.takeOff(tx, people.jonas, id))
		]);
		const { kind, offRecord } = await read(people.jonas, id);
		expect(answers).toEqual(
			offRecord ? ['case.off_record_kind', 'done'] : ['done', 'case.not_sparring']
		);
		expect(kind).toBe(offRecord ? 'sparring' : 'decision');
	});
	test('two at the same moment take turns, and each kind it has been is kept', async () => {
		const id = await make();
		expect(await atOnce([change(id, 'budget'), change(id, 'follow_up', people.tove)])).toEqual([
			'done',
			'done'
		]);
		const rows = await db.sql<{ kind: string }[]>`
			select kind from case_kinds where case_id = ${id} order by id`;
		const found = await cases.page(db.sql, people.jonas, id);
		expect(rows.map(({ kind }) => kind).toSorted()).toEqual(['budget', 'decision', 'follow_up']);
		expect(rows[0]!.kind).toBe('decision');
		expect(found).toMatchObject({ kind: rows[2]!.kind });
	});
});
