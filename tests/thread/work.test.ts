import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as cases from '#lib/case/cases.server.ts';
import * as requests from '#lib/case/requests.server.ts';
import * as actions from '#lib/decision/actions.server.ts';
import * as objects from '#lib/forum/objects.server.ts';
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

	test('someone outside every forum has nothing to wait for', async () => {
		expect(await waitingFor(db.sql, told.nina)).toEqual([]);
	});
});
