import type { Db, Tx } from '../base/sql.server.ts';
import { notFound, refuse } from '../base/errors.ts';
import { record } from '../base/events.server.ts';
import { notify } from '../base/notify.server.ts';
import type { Locale } from '../base/format.ts';
import { hashed, matches } from './passwords.server.ts';
import { asEmail, type Person } from './person.ts';
import { revokeOthers } from './sessions.server.ts';

export type NewPerson = {
	name: string;
	email: string;
	password: string;
	departmentId: string;
	title?: string;
	locale?: Locale | null;
};

const columns = (db: Db) => db`
	id, name, email, department_id "departmentId", department_name "departmentName", title, locale`;

export async function find(db: Db, id: string): Promise<Person> {
	const [row] = await db<Person[]>`select ${columns(db)} from active_persons where id = ${id}`;
	return row ?? notFound();
}

export async function byEmail(db: Db, email: string): Promise<Person | null> {
	const [row] = await db<Person[]>`
		select ${columns(db)} from active_persons where email = ${asEmail(email)}`;
	return row ?? null;
}

/** Whether anyone is here yet; before that, the product asks for its first person. */
export async function any(db: Db): Promise<boolean> {
	const [row] = await db<{ any: boolean }[]>`select exists (select from persons) "any"`;
	return row!.any;
}

/** Adds a person. `person` is who adds; the door has judged that they may. */
export async function create(
	tx: Tx,
	person: Person | null,
	{ name, email, password, departmentId, title = '', locale = null }: NewPerson
): Promise<Person> {
	const hash = await hashed(password, { name, email });
	const [row] = await tx<{ id: string }[]>`
		insert into persons (name, email, password_hash, department_id, title, locale)
		values (${name.trim()}, ${asEmail(email)}, ${hash}, ${departmentId}, ${title.trim()}, ${locale})
		on conflict (email) do nothing returning id`;
	if (!row) return refuse('people.email_taken', { email: asEmail(email), field: 'email' });
	await record(tx, {
		person: person?.id ?? null,
		verb: 'person.created',
		kind: 'person',
		object: row.id
	});
	return await find(tx, row.id);
}

const FIRST = 7263841; // any number: two first visits at once take turns

/** The first person there is. Refused as soon as there is one, however many ask at once. */
export async function createFirst(
	tx: Tx,
	departmentOf: () => Promise<string>,
	input: Omit<NewPerson, 'departmentId'>
): Promise<Person> {
	await tx`select pg_advisory_xact_lock(${FIRST})`;
	if (await any(tx)) return refuse('people.already_set_up', { status: 403 });
	return await create(tx, null, { ...input, departmentId: await departmentOf() });
}

/** One's own name and title. */
export async function describe(
	tx: Tx,
	person: Person,
	input: { name: string; title: string }
): Promise<void> {
	await tx`update persons set name = ${input.name.trim()}, title = ${input.title.trim()} where id = ${person.id}`;
	await record(tx, {
		person: person.id,
		verb: 'person.described',
		kind: 'person',
		object: person.id
	});
}

/** One's own language, or null to follow the browser. */
export async function speak(tx: Tx, person: Person, locale: Locale | null): Promise<void> {
	await tx`update persons set locale = ${locale} where id = ${person.id}`;
	await record(tx, {
		person: person.id,
		verb: 'person.language_chosen',
		kind: 'person',
		object: person.id,
		detail: { locale }
	});
}

/**
 * A new password for oneself, by showing the old one. Whoever else knew that one is out: all one's sessions
 * end but `sessionId`, the one it is done from.
 */
export async function changePassword(
	tx: Tx,
	person: Person,
	sessionId: string | null,
	input: { old: string; password: string }
): Promise<void> {
	const [row] = await tx<{ hash: string }[]>`
		select password_hash hash from persons where id = ${person.id} and deactivated_at is null for update`;
	if (!(await matches(row?.hash ?? null, input.old)))
		refuse('people.old_password_wrong', { status: 403, field: 'old' });
	const hash = await hashed(input.password, person);
	await tx`update persons set password_hash = ${hash} where id = ${person.id}`;
	await record(tx, {
		person: person.id,
		verb: 'person.password_changed',
		kind: 'person',
		object: person.id
	});
	await revokeOthers(tx, person, sessionId);
}

/**
 * Another department becomes a person's home; what access to its data rests on that is judged again. The door
 * has judged that `person` may.
 */
export async function move(
	tx: Tx,
	person: Person,
	id: string,
	departmentId: string
): Promise<void> {
	const { departmentId: before } = await find(tx, id);
	if (before === departmentId) return;
	await tx`update persons set department_id = ${departmentId} where id = ${id}`;
	await record(tx, {
		person: person.id,
		verb: 'person.moved',
		kind: 'person',
		object: id,
		detail: { department: departmentId }
	});
	await notify(tx, { type: 'access', person: id });
}

/** Ends a person's access everywhere, at once. The door has judged that `person` may. */
export async function deactivate(tx: Tx, person: Person, id: string): Promise<void> {
	if (id === person.id) refuse('people.not_oneself');
	const [row] = await tx`
		update persons set deactivated_at = now() where id = ${id} and deactivated_at is null returning id`;
	if (!row) notFound();
	await tx`delete from sessions where user_id = ${id}`;
	await record(tx, { person: person.id, verb: 'person.deactivated', kind: 'person', object: id });
	await notify(tx, { type: 'access', person: id });
}
