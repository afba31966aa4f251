import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import * as backlog from '#lib/case/backlog.server.ts';
import * as cases from '#lib/case/cases.server.ts';
import { plainText } from '#lib/document/content.ts';
import { cast, type Cast, type Name } from '../support/cast.ts';
import { freshDatabase, type TestDatabase } from '../support/database.ts';
import { atOnce } from '../support/together.ts';

let db: TestDatabase;
let people: Cast;
let act: Cast['act'];
let id: string;

beforeAll(async () => {
	db = await freshDatabase();
	people = await cast(db.sql);
	act = people.act;
});
afterAll(() => db.drop());
beforeEach(async () => {
	await db.sql`truncate proposal_departments, proposals`;
	id = await propose('tove');
});

const propose = (name: Name, title = 'Skal vi dele vikarkorpset?') =>
	act((tx) =>
		backlog.propose(tx, people[name], people.forumId, {
			title,
			why: 'Tre centre betaler for det samme.',
			departments: [people.jonas.departmentId]
		})
	);
const list = (name: Name) => backlog.list(db.sql, people[name], people.forumId);
const titles = async () =>
	(await list('jonas')).filter((one) => !one.ended).map((one) => one.title);
const take = (name: Name) => act((tx) => backlog.take(tx, people[name], id));
const decline = (name: Name, reason = 'Det har vi lige gjort') =>
	act((tx) => backlog.decline(tx, people[name], id, reason));

describe('a backlog', () => {
	test('takes proposals from everyone who works in the forum, and shows whom they touch', async () => {
		for (const name of ['maja', 'jonas', 'else_', 'sigrid'] as const) await propose(name, name);
		expect(await titles()).toEqual([
			'Skal vi dele vikarkorpset?',
			'maja',
			'jonas',
			'else_',
			'sigrid'
		]);
		expect((await list('else_'))[0]).toMatchObject({
			proposedBy: { name: 'Tove Holm' },
			departments: ['Center for Social og Handicap'],
			ended: null
		});
	});
	test('is not for observers, who know of cases from the agenda on, nor for others', async () => {
		for (const attempt of [() => list('ove'), () => propose('ove'), () => take('ove')])
			await expect(attempt()).rejects.toMatchObject({ status: 403 });
		for (const attempt of [() => list('nina'), () => propose('nina'), () => take('nina')])
			await expect(attempt()).rejects.toMatchObject({ status: 404 });
	});
	test('is in the order the chair and the secretary give it', async () => {
		await propose('jonas', 'Anden');
		const move = (name: Name, step: -1 | 1) =>
			act((tx) => backlog.move(tx, people[name], id, step));
		for (const name of ['tove', 'jonas', 'else_'] as const)
			await expect(move(name, 1)).rejects.toMatchObject({ status: 403 });
		await move('sigrid', 1);
		expect(await titles()).toEqual(['Anden', 'Skal vi dele vikarkorpset?']);
		await move('maja', 1);
		expect(await titles(), 'it is last already').toEqual(['Anden', 'Skal vi dele vikarkorpset?']);
	});
	test('is dragged to a place, by those who order it, and what is beyond the end is the end', async () => {
		await propose('jonas', 'Anden');
		await propose('jonas', 'Tredje');
		const place = (name: Name, to: number) => act((tx) => backlog.place(tx, people[name], id, to));
		for (const name of ['tove', 'jonas', 'else_'] as const)
			await expect(place(name, 1)).rejects.toMatchObject({ status: 403 });
		await place('maja', 1);
		expect(await titles()).toEqual(['Anden', 'Skal vi dele vikarkorpset?', 'Tredje']);
		await place('sigrid', 99);
		expect(await titles()).toEqual(['Anden', 'Tredje', 'Skal vi dele vikarkorpset?']);
		const before = await db.sql`select count(*)::int n from events`;
		await place('sigrid', 2);
		expect(await db.sql`select count(*)::int n from events`, 'it lies there').toEqual(before);
		await atOnce([place('maja', 0), act((tx) => backlog.move(tx, people.sigrid, id, -1))]);
		expect(new Set(await titles()).size, 'two who order at once lose nothing').toBe(3);
	});
	test('takes the departments it touches with it into the case', async () => {
		const page = await cases.page(db.sql, people.tove, await take('jonas'));
		if (!page.readable) throw new Error('a stub');
		expect(page.touches).toEqual(['Center for Social og Handicap']);
		const other = await act((tx) =>
			cases.create(tx, people.jonas, { forumId: people.forumId, title: 'X', question: 'Y?' })
		);
		expect(await cases.page(db.sql, people.tove, other)).toMatchObject({ touches: [] });
	});
	test('becomes a case in one act, with its reason as background', async () => {
		const caseId = await take('jonas');
		const page = await cases.page(db.sql, people.jonas, caseId);
		if (!page.readable) throw new Error('a stub');
		expect(page).toMatchObject({
			title: 'Skal vi dele vikarkorpset?',
			owner: { name: 'Jonas Bruun' }
		});
		expect(plainText(page.content.background)).toBe('Tre centre betaler for det samme.');
		expect(await titles()).toEqual([]);
		expect((await list('tove'))[0]!.ended).toMatchObject({
			byName: 'Jonas Bruun',
			caseId,
			reason: null
		});
	});
	test('is set aside with a reason, by those who order it or by who proposed it', async () => {
		for (const name of ['jonas', 'else_'] as const)
			await expect(decline(name)).rejects.toMatchObject({ status: 403 });
		await expect(decline('tove', ' ')).rejects.toMatchObject({
			code: 'case.proposal_reason_missing'
		});
		await decline('tove');
		expect((await list('jonas'))[0]!.ended).toMatchObject({ reason: 'Det har vi lige gjort' });
	});
	test('two at the same moment: it becomes one case, and the other is told who was first', async () => {
		const before = await db.sql`select count(*)::int n from cases`;
		const answers = await atOnce([take('jonas'), take('else_')]);
		expect(answers.toSorted()).toEqual(['case.proposal_settled', 'done']);
		const after = await db.sql`select count(*)::int n from cases`;
		expect(after[0]!.n).toBe(before[0]!.n + 1);
		await expect(decline('tove')).rejects.toMatchObject({ code: 'case.proposal_settled' });
	});
});
