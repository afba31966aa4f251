import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connect, transact, type Tx } from '#lib/base/sql.server.ts';
import { listen, type Note } from '#lib/base/notify.server.ts';
import * as departments from '#lib/people/departments.server.ts';
import * as persons from '#lib/people/persons.server.ts';
import * as sessions from '#lib/people/sessions.server.ts';
import type { Person } from '#lib/people/person.ts';
import { freshDatabase, type TestDatabase } from '../support/database.ts';
import { eventually } from '../support/eventually.ts';

let db: TestDatabase;
let maja: Person;
let jonas: Person;
const tx = <T>(work: (tx: Tx) => Promise<T>) => transact(work, db.sql);
const opened = (person: Person, agent = 'Firefox') => tx((t) => sessions.open(t, person, agent));

beforeAll(async () => {
	db = await freshDatabase();
	const add = (name: string, email: string) =>
		tx(async (t) =>
			persons.create(t, null, {
				name,
				email,
				password: 'en lille sætning',
				departmentId: await departments.named(t, null, 'Direktionen')
			})
		);
	maja = await add('Maja Krog', 'maja@example.dk');
	jonas = await add('Jonas Bruun', 'jonas@example.dk');
});
afterAll(() => db.drop());

describe('a session', () => {
	test('is recognised while the database only reads, and renewed when it writes again', async () => {
		const { token, publicId } = await opened(maja);
		await db.sql`
			update sessions set seen_at = now() - interval '1 hour', expires_at = now() + interval '1 day'
			where public_id = ${publicId}`;
		const pool = connect(`${db.url}?default_transaction_read_only=on`, { max: 1 });
		expect(await sessions.recognise(pool, token)).toMatchObject({
			person: maja,
			sessionId: publicId
		});
		await pool.end();
		await sessions.recognise(db.sql, token);
		const [row] = await db.sql`
			select seen_at > now() - interval '1 minute' seen, expires_at > now() + interval '10 days' renewed
			from sessions where public_id = ${publicId}`;
		expect(row).toEqual({ seen: true, renewed: true });
	});

	test('is recognised by its token and gives the person without anything secret', async () => {
		const { token, publicId } = await opened(maja);
		const known = await sessions.recognise(db.sql, token);
		expect(known).toMatchObject({ person: maja, sessionId: publicId });
		expect(JSON.stringify(known)).not.toContain('argon2');
	});

	test('is kept as the hash of its token: the database alone lets nobody in', async () => {
		const { token, publicId } = await opened(maja);
		const [row] = await db.sql`select * from sessions where public_id = ${publicId}`;
		expect(row!.id).toBe(createHash('sha256').update(token).digest('hex'));
		expect(JSON.stringify(row)).not.toContain(token);
		expect(await sessions.recognise(db.sql, row!.id)).toBeNull();
		expect(await sessions.recognise(db.sql, publicId)).toBeNull();
	});

	test.each(['', 'nonsense', 'x'.repeat(100_000), undefined, null])(
		'is not made up from %.20s',
		async (token) => {
			expect(await sessions.recognise(db.sql, token)).toBeNull();
		}
	);

	test('ends when it has run out', async () => {
		const { token, publicId } = await opened(maja);
		await db.sql`update sessions set expires_at = now() - interval '1 second' where public_id = ${publicId}`;
		expect(await sessions.recognise(db.sql, token)).toBeNull();
		expect(await db.sql`select 1 from sessions where public_id = ${publicId}`).toHaveLength(0);
	});

	test('is renewed when more than half its time is gone, and only then', async () => {
		const { token, publicId } = await opened(maja);
		const ends = async () =>
			(
				await db.sql<{ at: Date }[]>`
				select expires_at at from sessions where public_id = ${publicId}`
			)[0]!.at.getTime();
		const first = await ends();
		await sessions.recognise(db.sql, token);
		expect(await ends()).toBe(first);
		await db.sql`update sessions set expires_at = now() + interval '2 days' where public_id = ${publicId}`;
		await sessions.recognise(db.sql, token);
		expect(await ends()).toBeGreaterThanOrEqual(first);
	});

	test('is found in a cookie header among other cookies', () => {
		expect(sessions.tokenIn(`a=1; ${sessions.COOKIE}=tok-en_1; b=2`)).toBe('tok-en_1');
		expect(sessions.tokenIn(`not_${sessions.COOKIE}=tok`)).toBeNull();
		expect(sessions.tokenIn(`${sessions.COOKIE}=%E0%A4%A`)).toBeNull();
		expect(sessions.tokenIn(null)).toBeNull();
	});
});

describe('one’s own sessions', () => {
	test('are listed without what lets one in, and another’s are not', async () => {
		const { token, publicId } = await opened(jonas, 'Chrome on a tablet');
		await opened(maja);
		const listed = await sessions.list(db.sql, jonas);
		expect(listed.map(({ id, userAgent }) => ({ id, userAgent }))).toEqual([
			{ id: publicId, userAgent: 'Chrome on a tablet' }
		]);
		expect(JSON.stringify(listed)).not.toContain(createHash('sha256').update(token).digest('hex'));
	});

	test('can be revoked one by one; sockets are told which', async () => {
		const kept = await opened(maja);
		const lost = await opened(maja);
		const notes: Note[] = [];
		const ear = await listen(db.sql, (note) => notes.push(note));
		await tx((t) => sessions.revoke(t, maja, lost.publicId));
		expect(await sessions.recognise(db.sql, lost.token)).toBeNull();
		expect(await sessions.recognise(db.sql, kept.token)).not.toBeNull();
		const note = await eventually(() => notes.find(({ type }) => type === 'access'));
		expect(note).toEqual({ type: 'access', session: lost.publicId, person: maja.id });
		await ear.stop();
	});

	test('another’s session is not found, and stays', async () => {
		const { token, publicId } = await opened(jonas);
		const trying = tx((t) => sessions.revoke(t, maja, publicId));
		await expect(trying).rejects.toMatchObject({ code: 'base.not_found', status: 404 });
		expect(await sessions.recognise(db.sql, token)).not.toBeNull();
	});

	test('can all be revoked but the one in use', async () => {
		const here = await opened(jonas);
		const [a, b] = [await opened(jonas), await opened(jonas)];
		const majas = await opened(maja);
		expect(await tx((t) => sessions.revokeOthers(t, jonas, here.publicId))).toBeGreaterThanOrEqual(
			2
		);
		for (const { token } of [a, b]) expect(await sessions.recognise(db.sql, token)).toBeNull();
		for (const { token } of [here, majas])
			expect(await sessions.recognise(db.sql, token)).not.toBeNull();
	});

	test('closing the one in use is written down once, however often it is asked', async () => {
		const { token, publicId } = await opened(maja);
		await tx((t) => sessions.close(t, maja, publicId));
		await tx((t) => sessions.close(t, maja, publicId));
		expect(await sessions.recognise(db.sql, token)).toBeNull();
		const events = await db.sql`
			select 1 from events where verb = 'session.closed' and detail->>'session' = ${publicId}`;
		expect(events).toHaveLength(1);
	});
});

test('many are recognised in one question, each as who it is', async () => {
	const [a, b, gone] = [await opened(maja), await opened(jonas), await opened(jonas)];
	await tx((t) => sessions.revoke(t, jonas, gone.publicId));
	await db.sql`update sessions set seen_at = now() - interval '1 hour' where public_id = ${a.publicId}`;
	const tokens = [a.token, b.token, gone.token, 'made-up', 'x'.repeat(200)];
	const known = await sessions.recogniseAll(db.sql, tokens);
	expect([...known].map(([token, { person, sessionId }]) => [token, person.id, sessionId])).toEqual(
		expect.arrayContaining([
			[a.token, maja.id, a.publicId],
			[b.token, jonas.id, b.publicId]
		])
	);
	expect(known.size).toBe(2);
	const seen = await db.sql`
		select 1 from sessions where public_id = ${a.publicId} and seen_at > now() - interval '1 minute'`;
	expect(seen).toHaveLength(1);
});

describe('someone deactivated', () => {
	test('is out everywhere at once, is not recognised and not found', async () => {
		const tove = await tx((t) =>
			persons.create(t, maja, {
				name: 'Tove Holm',
				email: 'tove@example.dk',
				password: 'en anden sætning',
				departmentId: maja.departmentId
			})
		);
		const { token } = await opened(tove);
		await tx((t) => persons.deactivate(t, maja, tove.id));
		expect(await sessions.recognise(db.sql, token)).toBeNull();
		expect(await persons.byEmail(db.sql, 'tove@example.dk')).toBeNull();
		await expect(persons.find(db.sql, tove.id)).rejects.toMatchObject({ status: 404 });
	});

	test('is out even where a session row was left behind', async () => {
		const lars = await tx((t) =>
			persons.create(t, maja, {
				name: 'Lars Dam',
				email: 'lars@example.dk',
				password: 'en tredje sætning',
				departmentId: maja.departmentId
			})
		);
		const { token } = await opened(lars);
		await db.sql`update persons set deactivated_at = now() where id = ${lars.id}`;
		expect(await sessions.recognise(db.sql, token)).toBeNull();
	});

	test('nobody else is: a second try finds nobody', async () => {
		const ida = await tx((t) =>
			persons.create(t, maja, {
				name: 'Ida Lund',
				email: 'ida@example.dk',
				password: 'en fjerde sætning',
				departmentId: maja.departmentId
			})
		);
		const here = await opened(jonas);
		await tx((t) => persons.deactivate(t, maja, ida.id));
		await expect(tx((t) => persons.deactivate(t, maja, ida.id))).rejects.toMatchObject({
			status: 404
		});
		await expect(tx((t) => persons.move(t, maja, ida.id, maja.departmentId))).rejects.toMatchObject(
			{ status: 404 }
		);
		expect(await sessions.recognise(db.sql, here.token)).not.toBeNull();
	});

	test('nobody deactivates themselves', async () => {
		const trying = tx((t) => persons.deactivate(t, maja, maja.id));
		await expect(trying).rejects.toMatchObject({ code: 'people.not_oneself' });
		expect(await persons.find(db.sql, maja.id)).toEqual(maja);
	});
});
