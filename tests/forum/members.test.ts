import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { record } from '#lib/base/events.server.ts';
import { changes, log } from '#lib/forum/activity.server.ts';
import * as forums from '#lib/forum/forums.server.ts';
import { register } from '#lib/forum/objects.server.ts';
import type { Person } from '#lib/people/person.ts';
import { cast, type Cast } from '../support/cast.ts';
import { freshDatabase, type TestDatabase } from '../support/database.ts';
import { atOnce } from '../support/together.ts';

let db: TestDatabase;
let c: Cast;

beforeAll(async () => {
	db = await freshDatabase();
	c = await cast(db.sql);
});
afterAll(() => db.drop());

const roleOf = async ({ id }: Person) =>
	(await forums.members(db.sql, c.forumId)).find(({ personId }) => personId === id)?.role;
const events = async () => (await db.sql`select 1 from events`).length;

describe('membership', () => {
	test('is looked after by the chair and the secretary, and nobody else', async () => {
		for (const name of ['jonas', 'else_', 'ove'] as const) {
			const before = await events();
			const trying = c.act((tx) => forums.setRole(tx, c[name], c.forumId, c.tove.id, 'observer'));
			await expect(trying, name).rejects.toMatchObject({ code: 'base.not_allowed', status: 403 });
			expect(await roleOf(c.tove)).toBe('chief');
			expect(await events()).toBe(before);
		}
		for (const name of ['maja', 'sigrid'] as const) {
			await c.act((tx) => forums.setRole(tx, c[name], 'chefer', c.tove.id, 'analyst'));
			expect(await roleOf(c.tove)).toBe('analyst');
			await c.act((tx) => forums.setRole(tx, c[name], c.forumId, c.tove.id, 'chief'));
		}
	});

	test('ends once: of two who take a member out both are content, and the chair stays', async () => {
		await c.act((tx) => forums.addMember(tx, c.maja, c.forumId, c.nina.id, 'chief'));
		const out = (who: Person, whom: Person) =>
			c.act((tx) => forums.removeMember(tx, who, c.forumId, whom.id));
		const before = await events();
		expect(await atOnce([out(c.maja, c.nina), out(c.sigrid, c.nina)])).toEqual(['done', 'done']);
		expect(await events()).toBe(before + 1);
		const role = (whom: Person) =>
			c.act((tx) => forums.setRole(tx, c.sigrid, c.forumId, whom.id, 'analyst'));
		expect(await atOnce([out(c.sigrid, c.maja), role(c.maja), role(c.nina)])).toEqual([
			'forum.chair_keeps_role',
			'forum.chair_keeps_role',
			'forum.member_is_out'
		]);
		expect(await events()).toBe(before + 1);
	});

	test('is not found by an outsider', async () => {
		const trying = c.act((tx) => forums.addMember(tx, c.nina, c.forumId, c.nina.id, 'director'));
		await expect(trying).rejects.toMatchObject({ code: 'base.not_found', status: 404 });
		expect(await roleOf(c.nina)).toBeUndefined();
	});

	test('moves a member to another department: the chair and the secretary do, and it is written down', async () => {
		const home = async () =>
			(await forums.members(db.sql, c.forumId)).find((one) => one.personId === c.tove.id)!
				.departmentName;
		const move = (
			who: 'maja' | 'sigrid' | 'jonas' | 'else_' | 'ove' | 'nina',
			to: string,
			whom = c.tove
		) => c.act((tx) => forums.moveMember(tx, c[who], c.forumId, whom.id, to));
		for (const name of ['jonas', 'else_', 'ove', 'nina'] as const) {
			const before = await events();
			await expect(move(name, c.else_.departmentId), name).rejects.toMatchObject({
				status: name === 'nina' ? 404 : 403
			});
			expect(await home()).toBe(c.tove.departmentName);
			expect(await events()).toBe(before);
		}
		await expect(move('maja', c.else_.departmentId, c.nina)).rejects.toMatchObject({ status: 404 });
		expect(await move('maja', c.else_.departmentId)).toEqual({
			name: c.tove.name,
			departmentName: c.tove.departmentName
		});
		expect(await home()).toBe(c.else_.departmentName);
		expect((await log(db.sql, c.maja, c.forumId))[0]).toMatchObject({
			verb: 'forum.member_moved',
			aboutName: c.tove.name
		});
		const before = await events();
		await move('sigrid', c.else_.departmentId);
		expect(await events(), 'to where they are is no move').toBe(before);
		await move('sigrid', c.tove.departmentId);
		expect(await home()).toBe(c.tove.departmentName);
	});

	test('leaves the chair their role', async () => {
		for (const act of [
			() => c.act((tx) => forums.setRole(tx, c.sigrid, c.forumId, c.maja.id, 'observer')),
			() => c.act((tx) => forums.removeMember(tx, c.sigrid, c.forumId, c.maja.id))
		])
			await expect(act()).rejects.toMatchObject({ code: 'forum.chair_keeps_role' });
		expect(await roleOf(c.maja)).toBe('director');
	});

	test('can be ended and given again', async () => {
		await c.act((tx) => forums.removeMember(tx, c.maja, c.forumId, c.tove.id));
		await expect(forums.membership(db.sql, c.tove, c.forumId)).rejects.toMatchObject({
			status: 404
		});
		await c.act((tx) => forums.addMember(tx, c.maja, c.forumId, c.tove.id, 'chief'));
		expect((await forums.membership(db.sql, c.tove, 'chefer')).role).toBe('chief');
	});
});

describe('the charter', () => {
	const written = async () => (await forums.membership(db.sql, c.ove, 'chefer')).circulateWorkdays;
	const days = (circulateWorkdays: number | null) => ({ circulateWorkdays, smallNumberLimit: 5 });

	test('is written by the chair and the secretary, and read by everyone', async () => {
		expect(await written()).toBe(null);
		await c.act((tx) => forums.setCharter(tx, c.sigrid, 'chefer', days(4)));
		expect(await written()).toBe(4);
		for (const name of ['jonas', 'else_', 'ove'] as const) {
			const before = await events();
			const trying = c.act((tx) => forums.setCharter(tx, c[name], 'chefer', days(1)));
			await expect(trying, name).rejects.toMatchObject({ status: 403 });
			expect([await written(), await events()]).toEqual([4, before]);
		}
		const outside = c.act((tx) => forums.setCharter(tx, c.nina, 'chefer', days(null)));
		await expect(outside).rejects.toMatchObject({ status: 404 });
		await c.act((tx) => forums.setCharter(tx, c.maja, 'chefer', days(null)));
		expect(await written()).toBe(null);
	});

	test('keeps what it said before in the log', async () => {
		await c.act((tx) => forums.setCharter(tx, c.maja, 'chefer', days(3)));
		const [event] = await db.sql<{ detail: unknown }[]>`
			select detail from events where verb = 'forum.charter_changed' order by id desc limit 1`;
		expect(event!.detail).toEqual({ circulateWorkdays: { before: null, now: 3 } });
	});
});

describe('the log', () => {
	test('is for directors and the secretary', async () => {
		for (const name of ['maja', 'sigrid'] as const)
			expect((await log(db.sql, c[name], 'chefer')).length).toBeGreaterThan(0);
		for (const name of ['jonas', 'else_', 'ove'] as const)
			await expect(log(db.sql, c[name], 'chefer')).rejects.toMatchObject({ status: 403 });
		await expect(log(db.sql, c.nina, 'chefer')).rejects.toMatchObject({ status: 404 });
	});

	test('holds nothing about what its reader may not know of, and no title of what they may not read', async () => {
		const object = (kind: 'brief' | 'case', title: string, confidential: boolean) =>
			c.act(async (tx) => {
				const id = await register(tx, c.jonas, {
					kind,
					forumId: c.forumId,
					departmentId: c.jonas.departmentId,
					title,
					phase: 'draft',
					confidential
				});
				const verb = `${kind}.created`;
				await record(tx, { person: c.jonas.id, verb, kind, object: id, forum: c.forumId });
				return id;
			});
		const draft = await object('brief', 'Kun mine egne tanker', false);
		const closed = await object('case', 'Personsag', true);
		const open = await object('case', 'Boligplan', false);

		const read = await log(db.sql, c.sigrid, 'chefer');
		const of = (id: string) => read.filter(({ objectId }) => objectId === id);
		expect(of(draft)).toEqual([]);
		expect(of(closed)).toMatchObject([{ verb: 'case.created', title: null }]);
		expect(of(open)).toMatchObject([{ title: 'Boligplan', personName: 'Jonas Bruun' }]);
		expect(JSON.stringify(read)).not.toMatch(/Kun mine egne tanker|Personsag/);

		const seen = async (person: Person) =>
			(await changes(db.sql, person, c.forumId)).map(({ title }) => title);
		expect(await seen(c.sigrid)).toEqual(['Boligplan']);
		expect(await seen(c.ove)).toEqual([]);
		expect(await seen(c.nina)).toEqual([]);
		expect(await seen(c.jonas)).toEqual(['Boligplan', 'Personsag', 'Kun mine egne tanker']);
	});

	test('goes on from where one page of it ends', async () => {
		const all = await log(db.sql, c.maja, 'chefer');
		const first = await log(db.sql, c.maja, 'chefer', { limit: 2 });
		const second = await log(db.sql, c.maja, 'chefer', { limit: 2, before: first[1]!.id });
		expect([...first, ...second].map(({ id }) => id)).toEqual(all.slice(0, 4).map(({ id }) => id));
	});

	test('names the member an act was about', async () => {
		await c.act((tx) => forums.setRole(tx, c.maja, c.forumId, c.ove.id, 'observer'));
		expect((await log(db.sql, c.maja, 'chefer'))[0]).toMatchObject({
			verb: 'forum.role_changed',
			aboutName: 'Ove Munk'
		});
	});
});
