import { beforeEach, describe, expect, test } from 'vitest';
import * as annotations from '#lib/annotation/annotations.server.ts';
import { anchorOf } from '#lib/annotation/placed.server.ts';
import * as approvals from '#lib/case/approvals.server.ts';
import * as cases from '#lib/case/cases.server.ts';
import * as options from '#lib/case/options.server.ts';
import * as documents from '#lib/document/documents.server.ts';
import * as forums from '#lib/forum/forums.server.ts';
import type { ApprovalRule } from '#lib/forum/charter.ts';
import * as responsible from '#lib/forum/responsible.server.ts';
import type { Person } from '#lib/people/person.ts';
import { waitingFor } from '#lib/thread/work.server.ts';
import { atOnce } from '../support/together.ts';
import { caseId, code, db, everything, make, onTheDesk, people, read, run } from './desk.ts';

onTheDesk();

const agree = (approval: ApprovalRule) =>
	run((tx) => forums.setCharter(tx, people.maja, people.forumId, { approval }));
const ask = (person: Person = people.jonas, director?: string) =>
	run((tx) => approvals.ask(tx, person, caseId, director));
const approve = (person: Person = people.maja) =>
	run((tx) => approvals.approve(tx, person, caseId));
const back = (comment = 'Mere om økonomien.', notes: string[] = [], person: Person = people.maja) =>
	run((tx) => approvals.sendBack(tx, person, caseId, { comment, notes }));
const seen = async (person: Person = people.jonas) =>
	(await approvals.ofCase(db.sql, person, await read(person)))!;
const state = async () => (await read(people.maja)).state.is;
const work = async (person: Person) =>
	(await waitingFor(db.sql, person))
		.filter(({ href }) => href.includes(caseId))
		.map(({ kind }) => kind);

beforeEach(() => agree('shown'));

describe('approval', () => {
	test('is not asked for where the forum has not agreed on it, nor for what seeks no decision', async () => {
		await agree('none');
		expect(await approvals.ofCase(db.sql, people.jonas, await read(people.jonas))).toBeNull();
		expect(await code(ask())).toBe('case.approval_not_asked_for');
		await agree('shown');
		const sparring = await make({ kind: 'sparring' });
		expect(await code(run((tx) => approvals.ask(tx, people.jonas, sparring)))).toBe(
			'case.approval_not_asked_for'
		);
	});

	test('is asked of the director, waits on their page, and is given to the text as it stands', async () => {
		await ask();
		expect(await state()).toBe('in_review');
		expect(await work(people.maja)).toEqual(['approval']);
		expect(await work(people.jonas)).toEqual([]);
		expect((await seen()).last).toMatchObject({ step: 'asked', directorName: 'Maja Krog' });
		await approve();
		expect(await state()).toBe('ready');
		expect(await work(people.maja)).toEqual([]);
		const given = await seen();
		expect(given.last).toMatchObject({ step: 'approved', byName: 'Maja Krog' });
		expect(given.since!.changes.count).toBe(0);
	});

	test('belongs to what was approved: what changes later shows against it', async () => {
		await ask();
		await approve();
		await run((tx) => options.add(tx, people.jonas, caseId, { title: 'Fem områder' }));
		const later = await seen();
		expect(later.last!.step).toBe('approved');
		expect(later.since!.changes.options).toMatchObject([{ title: 'Fem områder', change: 'added' }]);
	});

	test('is sent back with a comment and the notes on passages that go with it', async () => {
		const before = await make({ recommendation: 'Vi indstiller otte områder.' });
		const on = async (person: Person, quote: string, shared: boolean) => {
			const from = 'Vi indstiller otte områder.'.indexOf(quote);
			const words = { section: 'recommendation', from, to: from + quote.length, quote };
			const anchor = await anchorOf(db.sql, person, before, words);
			return run((tx) =>
				annotations.add(tx, person, before, {
					kind: 'question',
					body: `Hvorfor »${quote}«?`,
					shared,
					on: { anchor }
				})
			);
		};
		const mine = await on(people.maja, 'otte', true);
		const quiet = await on(people.maja, 'områder', false);
		const left = await on(people.maja, 'indstiller', false);
		const others = await on(people.tove, 'otte', true);
		await run((tx) => approvals.ask(tx, people.jonas, before));
		const send = (notes: string[]) =>
			run((tx) => approvals.sendBack(tx, people.maja, before, { comment: '', notes }));
		expect(await code(send([]))).toBe('case.approval_nothing_said');
		expect(await code(send([mine, others]))).toBe('case.approval_note_gone');
		await send([mine, quiet]);
		const page = await read(people.jonas, before);
		expect(page.state.is).toBe('returned');
		const told = (await approvals.ofCase(db.sql, people.jonas, page))!;
		expect(told.last).toMatchObject({ step: 'sent_back', notes: [mine, quiet] });
		const shown = await annotations.list(db.sql, people.jonas, before);
		expect(shown.map(({ id }) => id).toSorted()).toEqual([mine, quiet, others].toSorted());
		expect(shown.map(({ id }) => id)).not.toContain(left);
	});

	test('comes back: the owner has it on their page, and what was changed since shows when asked again', async () => {
		await ask();
		await back();
		expect(await work(people.jonas)).toEqual(['sent_back']);
		await run((tx) => options.add(tx, people.jonas, caseId, { title: 'Fem områder' }));
		await ask();
		expect(await work(people.jonas)).toEqual([]);
		expect(await state()).toBe('in_review');
		const again = await seen(people.maja);
		expect(again.since).toMatchObject({ step: 'sent_back', changes: { count: 1 } });
		await approve();
		expect((await seen()).earlier).toMatchObject([{ step: 'sent_back' }]);
	});

	test('leaves a case on an agenda where it is', async () => {
		await run((tx) => cases.setState(tx, people.sigrid, caseId, 'on_agenda', { via: 'agenda' }));
		await ask();
		expect(await state()).toBe('on_agenda');
		await back();
		expect(await state()).toBe('on_agenda');
	});

	test('keeps the text it was given to, which never changes', async () => {
		await ask();
		await approve();
		const [row] = await db.sql<{ keepId: string }[]>`
			select keep_id "keepId" from approvals where case_id = ${caseId} and step = 'approved'`;
		expect((await documents.kept(db.sql, row!.keepId)).why).toBe('approved');
		await expect(db.sql`update approvals set comment = 'x'`).rejects.toThrow(/never changed/);
	});
});

describe('the responsible director', () => {
	let lars: Person;
	beforeEach(async () => {
		const [row] = await db.sql<{ id: string }[]>`
			insert into persons (name, email, password_hash, department_id)
			values ('Lars Friis', gen_random_uuid() || '@example.test', 'none', ${people.maja.departmentId}) returning id`;
		lars = { ...people.maja, id: row!.id, name: 'Lars Friis' };
		await run((tx) => forums.addMember(tx, people.maja, people.forumId, lars.id, 'director'));
	});

	test('is the one named for the department, and only they answer', async () => {
		const name = (person: Person, director: string | null) =>
			run((tx) =>
				responsible.name(tx, person, people.forumId, people.jonas.departmentId, director)
			);
		expect(await code(name(people.jonas, lars.id))).toBe('base.not_allowed');
		expect(await code(name(people.maja, people.tove.id))).toBe('forum.not_a_director');
		await name(people.sigrid, lars.id);
		await ask();
		expect((await seen()).last).toMatchObject({ directorName: 'Lars Friis' });
		expect(await code(approve(people.maja))).toBe('base.not_allowed');
		await approve(lars);
		await name(people.maja, null);
	});

	test('can be another for one case, but only a director', async () => {
		await ask(people.jonas, lars.id);
		expect(await work(lars)).toEqual(['approval']);
		await run((tx) => approvals.withdraw(tx, people.jonas, caseId));
		expect(await code(ask(people.jonas, people.tove.id))).toBe('case.approval_no_director');
	});

	test('is never one who may not read the case', async () => {
		const shut = await make({ confidential: true });
		const asked = run((tx) => approvals.ask(tx, people.jonas, shut, lars.id));
		expect(await code(asked)).toBe('case.approval_no_director');
	});
});

describe('two at the same moment', () => {
	const first = (answers: string[]) => answers.filter((one) => one === 'done').length;

	test.each([
		['the director approves twice', () => [approve(), approve()], 'case.approval_is_given'],
		['two ask', () => [ask(people.jonas), ask(people.sigrid)], 'case.approval_is_asked'],
		[
			'two take it back',
			() =>
				[people.jonas, people.sigrid].map((one) =>
					run((tx) => approvals.withdraw(tx, one, caseId))
				),
			'case.approval_is_withdrawn'
		]
	])('%s: once is enough', async (name, both, told) => {
		if (name !== 'two ask') await ask();
		const answers = await atOnce(both());
		expect(first(answers)).toBe(1);
		expect(answers).toContain(told);
		const steps: Record<string, string> = { 'two ask': 'asked', 'two take it back': 'withdrawn' };
		expect((await seen()).last!.step).toBe(steps[name] ?? 'approved');
	});

	test.each([
		['approving and sending back', () => [approve(), back()]],
		[
			'approving and withdrawing',
			() => [approve(), run((tx) => approvals.withdraw(tx, people.jonas, caseId))]
		],
		[
			'sending back and withdrawing',
			() => [back(), run((tx) => approvals.withdraw(tx, people.jonas, caseId))]
		]
	])('%s: one wins, the other is told', async (_name, both) => {
		await ask();
		const answers = await atOnce(both());
		expect(first(answers)).toBe(1);
		const { step } = (await seen()).last!;
		const told = {
			approved: 'case.approval_is_given',
			sent_back: 'case.approval_is_sent_back',
			withdrawn: 'case.approval_is_withdrawn'
		} as Record<string, string>;
		expect(answers).toContain(told[step]);
	});

	test('whoever is told changes nothing', async () => {
		await ask();
		await approve();
		const before = await everything();
		expect(await code(back())).toBe('case.approval_is_given');
		expect(await code(run((tx) => approvals.withdraw(tx, people.jonas, caseId)))).toBe(
			'case.approval_is_given'
		);
		expect(await everything()).toEqual(before);
	});
});
