import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { today } from '#lib/base/clock.ts';
import { workdaysFrom } from '#lib/base/workdays.ts';
import * as approvals from '#lib/case/approvals.server.ts';
import * as cases from '#lib/case/cases.server.ts';
import { setKind } from '#lib/case/kind.server.ts';
import * as options from '#lib/case/options.server.ts';
import { since } from '#lib/case/since.server.ts';
import type { WrittenRule } from '#lib/forum/charter.ts';
import * as forums from '#lib/forum/forums.server.ts';
import * as agenda from '#lib/meeting/agenda.server.ts';
import { lastOf } from '#lib/meeting/circulate.server.ts';
import * as meetings from '#lib/meeting/meetings.server.ts';
import { counted, isRipe, type Answer } from '#lib/meeting/written.ts';
import * as written from '#lib/meeting/written.server.ts';
import { decide, material, type Decide } from '#lib/thread/decide.server.ts';
import * as inWriting from '#lib/thread/in-writing.server.ts';
import { waitingFor } from '#lib/thread/work.server.ts';
import { cast, type Cast, type Name } from '../support/cast.ts';
import { freshDatabase, type TestDatabase } from '../support/database.ts';
import { atOnce } from '../support/together.ts';

test('it can be settled when all have answered or the last day has passed, and not before', () => {
	const day = fc.constantFrom('2026-12-01', '2026-12-02', '2026-12-03');
	fc.assert(
		fc.property(day, day, fc.nat(5), fc.nat(5), (due, now, answered, more) => {
			const entitled = answered + more;
			const all = entitled > 0 && more === 0;
			expect(isRipe({ due, answered, entitled }, now)).toBe(all || now > due);
		})
	);
});

test('answers are counted, those nobody gave too', () => {
	expect(counted([{ answer: 'agree' }, { answer: 'agree' }, { answer: 'meeting' }])).toEqual([
		{ choice: 'agree', count: 2 },
		{ choice: 'against', count: 0 },
		{ choice: 'meeting', count: 1 }
	]);
});

describe('written procedure', () => {
	let db: TestDatabase;
	let people: Cast;
	let act: Cast['act'];
	let caseId: string;
	const due = workdaysFrom(today(), 5);

	beforeAll(async () => {
		db = await freshDatabase();
		people = await cast(db.sql);
		act = people.act;
	});
	afterAll(() => db.drop());
	beforeEach(async () => {
		await agree('one_stops');
		caseId = await act((tx) =>
			cases.create(tx, people.jonas, {
				forumId: people.forumId,
				title: 'Otte områder',
				question: 'Hvilke områder?'
			})
		);
		await act((tx) => cases.setState(tx, people.jonas, caseId, 'ready'));
	});

	const agree = (writtenProcedure: WrittenRule) =>
		act((tx) => forums.setCharter(tx, people.maja, people.forumId, { writtenProcedure }));
	const ask = (name: Name = 'maja', by = due) =>
		act((tx) => written.ask(tx, people[name], caseId, by));
	const answer = (name: Name, chosen: Answer, words = '') =>
		act((tx) => written.answer(tx, people[name], caseId, { answer: chosen, words }));
	const seen = async (name: Name) => (await written.ofCase(db.sql, people[name], caseId))!;
	const settle = async (method: Decide['method'] = 'written') => {
		const [option] = await options.list(db.sql, caseId);
		return await act((tx) =>
			decide(tx, people.maja, {
				caseId,
				optionId: option!.id,
				wording: 'Vi fortsætter.',
				rationale: { facts: '', values: '', sideConditions: '', constraints: '' },
				dissent: '',
				decider: 'director',
				method,
				roles: {},
				goals: [],
				actions: [],
				none: 'Intet at følge op på'
			})
		);
	};
	const refused = (code: string) => ({ code });

	test('is the chair’s to ask for, where the charter allows it, of a case that is ready, by a day to come', async () => {
		await agree('none');
		await expect(ask()).rejects.toMatchObject(refused('meeting.written_not_agreed'));
		await agree('allowed');
		for (const name of ['jonas', 'tove', 'else_', 'sigrid'] as const)
			await expect(ask(name), name).rejects.toMatchObject(refused('base.not_allowed'));
		for (const name of ['ove', 'nina'] as const)
			await expect(ask(name), name).rejects.toMatchObject(refused('base.not_found'));
		await expect(ask('maja', today())).rejects.toMatchObject(refused('meeting.written_due'));
		await act((tx) => cases.setState(tx, people.jonas, caseId, 'draft'));
		await expect(ask()).rejects.toMatchObject(refused('meeting.written_not_ready'));
		await act((tx) => cases.setState(tx, people.jonas, caseId, 'ready'));
		const answers = await atOnce([ask(), ask()]);
		expect(answers.toSorted()).toEqual(['done', 'meeting.written_is_open']);
	});

	test('is answered by directors and chiefs, whose answers only the chair sees while it runs', async () => {
		await ask();
		for (const name of ['else_', 'sigrid'] as const)
			await expect(answer(name, 'agree'), name).rejects.toMatchObject(refused('base.not_allowed'));
		const waits = async () =>
			(await waitingFor(db.sql, people.tove)).some(
				({ kind, id }) => kind === 'written' && id === caseId
			);
		expect(await waits()).toBe(true);
		await answer('tove', 'against', 'For dyrt');
		await answer('tove', 'agree', 'Enig alligevel');
		expect(await waits()).toBe(false);
		expect(await seen('jonas')).toMatchObject({
			answered: 1,
			entitled: 3,
			own: null,
			answers: null
		});
		expect((await seen('maja')).answers).toEqual([
			{ name: 'Tove Holm', answer: 'agree', words: 'Enig alligevel' }
		]);
		const kept = await db.sql`
			select from written_answers a join written_procedures w on w.id = a.procedure_id where w.case_id = ${caseId}`;
		expect(kept).toHaveLength(2);
	});

	test('is settled by the chair when all have answered, and recorded as made that way', async () => {
		await ask();
		expect(await material(db.sql, people.maja, caseId)).toBeNull();
		await answer('tove', 'agree');
		await answer('jonas', 'against');
		await expect(settle()).rejects.toMatchObject(refused('meeting.written_not_ripe'));
		await expect(settle('chair')).rejects.toMatchObject(refused('case.state_cannot_follow'));
		await answer('maja', 'agree');
		expect(await material(db.sql, people.maja, caseId)).toMatchObject({ inWriting: true });
		const id = await settle();
		const [made] = await db.sql<{ method: string; item: string | null; votes: unknown }[]>`
			select method, item_id item, record->'votes' votes from decisions where id = ${id}`;
		expect(made).toMatchObject({ method: 'written', item: null });
		expect(made!.votes).toMatchObject([
			{
				question: due,
				among: 'written',
				counts: [{ count: 2 }, { count: 1 }, { count: 0 }]
			}
		]);
		expect((await seen('tove')).answers).toHaveLength(3);
		expect((await seen('tove')).ended).toBe('decided');
		await expect(answer('tove', 'against')).rejects.toMatchObject(refused('case.settled'));
	});

	test('ends when one wants the case on a meeting, where the charter says so', async () => {
		await ask();
		await answer('tove', 'meeting', 'Vi må tale om skolerne');
		expect(await seen('jonas')).toMatchObject({
			ended: 'stopped',
			answers: [{ name: 'Tove Holm', answer: 'meeting', words: 'Vi må tale om skolerne' }]
		});
		await expect(answer('jonas', 'agree')).rejects.toMatchObject(refused('meeting.written_over'));
		await expect(settle()).rejects.toMatchObject(refused('meeting.written_over'));
		await act(async (tx) => {
			const meeting = await meetings.create(tx, people.sigrid, {
				forumId: people.forumId,
				title: 'Møde',
				startsAt: new Date(Date.now() + 30 * 86_400_000),
				place: ''
			});
			await agenda.add(tx, people.sigrid, meeting, { caseId, minutes: 10 });
		});
	});

	test('goes on where the charter lets it, and keeps the case off agendas meanwhile', async () => {
		await agree('allowed');
		await ask();
		await answer('tove', 'meeting');
		expect(await seen('jonas')).toMatchObject({ ended: null });
		const meeting = await act((tx) =>
			meetings.create(tx, people.sigrid, {
				forumId: people.forumId,
				title: 'Møde',
				startsAt: new Date(Date.now() + 30 * 86_400_000),
				place: ''
			})
		);
		const put = () => act((tx) => agenda.add(tx, people.sigrid, meeting, { caseId, minutes: 10 }));
		await expect(put()).rejects.toMatchObject(refused('meeting.written_is_open'));
		await act((tx) => written.withdraw(tx, people.maja, caseId));
		await put();
	});

	test('is about what was sent: while it runs the case is not moved, sent back or made another kind', async () => {
		const { jonas, maja, sigrid } = people;
		await act((tx) => forums.setCharter(tx, maja, people.forumId, { approval: 'shown' }));
		await act((tx) => approvals.ask(tx, jonas, caseId, maja.id));
		await ask();
		const tries = {
			draft: () => act((tx) => inWriting.setState(tx, jonas, caseId, 'draft')),
			returned: () => act((tx) => inWriting.setState(tx, maja, caseId, 'returned', 'Mere')),
			closed: () => act((tx) => inWriting.setState(tx, sigrid, caseId, 'closed', 'Bortfaldet')),
			sent_back: () =>
				act((tx) => inWriting.sendBack(tx, maja, caseId, { comment: 'Mere', notes: [] })),
			sparring: () => act((tx) => inWriting.setKind(tx, jonas, caseId, 'sparring'))
		};
		const before = await cases.page(db.sql, jonas, caseId);
		for (const [name, attempt] of Object.entries(tries))
			await expect(attempt(), name).rejects.toMatchObject(refused('meeting.written_stands'));
		expect(await cases.page(db.sql, jonas, caseId)).toEqual(before);
		for (const name of ['ove', 'nina'] as const)
			await expect(
				act((tx) => inWriting.setState(tx, people[name], caseId, 'draft'))
			).rejects.toMatchObject(refused('base.not_found'));
		await act((tx) => written.withdraw(tx, maja, caseId));
		await tries.sparring();
		await tries.sent_back();
		await act((tx) => forums.setCharter(tx, maja, people.forumId, { approval: 'none' }));
	});

	test('is not held on what seeks no decision', async () => {
		await act((tx) => setKind(tx, people.jonas, caseId, 'orientation'));
		await expect(ask()).rejects.toMatchObject(refused('meeting.written_seeks_none'));
	});

	test('shows what has changed since it was sent', async () => {
		await ask();
		await act((tx) => options.add(tx, people.jonas, caseId, { title: 'Fem områder' }));
		const found = await cases.page(db.sql, people.tove, caseId);
		if (!found.readable) throw new Error('a stub');
		const sent = (await lastOf(db.sql, caseId))!;
		expect(sent.byName).toBe('Maja Krog');
		expect((await since(db.sql, found, sent)).options).toMatchObject([
			{ title: 'Fem områder', change: 'added' }
		]);
	});

	test.each([
		['taking it back and a last answer that stops it', 'meeting'],
		['taking it back twice', null]
	] as const)('%s at the same moment: one wins, the other is told', async (_name, other) => {
		await ask();
		const back = () => act((tx) => written.withdraw(tx, people.maja, caseId));
		const answers = await atOnce([back(), other ? answer('tove', other) : back()]);
		expect(answers.toSorted()).toEqual(['done', 'meeting.written_over']);
		const rows = await db.sql`
			select ended from written_procedures where case_id = ${caseId} and ended is not null`;
		expect(rows).toHaveLength(1);
	});

	test('asking and taking the case back to draft at the same moment: one wins, the other is told', async () => {
		const answers = await atOnce([
			ask(),
			act((tx) => inWriting.setState(tx, people.jonas, caseId, 'draft'))
		]);
		expect(answers).toEqual(
			(await seen('jonas'))
				? ['done', 'meeting.written_stands']
				: ['meeting.written_not_ready', 'done']
		);
	});

	test('stopping and settling at the same moment: one wins, the other is told', async () => {
		await ask();
		for (const name of ['tove', 'jonas', 'maja'] as const) await answer(name, 'agree');
		const answers = await atOnce([settle(), answer('jonas', 'meeting')]);
		const { ended } = await seen('tove');
		expect(answers).toEqual(
			ended === 'decided' ? ['done', 'case.settled'] : ['meeting.written_over', 'done']
		);
	});
});
