import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { log } from '#lib/forum/activity.server.ts';
import { openness } from '#lib/forum/openness.server.ts';
import * as objects from '#lib/forum/objects.server.ts';
import type { Name } from '../support/cast.ts';
import { cast, type Cast } from '../support/cast.ts';
import { freshDatabase, type TestDatabase } from '../support/database.ts';

let db: TestDatabase;
let c: Cast;
beforeAll(async () => {
	db = await freshDatabase();
	c = await cast(db.sql);
});
afterAll(() => db.drop());

const made = (phase = 'draft') =>
	c.act((tx) =>
		objects.register(tx, c.jonas, {
			kind: 'case',
			forumId: c.forumId,
			departmentId: null,
			title: 'Sagen',
			phase
		})
	);
const verbsOf = async (id: string) =>
	(
		await db.sql<{ verb: string }[]>`select verb from events where object_id = ${id} order by id`
	).map(({ verb }) => verb);
const reads = async (name: Name, id: string) =>
	objects.judge(db.sql, c[name], 'read', id).then(
		() => true,
		() => false
	);

describe('confidentiality', () => {
	test('is set and lifted by authors and the chair, each time written down once', async () => {
		const id = await made();
		const set = (name: Name, on: boolean) =>
			c.act((tx) => objects.setConfidential(tx, c[name], id, on));
		for (const name of ['tove', 'else_', 'sigrid'] as const)
			await expect(set(name, true), name).rejects.toMatchObject({ status: 403 });
		await expect(set('nina', true)).rejects.toMatchObject({ status: 404 });
		expect(await verbsOf(id)).toEqual([]);
		await set('jonas', true);
		await set('jonas', true);
		expect(await reads('tove', id)).toBe(false);
		expect(await reads('maja', id)).toBe(true);
		await set('maja', false);
		expect(await reads('tove', id)).toBe(true);
		expect(await verbsOf(id)).toEqual(['object.concealed', 'object.opened']);
	});

	test('stays as it was once a case is settled: its decision has gone out with it', async () => {
		const id = await made('decided');
		const trying = c.act((tx) => objects.setConfidential(tx, c.maja, id, true));
		await expect(trying).rejects.toMatchObject({ status: 403 });
		expect(await reads('tove', id)).toBe(true);
	});
});

describe('an author', () => {
	test('is taken out by one who writes, but never the last', async () => {
		const id = await made();
		const remove = (who: Name, whom: Name) =>
			c.act((tx) => objects.removeAuthor(tx, c[who], id, c[whom].id));
		await expect(remove('jonas', 'jonas')).rejects.toMatchObject({ code: 'forum.last_author' });
		await expect(remove('jonas', 'tove')).rejects.toMatchObject({ code: 'forum.author_is_off' });
		await c.act((tx) => objects.addAuthor(tx, c.jonas, id, c.tove.id));
		await expect(remove('ove', 'tove')).rejects.toMatchObject({ status: 404 });
		const both = await Promise.allSettled([remove('jonas', 'tove'), remove('jonas', 'jonas')]);
		expect(both.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
		expect(await db.sql`select 1 from authors where object_id = ${id}`).toHaveLength(1);
		expect(await verbsOf(id)).toEqual(['case.author_added', 'case.author_removed']);
	});
});

describe('someone not impartial', () => {
	const exclude = (who: Name, id: string, whom: Name = 'tove', reason = 'egen sag') =>
		c.act((tx) => objects.exclude(tx, c[who], id, c[whom].id, reason));
	const readmit = (who: Name, id: string, whom: Name = 'tove') =>
		c.act((tx) => objects.readmit(tx, c[who], id, c[whom].id));

	test('is shut out once, let in once, and both are written down', async () => {
		const id = await made();
		await exclude('maja', id);
		await exclude('sigrid', id);
		expect(await reads('tove', id)).toBe(false);
		expect(await readmit('sigrid', id)).toBe('egen sag');
		expect(await readmit('maja', id), 'twice is once').toBe('');
		expect(await reads('tove', id)).toBe(true);
		expect(await verbsOf(id)).toEqual(['object.person_excluded', 'object.person_readmitted']);
		const rows = await db.sql`select reason, until from exclusions where object_id = ${id}`;
		expect(rows).toMatchObject([{ reason: 'egen sag', until: expect.any(Date) }]);
		const told = await log(db.sql, c.maja, c.forumId);
		expect(told.slice(0, 2)).toMatchObject([
			{ verb: 'object.person_readmitted', objectId: id, aboutName: 'Tove Holm' },
			{ verb: 'object.person_excluded', objectId: id, aboutName: 'Tove Holm' }
		]);
	});

	test('is shut out and let in by the chair and the secretary, and by nobody else', async () => {
		const id = await made();
		const before = async () => ({
			verbs: await verbsOf(id),
			rows: [...(await db.sql`select * from exclusions where object_id = ${id} order by since`)]
		});
		const untouched = await before();
		for (const name of ['jonas', 'tove', 'else_'] as const)
			for (const verb of [exclude, readmit])
				await expect(verb(name, id), name).rejects.toMatchObject({ status: 403 });
		for (const name of ['ove', 'nina'] as const)
			for (const verb of [exclude, readmit])
				await expect(verb(name, id), name).rejects.toMatchObject({ status: 404 });
		expect(await before()).toEqual(untouched);
		await exclude('maja', id);
		const shut = await before();
		await expect(readmit('tove', id), 'not by oneself').rejects.toMatchObject({ status: 403 });
		expect(await before()).toEqual(shut);
	});

	test('is a member, has a reason, and is not the one who says so', async () => {
		const id = await made();
		await expect(exclude('maja', id, 'nina')).rejects.toMatchObject({ status: 404 });
		await expect(exclude('maja', id, 'tove', '  ')).rejects.toMatchObject({
			code: 'forum.exclusion_reason_missing'
		});
		await expect(exclude('maja', id, 'maja')).rejects.toMatchObject({ code: 'forum.not_oneself' });
		expect(await verbsOf(id)).toEqual([]);
	});

	test('may be let in again after the case is settled', async () => {
		const id = await made('on_agenda');
		await exclude('sigrid', id);
		await c.act((tx) => objects.setPhase(tx, id, 'decided'));
		expect(await reads('tove', id)).toBe(false);
		await readmit('maja', id);
		expect(await reads('tove', id)).toBe(true);
	});
});

describe('who is in on it', () => {
	test('is told to its readers; who is shut out only to who decides on that', async () => {
		const id = await made();
		await c.act((tx) => objects.addAuthor(tx, c.jonas, id, c.else_.id));
		await c.act((tx) => objects.exclude(tx, c.maja, id, c.tove.id, 'egen sag'));
		const seen = (name: Name) => openness(db.sql, c[name], id, c.jonas.id);
		const chair = await seen('maja');
		expect(chair).toMatchObject({
			ownerId: c.jonas.id,
			confidential: false,
			unpublished: false,
			authors: [{ name: 'Jonas Bruun' }, { name: 'Else Winther' }],
			excluded: [{ name: 'Tove Holm', reason: 'egen sag', byName: 'Maja Krog' }],
			may: { write: true, conceal: true, exclude: true }
		});
		expect(chair.members.find(({ id }) => id === c.ove.id)!.writes).toBe(false);
		const author = await seen('jonas');
		expect(author.excluded).toBeNull();
		expect(JSON.stringify(author)).not.toContain('egen sag');
		expect(author.may).toEqual({ write: true, conceal: true, exclude: false });
		await expect(seen('tove')).rejects.toMatchObject({ status: 403 });
		await expect(seen('nina')).rejects.toMatchObject({ status: 404 });
	});
});
