import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { transact, type Tx } from '#lib/base/sql.server.ts';
import { LIMITS } from '#lib/people/guessing.ts';
import * as departments from '#lib/people/departments.server.ts';
import * as persons from '#lib/people/persons.server.ts';
import * as sessions from '#lib/people/sessions.server.ts';
import { signIn } from '#lib/people/signin.server.ts';
import { freshDatabase, type TestDatabase } from '../support/database.ts';

let db: TestDatabase;
const password = 'en lille sætning';
const tx = <T>(work: (tx: Tx) => Promise<T>) => transact(work, db.sql);
let addresses = 0;
const fresh = () => `10.0.0.${++addresses}`;
const attempt = (email: string, tried: string, address = fresh()) =>
	signIn(db.sql, tx, { email, password: tried, address, userAgent: 'test' });
const outcome = (email: string, tried: string, address?: string) =>
	attempt(email, tried, address).then(
		() => 'in',
		(refusal: { code: string }) => refusal.code
	);
const add = (email: string) =>
	tx(async (t) =>
		persons.create(t, null, {
			name: email.split('@')[0]!,
			email,
			password,
			departmentId: await departments.named(t, null, 'Direktionen')
		})
	);

/** Failures that have already been, of an account or from an address, so long ago. */
const failed = (of: string, times: number, ago = '0 seconds') =>
	db.sql`
		insert into sign_in_failures (subject, at)
		select encode(sha256(${`${of.includes('@') ? 'account' : 'address'}:${of}`}::bytea), 'hex'), now() - ${ago}::interval
		from generate_series(1, ${times})`;

beforeAll(async () => {
	db = await freshDatabase();
	await add('Maja@Example.dk ');
});
afterAll(() => db.drop());

describe('signing in', () => {
	test('opens a session, however the address is written', async () => {
		const { token } = await attempt(' MAJA@example.DK', password);
		expect((await sessions.recognise(db.sql, token))!.person.email).toBe('maja@example.dk');
	});

	test('an unknown account, a deactivated one and a wrong password get the same answer', async () => {
		const tove = await add('tove@example.dk');
		await db.sql`update persons set deactivated_at = now() where id = ${tove.id}`;
		const answers = await Promise.all([
			attempt('nobody@example.dk', password).catch((e) => ({ ...e, message: e.message })),
			attempt('tove@example.dk', password).catch((e) => ({ ...e, message: e.message })),
			attempt('maja@example.dk', 'wrong').catch((e) => ({ ...e, message: e.message }))
		]);
		expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
		expect(answers[0]).toMatchObject({ code: 'people.wrong', status: 403 });
	});

	test('an unknown account is as much work as a wrong password', async () => {
		// Work, not time: what else the machine does is not counted. Hashing is nearly all of it.
		const work = async (email: string) => {
			const before = process.cpuUsage();
			await outcome(email, 'wrong');
			return process.cpuUsage(before).user;
		};
		await work('warm@example.dk');
		const unknown: number[] = [];
		const wrong: number[] = [];
		for (let i = 0; i < 5; i++) {
			await add(`known${i}@example.dk`);
			unknown.push(await work(`unknown${i}@example.dk`));
			wrong.push(await work(`known${i}@example.dk`));
		}
		expect(Math.min(...unknown)).toBeGreaterThan(Math.min(...wrong) / 2);
	});

	test('nothing of what was typed is written down', async () => {
		await outcome('typed-in-wrong-field-hunter2', 'hunter2-in-password');
		const kept = JSON.stringify([
			await db.sql`select * from events`,
			await db.sql`select * from sign_in_failures`
		]);
		expect(kept).not.toContain('hunter2');
		expect(kept).not.toContain('10.0.0.');
	});
});

describe('guessing', () => {
	test('at one account has to wait, from whatever address, even with the right password', async () => {
		await add('guessed@example.dk');
		for (let i = 0; i < LIMITS.account.free; i++)
			expect(await outcome('guessed@example.dk', `guess ${i}`)).toBe('people.wrong');
		await failed('guessed@example.dk', 6);
		await expect(attempt('guessed@example.dk', password)).rejects.toMatchObject({
			code: 'people.wait',
			status: 429,
			params: { seconds: expect.any(Number) }
		});
		expect(await outcome('maja@example.dk', password)).toBe('in');
	});

	test('at an account that is not there has to wait just the same', async () => {
		expect(await outcome('ghost@example.dk', 'a guess')).toBe('people.wrong');
		await failed('ghost@example.dk', LIMITS.account.free + 6);
		expect(await outcome('ghost@example.dk', 'one more')).toBe('people.wait');
	});

	test('many at once are looked at one by one: one try is let through, not thirty', async () => {
		await add('raced@example.dk');
		// Sixteen seconds to wait, just over; whoever comes first makes it thirty-two.
		await failed('raced@example.dk', LIMITS.account.free + 4, '20 seconds');
		const all = await Promise.all(
			Array.from({ length: 30 }, (_, i) => outcome('raced@example.dk', `guess ${i}`))
		);
		expect(all.filter((answer) => answer === 'people.wrong')).toHaveLength(1);
		expect(all.filter((answer) => answer === 'people.wait')).toHaveLength(29);
	});

	test('at many accounts from one address has to wait', async () => {
		const address = fresh();
		await failed(address, LIMITS.address.free + 6);
		expect(await outcome('maja@example.dk', password, address)).toBe('people.wait');
		expect(await outcome('maja@example.dk', password)).toBe('in');
	});

	test('is forgiven when the wait is over and the password right', async () => {
		await add('forgetful@example.dk');
		for (let i = 0; i < LIMITS.account.free; i++) await outcome('forgetful@example.dk', 'wrong');
		await db.sql`update sign_in_failures set at = at - interval '10 seconds'`;
		expect(await outcome('forgetful@example.dk', password)).toBe('in');
		for (let i = 0; i < LIMITS.account.free; i++)
			expect(await outcome('forgetful@example.dk', 'wrong')).toBe('people.wrong');
	});

	test('is forgotten after an hour', async () => {
		for (let i = 0; i < LIMITS.account.free; i++) await outcome('later@example.dk', 'wrong');
		await db.sql`update sign_in_failures set at = at - interval '61 minutes'`;
		expect(await outcome('later@example.dk', 'wrong')).toBe('people.wrong');
		expect(
			await db.sql`select 1 from sign_in_failures where at < now() - interval '1 hour'`
		).toHaveLength(0);
	});
});
