import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { today } from '#lib/base/clock.ts';
import { workdaysFrom } from '#lib/base/workdays.ts';
import * as approvals from '#lib/case/approvals.server.ts';
import * as cases from '#lib/case/cases.server.ts';
import * as requests from '#lib/case/requests.server.ts';
import * as actions from '#lib/decision/actions.server.ts';
import * as forums from '#lib/forum/forums.server.ts';
import * as objects from '#lib/forum/objects.server.ts';
import * as agenda from '#lib/meeting/agenda.server.ts';
import * as meetings from '#lib/meeting/meetings.server.ts';
import * as written from '#lib/meeting/written.server.ts';
import { byDate, type WorkItem } from '#lib/thread/work.ts';
import { waitingFor } from '#lib/thread/work.server.ts';
import { freshDatabase, type TestDatabase } from '../support/database.ts';
import { decided, story, type Story } from './story.ts';

test('work is grouped by date, each item once, late ones first', () => {
	const due = fc.option(
		fc
			.integer({ min: 0, max: 80 })
			.map((n) => new Date(Date.UTC(2026, 0, 1 + n)).toISOString().slice(0, 10))
	);
	const item = fc
		.record({ due, id: fc.uuid(), title: fc.string() })
		.map((one): WorkItem => ({ ...one, kind: 'action', where: null, href: '/' }));
	fc.assert(
		fc.property(fc.array(item), (items) => {
			const groups = byDate(items, '2026-02-01');
			expect(groups.flatMap((group) => group.items).length).toBe(items.length);
			for (const { when, items: some } of groups) {
				expect(some.length).toBeGreaterThan(0);
				for (const { due } of some) {
					if (when === 'overdue') expect(due! < '2026-02-01').toBe(true);
					if (when === 'week') expect(due! >= '2026-02-01' && due! <= '2026-02-08').toBe(true);
					if (when === 'later') expect(due! > '2026-02-08').toBe(true);
					if (when === 'undated') expect(due).toBeNull();
				}
			}
		})
	);
});

describe('what waits for a person', () => {
	let db: TestDatabase;
	let told: Story;
	let decisionId: string;
	beforeAll(async () => {
		db = await freshDatabase();
		told = await story(db.sql);
		decisionId = await decided(told);
	});
	afterAll(() => db.drop());
	const kinds = async (person: Story['maja']) =>
		(await waitingFor(db.sql, person)).map(({ kind, title }) => `${kind}: ${title}`).toSorted();

	const made = (title: string) =>
		told.act((tx) =>
			cases.create(tx, told.jonas, { forumId: told.forumId, title, question: 'Hvad nu?' })
		);
	const planned = (days: number) =>
		told.act((tx) =>
			meetings.create(tx, told.sigrid, {
				forumId: told.forumId,
				title: 'Ordinært møde',
				startsAt: new Date(Date.now() + days * 86_400_000),
				place: ''
			})
		);

	test('is theirs alone, until it is done', async () => {
		const before = await kinds(told.jonas);
		await told.act((tx) =>
			actions.add(tx, told.maja, decisionId, {
				title: 'Skriv til skolerne',
				ownerId: told.tove.id,
				due: '2030-05-01'
			})
		);
		expect(await kinds(told.tove)).toContain('action: Skriv til skolerne');
		expect(await kinds(told.jonas)).toEqual(before);
		const [action] = await actions.list(db.sql, decisionId);
		await told.act((tx) => actions.done(tx, told.tove, decisionId, action!.id));
		expect(await kinds(told.tove)).not.toContain('action: Skriv til skolerne');
	});

	test('is not told of in a case that is closed to them', async () => {
		const caseId = await told.act((tx) =>
			cases.create(tx, told.jonas, {
				forumId: told.forumId,
				title: 'En anden sag',
				question: 'Hvad nu?'
			})
		);
		await told.act((tx) =>
			requests.ask(tx, told.jonas, caseId, {
				question: 'Hvor mange?',
				askedId: told.tove.id,
				due: '2030-01-15'
			})
		);
		const [item] = (await waitingFor(db.sql, told.tove)).filter(({ kind }) => kind === 'request');
		expect(item).toMatchObject({ where: 'En anden sag', due: '2030-01-15' });
		expect(item!.href).toBe(`/cases/${caseId}#request-${item!.id}`);
		await told.act((tx) => objects.exclude(tx, told.sigrid, caseId, told.tove.id, 'egen sag'));
		expect(await kinds(told.tove)).not.toContain('request: Hvor mange?');
	});

	test('is a case that was sent back from wherever it was, until its owner has taken it on', async () => {
		const caseId = await made('Sendt tilbage fra mødet');
		const meeting = await planned(9);
		await told.act((tx) => agenda.add(tx, told.sigrid, meeting, { caseId, minutes: 10 }));
		await told.act((tx) =>
			cases.setState(tx, told.sigrid, caseId, 'returned', { reason: 'Mangler tal' })
		);
		expect(await kinds(told.jonas)).toContain('sent_back: Sendt tilbage fra mødet');
		expect(await kinds(told.tove)).not.toContain('sent_back: Sendt tilbage fra mødet');
		await told.act((tx) => cases.setState(tx, told.jonas, caseId, 'ready'));
		expect(await kinds(told.jonas)).not.toContain('sent_back: Sendt tilbage fra mødet');
	});

	test('is approval of a case, by the day of the meeting it is on', async () => {
		await told.act((tx) => forums.setCharter(tx, told.maja, told.forumId, { approval: 'shown' }));
		const caseId = await made('Skal godkendes');
		await told.act((tx) => approvals.ask(tx, told.jonas, caseId, told.maja.id));
		const due = async () =>
			(await waitingFor(db.sql, told.maja)).find(
				({ kind, id }) => kind === 'approval' && id === caseId
			)?.due;
		expect(await due()).toBeNull();
		const startsAt = new Date(Date.now() + 9 * 86_400_000);
		const meeting = await planned(9);
		await told.act((tx) => agenda.add(tx, told.sigrid, meeting, { caseId, minutes: 10 }));
		expect(await due()).toBe(today(startsAt));
	});

	test('is settling what all have answered in writing, for the chair alone', async () => {
		await told.act((tx) =>
			forums.setCharter(tx, told.maja, told.forumId, { writtenProcedure: 'allowed' })
		);
		const caseId = await made('Besvaret skriftligt');
		await told.act((tx) => cases.setState(tx, told.jonas, caseId, 'ready'));
		await told.act((tx) => written.ask(tx, told.maja, caseId, workdaysFrom(today(), 5)));
		const settles = async (person: Story['maja']) =>
			(await kinds(person)).includes('settle: Besvaret skriftligt');
		for (const person of [told.tove, told.jonas, told.maja]) {
			expect(await settles(told.maja)).toBe(false);
			await told.act((tx) => written.answer(tx, person, caseId, { answer: 'agree', words: '' }));
		}
		expect(await settles(told.maja)).toBe(true);
		for (const person of [told.tove, told.jonas, told.sigrid, told.nina])
			expect(await settles(person)).toBe(false);
		await told.act((tx) => written.withdraw(tx, told.maja, caseId));
		expect(await settles(told.maja)).toBe(false);
	});

	test('someone outside every forum has nothing to wait for', async () => {
		expect(await waitingFor(db.sql, told.nina)).toEqual([]);
	});
});
