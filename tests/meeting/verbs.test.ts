import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import * as cases from '#lib/case/cases.server.ts';
import * as options from '#lib/case/options.server.ts';
import * as evidence from '#lib/case/evidence.server.ts';
import * as agenda from '#lib/meeting/agenda.server.ts';
import { circulate, lastOf } from '#lib/meeting/circulate.server.ts';
import * as meetings from '#lib/meeting/meetings.server.ts';
import * as moves from '#lib/meeting/moves.server.ts';
import * as votes from '#lib/meeting/votes.server.ts';
import * as documents from '#lib/document/documents.server.ts';
import { plainText } from '#lib/document/content.ts';
import { cast, type Cast, type Name } from '../support/cast.ts';
import { freshDatabase, type TestDatabase } from '../support/database.ts';

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
	caseId = await newCase('Fra to til otte områder?');
	meetingId = await act((tx) =>
		meetings.create(tx, people.sigrid, {
			forumId: people.forumId,
			title: 'Ordinært møde',
			startsAt: new Date('2018-10-11T07:00:00Z'),
			place: 'Mødelokale 3'
		})
	);
});

const newCase = (title: string) =>
	act((tx) =>
		cases.create(tx, people.jonas, {
			forumId: people.forumId,
			title,
			question: 'Hvilke områder?',
			recommendation: 'Otte områder.'
		})
	);
const put = (id = caseId) =>
	act((tx) => agenda.add(tx, people.sigrid, meetingId, { caseId: id, minutes: 20 }));
const phaseOf = async (id: string) =>
	(await db.sql<{ phase: string }[]>`select phase from objects where id = ${id}`)[0]!.phase;

describe('an agenda', () => {
	it('takes a case on, gives it a presenter, and lets go of it again', async () => {
		const itemId = await put();
		const [item] = await agenda.items(db.sql, people.tove, meetingId);
		expect(item).toMatchObject({ caseId, minutes: 20, presenterName: 'Jonas Bruun', late: false });
		expect(await phaseOf(caseId)).toBe('on_agenda');
		await act((tx) => agenda.remove(tx, people.sigrid, meetingId, itemId));
		expect(await agenda.items(db.sql, people.tove, meetingId)).toEqual([]);
		expect(await phaseOf(caseId)).toBe('ready');
	});

	it('holds a case once, and says so', async () => {
		await put();
		await expect(put()).rejects.toMatchObject({ code: 'meeting.case_is_on_agenda' });
		expect(await agenda.items(db.sql, people.tove, meetingId)).toHaveLength(1);
	});

	it('can be put in another order, one step at a time', async () => {
		const [first, second] = [await put(), await put(await newCase('Udviklingspuljen'))];
		await act((tx) => agenda.arrange(tx, people.maja, meetingId, second, { step: -1 }));
		const items = await agenda.items(db.sql, people.tove, meetingId);
		expect(items.map((item) => item.id)).toEqual([second, first]);
		const third = await put(await newCase('Familieplanen'));
		await act((tx) => agenda.arrange(tx, people.sigrid, meetingId, third, { to: 0 }));
		const now = (await agenda.items(db.sql, people.tove, meetingId)).map((item) => item.id);
		expect(now).toEqual([third, second, first]);
	});

	it.each(['jonas', 'else_', 'ove', 'nina'] satisfies Name[])(
		'is not for %s to arrange',
		async (name) => {
			const itemId = await put();
			const before = await agenda.items(db.sql, people.maja, meetingId);
			const attempts = [
				() => act((tx) => agenda.arrange(tx, people[name], meetingId, itemId, { minutes: 99 })),
				() => act((tx) => agenda.remove(tx, people[name], meetingId, itemId)),
				() => act((tx) => circulate(tx, people[name], meetingId)),
				() => act((tx) => meetings.open(tx, people[name], meetingId))
			];
			for (const attempt of attempts)
				await expect(attempt()).rejects.toMatchObject({
					code: name === 'nina' ? 'base.not_found' : 'base.not_allowed'
				});
			expect(await agenda.items(db.sql, people.maja, meetingId)).toEqual(before);
		}
	);
});

describe('circulation', () => {
	it('freezes text, options and evidence as they were sent, while writing goes on', async () => {
		await put();
		expect(await act((tx) => circulate(tx, people.sigrid, meetingId))).toBe(1);
		expect(await phaseOf(meetingId)).toBe('circulated');
		await act(async (tx) => {
			await options.add(tx, people.tove, caseId, { title: 'Fem områder' });
			await evidence.add(tx, people.tove, caseId, { kind: 'practice', title: 'Skolelederne' });
		});
		const sent = await lastOf(db.sql, caseId);
		expect(sent!.options).toHaveLength(1);
		expect(sent!.evidence).toEqual([]);
		const kept = await documents.kept(db.sql, sent!.keepId);
		expect(plainText(kept.content.recommendation)).toBe('Otte områder.');
		const document = await documents.ofObject(db.sql, caseId);
		expect(document!.closedAt).toBeNull();
		expect(document!.seq).toBeGreaterThan(kept.seq);
	});

	it('sends only what was not sent, and marks what came on after as late', async () => {
		await put();
		await act((tx) => circulate(tx, people.sigrid, meetingId));
		await expect(act((tx) => circulate(tx, people.sigrid, meetingId))).rejects.toMatchObject({
			code: 'meeting.nothing_to_circulate'
		});
		await put(await newCase('Udviklingspuljen'));
		const items = await agenda.items(db.sql, people.tove, meetingId);
		expect(items.map((item) => item.late)).toEqual([false, true]);
		expect(await act((tx) => circulate(tx, people.sigrid, meetingId))).toBe(1);
	});

	it('cannot be changed afterwards', async () => {
		await put();
		await act((tx) => circulate(tx, people.sigrid, meetingId));
		await expect(db.sql`update circulations set options = '[]'`).rejects.toThrow(/never changed/);
	});
});

describe('a meeting in session', () => {
	let itemId: string;
	beforeEach(async () => {
		itemId = await put();
		await act((tx) => meetings.open(tx, people.maja, meetingId));
	});

	it('opens once, and closes once', async () => {
		await expect(act((tx) => meetings.open(tx, people.sigrid, meetingId))).rejects.toMatchObject({
			status: 409
		});
		await act((tx) => meetings.close(tx, people.sigrid, meetingId));
		expect(await phaseOf(meetingId)).toBe('closed');
		await expect(act((tx) => moves.move(tx, people.maja, meetingId, itemId))).rejects.toMatchObject(
			{ status: 403 }
		);
	});

	it('has one case in hand, the last one moved to', async () => {
		const second = await put(await newCase('Udviklingspuljen'));
		await act((tx) => moves.move(tx, people.maja, meetingId, itemId));
		await act((tx) => moves.move(tx, people.sigrid, meetingId, second));
		expect((await moves.inHand(db.sql, meetingId))!.itemId).toBe(second);
		await expect(act((tx) => moves.move(tx, people.tove, meetingId, itemId))).rejects.toMatchObject(
			{ status: 403 }
		);
		expect((await moves.inHand(db.sql, meetingId))!.itemId).toBe(second);
	});

	it('lets members say they are there, and not an observer or an outsider', async () => {
		await act((tx) => meetings.attend(tx, people.tove, meetingId, people.tove.id, true));
		await expect(
			act((tx) => meetings.attend(tx, people.tove, meetingId, people.jonas.id, true))
		).rejects.toMatchObject({ status: 403 });
		await expect(
			act((tx) => meetings.attend(tx, people.ove, meetingId, people.ove.id, true))
		).rejects.toMatchObject({ status: 403 });
		const present = (await meetings.attendance(db.sql, meetingId)).filter(
			(member) => member.present
		);
		expect(present.map((member) => member.name)).toEqual(['Tove Holm']);
	});

	describe('voting', () => {
		let roundId: string;
		const cast = (name: Name, choice: string) =>
			act((tx) => votes.vote(tx, people[name], roundId, choice));
		const seen = async (name: Name) => (await votes.rounds(db.sql, people[name], itemId))[0]!;
		beforeEach(async () => {
			roundId = await act((tx) =>
				votes.openRound(tx, people.maja, itemId, { question: 'For?', among: 'yes_no' })
			);
		});

		it('hides every count until the round is closed', async () => {
			await cast('tove', 'yes');
			await cast('jonas', 'no');
			expect(await seen('maja')).toMatchObject({ cast: 2, entitled: 3, own: null, tally: null });
			expect(JSON.stringify(await seen('maja'))).not.toContain('"count"');
			await act((tx) => votes.closeRound(tx, people.maja, itemId, roundId));
			expect((await seen('maja')).tally).toEqual([
				{ choice: 'yes', count: 1 },
				{ choice: 'no', count: 1 },
				{ choice: 'abstain', count: 0 }
			]);
		});

		it('is one vote each, which may be changed until it is closed', async () => {
			await cast('tove', 'yes');
			await cast('tove', 'no');
			expect(await seen('tove')).toMatchObject({ cast: 1, own: 'no' });
			await act((tx) => votes.closeRound(tx, people.maja, itemId, roundId));
			await expect(cast('tove', 'yes')).rejects.toMatchObject({ code: 'meeting.round_is_closed' });
			expect(await seen('tove')).toMatchObject({ own: 'no' });
		});

		it('is for directors and chiefs, on choices that are there', async () => {
			for (const name of ['else_', 'sigrid', 'ove'] satisfies Name[])
				await expect(cast(name, 'yes')).rejects.toMatchObject({ status: 403 });
			await expect(cast('nina', 'yes')).rejects.toMatchObject({ status: 404 });
			await expect(cast('tove', 'maybe')).rejects.toMatchObject({ code: 'meeting.no_such_choice' });
			expect((await seen('maja')).cast).toBe(0);
		});

		it('is one round at a time', async () => {
			await expect(
				act((tx) =>
					votes.openRound(tx, people.maja, itemId, { question: 'Igen?', among: 'options' })
				)
			).rejects.toMatchObject({ code: 'meeting.round_is_open' });
		});

		it('ends with the meeting', async () => {
			await act((tx) => meetings.close(tx, people.maja, meetingId));
			await expect(cast('tove', 'yes')).rejects.toMatchObject({ code: 'meeting.round_is_closed' });
		});
	});
});
