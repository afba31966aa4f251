import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { transact, type Tx } from '#lib/base/sql.server.ts';
import * as departments from '#lib/people/departments.server.ts';
import * as persons from '#lib/people/persons.server.ts';
import { matches } from '#lib/people/passwords.server.ts';
import { freshDatabase, type TestDatabase } from '../support/database.ts';

let db: TestDatabase;
const tx = <T>(work: (tx: Tx) => Promise<T>) => transact(work, db.sql);
const maja = { name: 'Maja Krog', email: 'maja@example.dk', password: 'en lille sætning' };
const first = (input = maja) =>
	tx((t) => persons.createFirst(t, () => departments.named(t, null, 'Direktionen'), input));

beforeEach(async () => {
	db = await freshDatabase();
});
afterEach(() => db.drop());

describe('the first person', () => {
	test('is made once, however many come at the same moment', async () => {
		const all = await Promise.allSettled(
			Array.from({ length: 6 }, (_, i) => first({ ...maja, email: `first${i}@example.dk` }))
		);
		expect(all.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
		for (const one of all)
			if (one.status === 'rejected')
				expect(one.reason).toMatchObject({ code: 'people.already_set_up', status: 403 });
		expect(await db.sql`select 1 from persons`).toHaveLength(1);
		expect(await db.sql`select 1 from departments`).toHaveLength(1);
	});

	test('with a password that cannot be used leaves nothing behind', async () => {
		await expect(first({ ...maja, password: 'kort' })).rejects.toMatchObject({
			code: 'people.password_short'
		});
		expect(await persons.any(db.sql)).toBe(false);
		expect(await db.sql`select 1 from departments`).toHaveLength(0);
		expect(await db.sql`select 1 from events`).toHaveLength(0);
	});
});

describe('a person', () => {
	test('is not added twice under one address', async () => {
		const { departmentId } = await first();
		const again = tx((t) =>
			persons.create(t, null, { ...maja, email: 'MAJA@example.dk', departmentId })
		);
		await expect(again).rejects.toMatchObject({ code: 'people.email_taken' });
		expect(await db.sql`select 1 from persons`).toHaveLength(1);
	});

	test('changes password only by showing the old one', async () => {
		const person = await first();
		const change = (old: string, password: string) =>
			tx((t) => persons.changePassword(t, person, null, { old, password }));
		const stored = async () =>
			(await db.sql<{ h: string }[]>`select password_hash h from persons`)[0]!.h;
		const before = await stored();
		await expect(change('forkert', 'en ny lille sætning')).rejects.toMatchObject({
			code: 'people.old_password_wrong'
		});
		await expect(change(maja.password, 'maja@example.dk')).rejects.toMatchObject({
			code: 'people.password_guessable'
		});
		expect(await stored()).toBe(before);
		await change(maja.password, 'en ny lille sætning');
		expect(await matches(await stored(), 'en ny lille sætning')).toBe(true);
		expect(await matches(await stored(), maja.password)).toBe(false);
	});

	test('moves to another department, and is judged there', async () => {
		const person = await first();
		const to = await tx((t) => departments.named(t, null, 'Økonomi'));
		await tx((t) => persons.move(t, person, person.id, to));
		expect(await persons.find(db.sql, person.id)).toEqual({
			...person,
			departmentId: to,
			departmentName: 'Økonomi'
		});
		const [event] = await db.sql`select detail from events where verb = 'person.moved'`;
		expect(event).toMatchObject({ detail: { department: to } });
	});

	test('leaves events for what they did, without what they typed', async () => {
		const person = await first();
		await tx((t) => persons.speak(t, person, 'en'));
		await tx((t) => persons.describe(t, person, { name: 'Maja B. Krog', title: 'Direktør' }));
		const events = await db.sql<{ verb: string }[]>`select verb, detail from events order by id`;
		expect(events.map(({ verb }) => verb)).toEqual([
			'department.created',
			'person.created',
			'person.language_chosen',
			'person.described'
		]);
		expect(JSON.stringify(events)).not.toContain(maja.password);
		expect(await persons.find(db.sql, person.id)).toMatchObject({
			name: 'Maja B. Krog',
			title: 'Direktør',
			locale: 'en'
		});
	});
});
