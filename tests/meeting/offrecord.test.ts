import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import * as annotations from '#lib/annotation/annotations.server.ts';
import { anchorOf } from '#lib/annotation/placed.server.ts';
import * as cases from '#lib/case/cases.server.ts';
import * as evidence from '#lib/case/evidence.server.ts';
import { takeOff } from '#lib/case/offrecord.server.ts';
import * as options from '#lib/case/options.server.ts';
import * as requests from '#lib/case/requests.server.ts';
import * as agenda from '#lib/meeting/agenda.server.ts';
import { circulate } from '#lib/meeting/circulate.server.ts';
import * as meetings from '#lib/meeting/meetings.server.ts';
import { opened } from '#lib/meeting/reading.server.ts';
import { cast, type Cast, type Name } from '../support/cast.ts';
import { freshDatabase, type TestDatabase } from '../support/database.ts';

/** Words that stand in every place one can write in a case. */
const SECRET = 'fusionsplanen';

let db: TestDatabase;
let people: Cast;
let act: Cast['act'];
let meetingId: string;

beforeEach(async () => {
	db = await freshDatabase();
	people = await cast(db.sql);
	act = people.act;
	meetingId = await act((tx) =>
		meetings.create(tx, people.sigrid, {
			forumId: people.forumId,
			title: 'Ordinært møde',
			startsAt: new Date(Date.now() + 9e8),
			place: ''
		})
	);
});

afterEach(() => db.drop());

const off = (name: Name, id: string) => act((tx) => takeOff(tx, people[name], id));
const put = (caseId: string) =>
	act((tx) => agenda.add(tx, people.sigrid, meetingId, { caseId, minutes: 20 }));
const end = async () => {
	await act((tx) => meetings.open(tx, people.sigrid, meetingId));
	await act((tx) => meetings.close(tx, people.sigrid, meetingId));
};
const page = async (id: string) => {
	const found = await cases.page(db.sql, people.jonas, id);
	if (!found.readable) throw new Error('a stub');
	return found;
};

/** A sparring with something in every place, sent out and opened. */
async function sparring(): Promise<string> {
	const { jonas, tove, sigrid, forumId } = people;
	const text = `Vi overvejer ${SECRET}.`;
	const id = await act((tx) =>
		cases.create(tx, jonas, {
			forumId,
			kind: 'sparring',
			title: 'Hvordan siger vi det?',
			question: 'Hvem taler vi med først?',
			recommendation: text
		})
	);
	const from = text.indexOf(SECRET);
	const words = { section: 'recommendation', from, to: from + SECRET.length, quote: SECRET };
	const anchor = await anchorOf(db.sql, tove, id, words);
	await act(async (tx) => {
		const note = await annotations.add(tx, tove, id, {
			kind: 'question',
			body: `Hvem ved det om ${SECRET}? @Jonas Bruun`,
			shared: true,
			on: { anchor }
		});
		await annotations.reply(tx, jonas, note, `Ingen ved det om ${SECRET}`);
		await annotations.edit(tx, tove, note, `Hvem ved det om ${SECRET} nu?`);
		await annotations.resolve(tx, tove, note);
		await options.add(tx, jonas, id, { title: `Vent med ${SECRET}` });
		await evidence.add(tx, jonas, id, { kind: 'practice', title: `Om ${SECRET}` });
		await requests.ask(tx, jonas, id, {
			question: `Hvad koster ${SECRET}?`,
			askedId: tove.id,
			due: '2030-01-01'
		});
	});
	await put(id);
	await act((tx) => circulate(tx, sigrid, meetingId));
	await act((tx) => opened(tx, tove, id));
	return id;
}

/** Every table that has the words in any row, as text or in the bytes of the text. */
async function places(): Promise<string[]> {
	const tables = await db.sql<{ name: string }[]>`
		select table_name name from information_schema.tables
		where table_schema = 'public' and table_type = 'BASE TABLE'`;
	const found: string[] = [];
	const hex = `%${Buffer.from(SECRET).toString('hex')}%`;
	for (const { name } of tables) {
		const rows = await db.sql`
			select from ${db.sql(name)} r where r::text ilike ${`%${SECRET}%`} or r::text ilike ${hex} limit 1`;
		if (rows.length) found.push(name);
	}
	return found.toSorted();
}

describe('a sparring off the record', () => {
	test('is said to be so before, by those who prepare it, and never taken back', async () => {
		const id = await sparring();
		expect((await page(id)).offRecord).toBe(false);
		for (const name of ['tove', 'else_'] as const)
			await expect(off(name, id)).rejects.toMatchObject({ status: 403 });
		await off('jonas', id);
		expect((await page(id)).offRecord).toBe(true);
		await expect(off('jonas', id)).rejects.toMatchObject({ code: 'case.not_sparring' });
		const decision = await act((tx) =>
			cases.create(tx, people.jonas, {
				forumId: people.forumId,
				title: 'En sag',
				question: 'Hvad?'
			})
		);
		await expect(off('jonas', decision)).rejects.toMatchObject({ code: 'case.not_sparring' });
	});

	test('is gone when the meeting is closed: the words are in no table, and the case says so', async () => {
		const id = await sparring();
		const before = await places();
		for (const table of [
			...['annotations', 'annotation_edits', 'annotation_replies', 'circulations'],
			...['document_keeps', 'document_updates', 'evidence', 'options', 'requests']
		])
			expect(before, table).toContain(table);
		await off('jonas', id);
		await end();
		expect(await places()).toEqual([]);
		const found = await page(id);
		expect(found).toMatchObject({
			title: 'Hvordan siger vi det?',
			question: 'Hvem taler vi med først?',
			state: { is: 'closed' },
			document: null,
			evidence: []
		});
		expect(found.forgottenAt).toBeInstanceOf(Date);
		const left = await db.sql`
			select from annotations where object_id = ${id}
			union all select from documents where object_id = ${id}
			union all select from options where case_id = ${id}`;
		expect(left).toHaveLength(0);
		const on = await agenda.items(db.sql, people.tove, meetingId);
		expect(on.map((item) => item.caseId)).toEqual([id]);
	});

	test('goes with its case to the next meeting when that is postponed', async () => {
		const id = await sparring();
		await off('jonas', id);
		await act((tx) => meetings.open(tx, people.sigrid, meetingId));
		await act((tx) => cases.setState(tx, people.sigrid, id, 'deferred', { reason: 'Tiden gik' }));
		await act((tx) => meetings.close(tx, people.sigrid, meetingId));
		expect((await page(id)).forgottenAt).toBeNull();
		expect((await page(id)).document).not.toBeNull();
	});

	test.each([
		['taken up at its meeting', 'sigrid', false],
		['let fall before any meeting', 'jonas', true]
	] as const)('is gone too when it is closed by hand, %s', async (_name, name, before) => {
		const id = await sparring();
		await off('jonas', id);
		if (before) {
			const [item] = await agenda.items(db.sql, people.sigrid, meetingId);
			await act((tx) => agenda.remove(tx, people.sigrid, meetingId, item!.id));
		}
		await act((tx) => cases.setState(tx, people[name], id, 'closed', { reason: 'Talt ud' }));
		expect(await places()).toEqual([]);
		expect((await page(id)).forgottenAt).toBeInstanceOf(Date);
		await end();
		expect((await page(id)).state).toMatchObject({ is: 'closed', reason: 'Talt ud' });
	});

	test('leaves what is on the record alone, on the same meeting', async () => {
		const id = await sparring();
		await off('jonas', id);
		const other = await act((tx) =>
			cases.create(tx, people.jonas, {
				forumId: people.forumId,
				kind: 'sparring',
				title: 'En anden',
				question: 'Hvad?',
				recommendation: 'Det her bliver.'
			})
		);
		await put(other);
		const before = await page(other);
		await end();
		const after = await page(other);
		expect(after.content).toEqual(before.content);
		expect(after.options).toEqual(before.options);
		await expect(db.sql`select forget_case(${other})`).rejects.toThrow(/off the record/);
		await expect(db.sql`delete from events`).rejects.toThrow(/never changed/);
		await expect(db.sql`delete from case_states`).rejects.toThrow(/never changed/);
	});
});
