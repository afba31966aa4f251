import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import * as cases from '#lib/case/cases.server.ts';
import * as objects from '#lib/forum/objects.server.ts';
import * as agenda from '#lib/meeting/agenda.server.ts';
import { circulate, lastOf } from '#lib/meeting/circulate.server.ts';
import * as meetings from '#lib/meeting/meetings.server.ts';
import { cast, type Cast, type Name } from '../support/cast.ts';
import { freshDatabase, type TestDatabase } from '../support/database.ts';

let db: TestDatabase;
let people: Cast;
let act: Cast['act'];
let meetingId: string;

beforeAll(async () => {
	db = await freshDatabase();
	people = await cast(db.sql);
	act = people.act;
});
afterAll(() => db.drop());
beforeEach(async () => {
	meetingId = await plan(30);
});

const plan = (days: number) =>
	act((tx) =>
		meetings.create(tx, people.sigrid, {
			forumId: people.forumId,
			title: 'Ordinært møde',
			startsAt: new Date(Date.now() + days * 86_400_000),
			place: ''
		})
	);
const newCase = (title: string, confidential = false) =>
	act((tx) =>
		cases.create(tx, people.jonas, {
			forumId: people.forumId,
			title,
			question: 'Hvilke områder?',
			confidential
		})
	);
const put = (caseId: string, meeting = meetingId) =>
	act((tx) => agenda.add(tx, people.maja, meeting, { caseId, minutes: 20 }));
const send = (name: Name) => act((tx) => circulate(tx, people[name], meetingId));
const phase = async (id: string) =>
	(await db.sql<{ phase: string }[]>`select phase from objects where id = ${id}`)[0]!.phase;
const move = (id: string, to: 'closed' | 'returned' | 'ready') =>
	act((tx) => cases.setState(tx, people.sigrid, id, to, { reason: 'Fordi' }));

describe('an agenda that is sent out', () => {
	test('leaves out what whoever sends it may not read, for the chair to send', async () => {
		const [open, shut, apart] = [
			await newCase('Otte områder'),
			await newCase('En fratrædelse', true),
			await newCase('Udviklingspuljen')
		];
		for (const id of [open, shut, apart]) await put(id);
		await act((tx) =>
			objects.exclude(tx, people.maja, apart, people.sigrid.id, 'Gift med ansøgeren')
		);
		expect(await send('sigrid')).toBe(1);
		expect(await lastOf(db.sql, open)).not.toBeNull();
		for (const id of [shut, apart]) expect(await lastOf(db.sql, id)).toBeNull();
		await expect(send('sigrid')).rejects.toMatchObject({ code: 'meeting.nothing_to_circulate' });
		expect(await send('maja')).toBe(2);
		for (const id of [shut, apart]) expect(await lastOf(db.sql, id)).not.toBeNull();
	});

	test('leaves out what is settled already', async () => {
		const [over, open] = [await newCase('Bortfaldet'), await newCase('Otte områder')];
		for (const id of [over, open]) await put(id);
		await move(over, 'closed');
		expect(await send('sigrid')).toBe(1);
		expect(await lastOf(db.sql, over)).toBeNull();
	});
});

describe('a case', () => {
	test('that stands on two agendas stays on the one it is not taken off', async () => {
		const id = await newCase('Otte områder');
		const later = await plan(60);
		const item = await put(id);
		await put(id, later);
		await act((tx) => agenda.remove(tx, people.sigrid, meetingId, item));
		expect(await phase(id)).toBe('on_agenda');
		const [other] = await agenda.items(db.sql, people.tove, later);
		await act((tx) => agenda.remove(tx, people.sigrid, later, other!.id));
		expect(await phase(id)).toBe('ready');
	});

	test('that one meeting did not reach stands first among what the next can take', async () => {
		const [ready, left] = [await newCase('Klar'), await newCase('Ikke nået')];
		await act((tx) => cases.setState(tx, people.jonas, ready, 'ready'));
		await put(left);
		await act((tx) => meetings.open(tx, people.sigrid, meetingId));
		const next = await plan(60);
		const offered = async () =>
			(await agenda.candidates(db.sql, people.sigrid, next)).filter(({ id }) =>
				[ready, left].includes(id)
			);
		expect(await offered()).toMatchObject([
			{ id: ready, carried: false },
			{ id: left, carried: false }
		]);
		await act((tx) => meetings.close(tx, people.sigrid, meetingId));
		expect(await offered()).toMatchObject([
			{ id: left, carried: true },
			{ id: ready, carried: false }
		]);
		await put(left, next);
		expect((await offered()).map(({ id }) => id)).toEqual([ready]);
	});

	test('that was on a meeting now over is ready again when it is taken off the next', async () => {
		const id = await newCase('Otte områder');
		await put(id);
		await act((tx) => meetings.open(tx, people.sigrid, meetingId));
		await act((tx) => meetings.close(tx, people.sigrid, meetingId));
		const item = await put(id, await plan(60));
		const [on] = await meetings.ofCase(db.sql, id);
		await act((tx) => agenda.remove(tx, people.sigrid, on!.id, item));
		expect(await phase(id)).toBe('ready');
	});

	test('that was sent back and is ready again takes its place on the same agenda', async () => {
		const [first, id] = [await newCase('Udviklingspuljen'), await newCase('Otte områder')];
		await put(id);
		await put(first);
		await send('sigrid');
		await move(id, 'returned');
		await move(id, 'ready');
		const offered = await agenda.candidates(db.sql, people.sigrid, meetingId);
		expect(offered.map((one) => one.id)).toContain(id);
		expect(offered.map((one) => one.id)).not.toContain(first);
		const before = await agenda.items(db.sql, people.tove, meetingId);
		await put(id);
		expect(await phase(id)).toBe('on_agenda');
		const after = await agenda.items(db.sql, people.tove, meetingId);
		expect(after.map((one) => one.id)).toEqual(before.map((one) => one.id));
		expect(after[0]).toMatchObject({ caseId: id, late: false });
		await expect(put(id)).rejects.toMatchObject({ code: 'meeting.case_is_on_agenda' });
	});
});
