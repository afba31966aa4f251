import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import * as cases from '#lib/case/cases.server.ts';
import * as objects from '#lib/forum/objects.server.ts';
import * as agenda from '#lib/meeting/agenda.server.ts';
import { circulate } from '#lib/meeting/circulate.server.ts';
import * as meetings from '#lib/meeting/meetings.server.ts';
import { FLOOR, prepared } from '#lib/meeting/reading.ts';
import * as reading from '#lib/meeting/reading.server.ts';
import { waitingFor } from '#lib/thread/work.server.ts';
import { cast, type Cast, type Name } from '../support/cast.ts';
import { freshDatabase, type TestDatabase } from '../support/database.ts';

test('what the chair is told fits several states of who has opened it, so that it tells of nobody', () => {
	fc.assert(
		fc.property(fc.integer({ min: 0, max: 20 }), fc.nat(20), (of, n) => {
			const opened = Math.min(n, of);
			const told = JSON.stringify(prepared(opened, of));
			const same = Array.from({ length: of + 1 }, (_, i) => i).filter(
				(other) => JSON.stringify(prepared(other, of)) === told
			);
			expect(same).toContain(opened);
			if (of <= FLOOR) expect(told).toBe('null');
			// A count that stands alone has at least three on either side of it.
			else if (same.length === 1)
				expect(Math.min(opened, of - opened)).toBeGreaterThanOrEqual(FLOOR);
		})
	);
});

describe('what is left to read', () => {
	let db: TestDatabase;
	let people: Cast;
	let act: Cast['act'];
	let caseId: string;
	let meetingId: string;

	beforeAll(async () => {
		db = await freshDatabase();
		people = await cast(db.sql);
		act = people.act;
	});
	afterAll(() => db.drop());
	beforeEach(async () => {
		caseId = await newCase();
		meetingId = await act((tx) =>
			meetings.create(tx, people.sigrid, {
				forumId: people.forumId,
				title: 'Ordinært møde',
				startsAt: new Date(Date.now() + 9e8),
				place: ''
			})
		);
		await put(caseId);
	});
	const newCase = (confidential = false) =>
		act((tx) =>
			cases.create(tx, people.jonas, {
				forumId: people.forumId,
				title: 'Otte områder',
				question: 'Hvilke?',
				confidential
			})
		);
	const put = (id: string, name: Name = 'sigrid') =>
		act((tx) => agenda.add(tx, people[name], meetingId, { caseId: id, minutes: 20 }));
	const send = () => act((tx) => circulate(tx, people.sigrid, meetingId));
	const open = (name: Name, id = caseId) => act((tx) => reading.opened(tx, people[name], id));
	const own = async (name: Name) =>
		(await agenda.items(db.sql, people[name], meetingId)).map((item) => item.opened);
	const waits = async (name: Name) =>
		(await waitingFor(db.sql, people[name])).some(
			({ kind, id }) => kind === 'reading' && id === caseId
		);
	const told = async (name: Name) =>
		Object.values(await reading.preparedness(db.sql, people[name], meetingId));

	test('is each one’s own: opened after it was sent, not before', async () => {
		await open('tove');
		expect(await reading.isUnopened(db.sql, people.tove, caseId)).toBe(false);
		await send();
		expect(await own('tove')).toEqual([false]);
		expect(await waits('tove')).toBe(true);
		expect(await waits('jonas'), 'who wrote it').toBe(false);
		await open('tove');
		await open('tove');
		expect(await own('tove')).toEqual([true]);
		expect(await own('else_')).toEqual([false]);
		expect(await waits('tove')).toBe(false);
		await expect(open('nina')).rejects.toMatchObject({ status: 404 });
	});

	test('is no act that anyone can see in the log', async () => {
		await send();
		const events = () => db.sql`select count(*)::int n from events`;
		const before = await events();
		await open('tove');
		expect(await events()).toEqual(before);
	});

	test('the chair is told in numbers with a floor, nobody else is', async () => {
		await send();
		expect(await told('maja')).toEqual([{ few: 3 }]);
		await open('tove');
		await open('maja');
		await open('ove');
		expect(await told('maja'), 'one of the four others has').toEqual([{ few: 3 }]);
		await open('else_');
		await open('jonas');
		expect(await told('maja')).toEqual([{ most: 4 }]);
		for (const name of ['jonas', 'sigrid', 'else_', 'ove'] as const)
			expect(await told(name), name).toEqual([]);
		await expect(told('nina')).rejects.toMatchObject({ status: 404 });
	});

	test('of a case that few may read the chair is told nothing', async () => {
		const shut = await newCase(true);
		await act((tx) => objects.addAuthor(tx, people.jonas, shut, people.sigrid.id));
		await put(shut);
		await send();
		await open('jonas', shut);
		expect((await told('maja')).filter((one) => one === null)).toHaveLength(1);
	});
});
