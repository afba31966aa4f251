import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { today } from '#lib/base/clock.ts';
import { workdaysFrom } from '#lib/base/workdays.ts';
import * as approvals from '#lib/case/approvals.server.ts';
import * as cases from '#lib/case/cases.server.ts';
import * as urgency from '#lib/case/urgency.server.ts';
import type { Charter } from '#lib/forum/charter.ts';
import * as forums from '#lib/forum/forums.server.ts';
import * as agenda from '#lib/meeting/agenda.server.ts';
import { circulate } from '#lib/meeting/circulate.server.ts';
import { handInOf } from '#lib/meeting/handin.server.ts';
import * as meetings from '#lib/meeting/meetings.server.ts';
import * as written from '#lib/meeting/written.server.ts';
import { cast, type Cast, type Name } from '../support/cast.ts';
import { freshDatabase, type TestDatabase } from '../support/database.ts';
import { atOnce } from '../support/together.ts';

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

const DAY = 86_400_000;
const agree = (charter: Partial<Charter>) =>
	act((tx) => forums.setCharter(tx, people.maja, people.forumId, charter));
const plan = (days: number) =>
	act((tx) =>
		meetings.create(tx, people.sigrid, {
			forumId: people.forumId,
			title: 'Ordinært møde',
			startsAt: new Date(Date.now() + days * DAY),
			place: ''
		})
	);
const put = (id = caseId, meeting = meetingId, name: Name = 'sigrid') =>
	act((tx) => agenda.add(tx, people[name], meeting, { caseId: id, minutes: 20 }));
const items = (name: Name = 'tove', meeting = meetingId) =>
	agenda.items(db.sql, people[name], meeting);
const phase = async (id = caseId) =>
	(await db.sql<{ phase: string }[]>`select phase from objects where id = ${id}`)[0]!.phase;

beforeEach(async () => {
	await agree({
		approval: 'none',
		handInWorkdays: null,
		afterDeadline: 'shown',
		writtenProcedure: 'none'
	});
	caseId = await newCase('Otte områder');
	meetingId = await plan(60);
});
const newCase = (title: string) =>
	act((tx) =>
		cases.create(tx, people.jonas, { forumId: people.forumId, title, question: 'Hvilke områder?' })
	);

describe('an agenda where the charter asks for approval', () => {
	test('takes a case without it, and shows so', async () => {
		await agree({ approval: 'shown' });
		await put();
		expect(await items()).toMatchObject([{ approval: null, kind: 'decision' }]);
	});
	test('takes it only with it, where the charter says so', async () => {
		await agree({ approval: 'required' });
		await expect(put()).rejects.toMatchObject({ code: 'meeting.case_not_approved', status: 409 });
		expect(await phase()).toBe('draft');
		await act((tx) => approvals.ask(tx, people.jonas, caseId));
		await expect(put()).rejects.toMatchObject({ code: 'meeting.case_not_approved' });
		await act((tx) => approvals.approve(tx, people.maja, caseId));
		await put();
		expect(await items()).toMatchObject([{ approval: 'approved' }]);
		expect(await phase()).toBe('on_agenda');
	});
});

describe('an agenda after the day of handing in', () => {
	beforeEach(async () => {
		await agree({ handInWorkdays: 5 });
		meetingId = await plan(2);
	});
	test('takes a case and marks it so', async () => {
		await put();
		expect(await items()).toMatchObject([{ afterDeadline: true, late: false, urgent: null }]);
		const early = await plan(60);
		await put(await newCase('Udviklingspuljen'), early);
		expect(await items('tove', early)).toMatchObject([{ afterDeadline: false }]);
	});
	test('takes only what is urgent, where the charter says so, with its reason', async () => {
		await agree({ afterDeadline: 'urgent' });
		await expect(put()).rejects.toMatchObject({ code: 'meeting.case_after_deadline' });
		await act((tx) => urgency.mark(tx, people.jonas, caseId, 'Tilskuddet bortfalder fredag'));
		await put();
		expect(await items()).toMatchObject([{ urgent: 'Tilskuddet bortfalder fredag' }]);
	});
	test('is told on the case: by when, for which meeting', async () => {
		const charter = await forums.membership(db.sql, people.jonas, people.forumId);
		const about = { forumId: people.forumId, charter };
		await put();
		const on = await handInOf(db.sql, people.jonas, caseId, about);
		expect(on).toMatchObject({ past: true, on: true, meeting: { id: meetingId } });
		const none = { ...about, charter: { handInWorkdays: null } };
		expect(await handInOf(db.sql, people.jonas, caseId, none)).toBeNull();
		await act((tx) => circulate(tx, people.sigrid, meetingId));
		expect(await handInOf(db.sql, people.jonas, caseId, about)).toBeNull();
	});
	test('is not told while the meeting it stands on is held, though another is planned', async () => {
		const charter = await forums.membership(db.sql, people.jonas, people.forumId);
		const about = { forumId: people.forumId, charter };
		await put();
		const later = await plan(60);
		await put(caseId, later);
		const told = () => handInOf(db.sql, people.jonas, caseId, about);
		expect(await told(), 'the nearest of two').toMatchObject({ meeting: { id: meetingId } });
		await act((tx) => meetings.open(tx, people.sigrid, meetingId));
		expect(await told()).toBeNull();
	});
	test('is not told of a case that is answered in writing, which no agenda offers to take', async () => {
		await agree({ writtenProcedure: 'allowed' });
		await act((tx) => cases.setState(tx, people.jonas, caseId, 'ready'));
		const charter = await forums.membership(db.sql, people.jonas, people.forumId);
		const told = () => handInOf(db.sql, people.jonas, caseId, { forumId: people.forumId, charter });
		const offered = async () =>
			(await agenda.candidates(db.sql, people.sigrid, meetingId)).some(({ id }) => id === caseId);
		expect([await told(), await offered()]).toMatchObject([{ on: false }, true]);
		await act((tx) => written.ask(tx, people.maja, caseId, workdaysFrom(today(), 5)));
		expect([await told(), await offered()]).toEqual([null, false]);
	});
});

describe('an urgent case', () => {
	const mark = (name: Name, reason = 'Haster') =>
		act((tx) => urgency.mark(tx, people[name], caseId, reason));
	test('is marked by those who prepare it, with a reason, once', async () => {
		for (const name of ['tove', 'else_'] as const)
			await expect(mark(name)).rejects.toMatchObject({ status: 403 });
		for (const name of ['ove', 'nina'] as const)
			await expect(mark(name)).rejects.toMatchObject({ status: 404 });
		await expect(mark('jonas', ' ')).rejects.toMatchObject({
			code: 'case.urgency_reason_missing'
		});
		const answers = await atOnce([mark('jonas'), mark('sigrid')]);
		expect(answers.toSorted()).toEqual(['case.urgency_marked', 'done']);
		await act((tx) => urgency.lift(tx, people.jonas, caseId));
		expect(await urgency.ofCase(db.sql, caseId)).toBeNull();
		const kept = await db.sql`select reason from urgencies where case_id = ${caseId}`;
		expect(kept).toHaveLength(1);
		await mark('jonas');
		const lift = (name: Name) => act((tx) => urgency.lift(tx, people[name], caseId));
		const lifted = await atOnce([lift('jonas'), lift('sigrid')]);
		expect(lifted.toSorted()).toEqual(['case.urgency_lifted', 'done']);
	});
});

describe('two at the same moment', () => {
	test('circulating: one sends, the other is told that all is sent', async () => {
		await put();
		const send = (name: Name) => act((tx) => circulate(tx, people[name], meetingId));
		const answers = await atOnce([send('sigrid'), send('maja')]);
		expect(answers.toSorted()).toEqual(['done', 'meeting.nothing_to_circulate']);
		const sent = await db.sql`select id from circulations where case_id = ${caseId}`;
		expect(sent).toHaveLength(1);
	});
	test('taking a case off: one does, the other is told', async () => {
		const item = await put();
		const off = (name: Name) => act((tx) => agenda.remove(tx, people[name], meetingId, item));
		const answers = await atOnce([off('sigrid'), off('maja')]);
		expect(answers.toSorted()).toEqual(['done', 'meeting.item_is_off']);
		expect(await phase()).toBe('ready');
	});
	test('circulating and taking off: what was sent is on the agenda, what is off was not sent after', async () => {
		const item = await put();
		const other = await newCase('Udviklingspuljen');
		await put(other);
		const answers = await atOnce([
			act((tx) => circulate(tx, people.sigrid, meetingId)),
			act((tx) => agenda.remove(tx, people.maja, meetingId, item))
		]);
		expect(answers).toEqual(['done', 'done']);
		const [sent] = await db.sql<{ at: Date | null; off: Date }[]>`
			select (select max(at) from circulations where item_id = i.id) at, removed_at off
			from agenda_items i where id = ${item}`;
		if (sent!.at) expect(sent!.at.getTime()).toBeLessThanOrEqual(sent!.off.getTime());
	});
	test.each(['open', 'close'] as const)(
		'%s a meeting: one does, the other is told',
		async (way) => {
			await put();
			const turn = (name: Name) => act((tx) => meetings[way](tx, people[name], meetingId));
			if (way === 'close') await act((tx) => meetings.open(tx, people.maja, meetingId));
			const answers = await atOnce([turn('sigrid'), turn('maja')]);
			expect(answers.toSorted()).toEqual(['done', 'meeting.already_turned']);
		}
	);
	test('putting on and asking for answers in writing: one wins, the other is told', async () => {
		await agree({ writtenProcedure: 'allowed' });
		await act((tx) => cases.setState(tx, people.jonas, caseId, 'ready'));
		const answers = await atOnce([
			put(),
			act((tx) => written.ask(tx, people.maja, caseId, workdaysFrom(today(), 5)))
		]);
		const on = (await items()).length === 1;
		expect(answers).toEqual(
			on ? ['done', 'meeting.written_not_ready'] : ['meeting.written_is_open', 'done']
		);
		expect(await phase()).toBe(on ? 'on_agenda' : 'ready');
	});
	test('putting one case on: it is there once', async () => {
		const answers = await atOnce([put(), put(caseId, meetingId, 'maja')]);
		expect(answers.toSorted()).toEqual(['done', 'meeting.case_is_on_agenda']);
		expect(await items()).toHaveLength(1);
	});
});
