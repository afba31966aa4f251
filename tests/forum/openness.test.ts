import { afterAll, beforeAll, describe, expect, test } from 'vitest';
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
		await expect(remove('jonas', 'tove')).rejects.toMatchObject({ status: 404 });
		await c.act((tx) => objects.addAuthor(tx, c.jonas, id, c.tove.id));
		await expect(remove('ove', 'tove')).rejects.toMatchObject({ status: 404 });
		const both = await Promise.allSettled([remove('jonas', 'tove'), remove('jonas', 'jonas')]);
		expect(both.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
		expect(await db.sql`select 1 from authors where object_id = ${id}`).toHaveLength(1);
		expect(await verbsOf(id)).toEqual(['case.author_added', 'case.author_removed']);
	});
});

test('someone shut out twice is let in by being let in once, and both are written down', async () => {
	const id = await made();
	const exclude = () => c.act((tx) => objects.exclude(tx, c.maja, id, c.tove.id, 'egen sag'));
	const readmit = () => c.act((tx) => objects.readmit(tx, c.maja, id, c.tove.id));
	await exclude();
	await exclude();
	expect(await reads('tove', id)).toBe(false);
	await readmit();
	await readmit();
	expect(await reads('tove', id)).toBe(true);
	expect(await verbsOf(id)).toEqual(['object.person_excluded', 'object.person_readmitted']);
	const rows = await db.sql`select reason, until from exclusions where object_id = ${id}`;
	expect(rows).toMatchObject([{ reason: 'egen sag', until: expect.any(Date) }]);
});
