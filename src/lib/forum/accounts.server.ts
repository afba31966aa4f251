import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { today } from '../base/clock.ts';
import { notAllowed, notFound, refuse } from '../base/errors.ts';
import { record } from '../base/events.server.ts';
import type { Db, Tx } from '../base/sql.server.ts';
import type { Person } from '../people/person.ts';
import { mayCreate } from './access.ts';
import {
	bearer,
	CALLS,
	mayLast,
	stateOf,
	TOKEN,
	TOKEN_WORD,
	type AccountState,
	type NewAccount
} from './accounts.ts';
import { conducts, membership } from './forums.server.ts';
import { hasLeft } from './leaving.server.ts';
import { allowed, judge, reach } from './objects.server.ts';

/** Service accounts as rows. The database holds sha256 of the token, which is 32 random bytes and is shown once. */

/** Lets another system in to these objects. Whoever makes it may import to each of them, and answers for it. */
export async function create(
	tx: Tx,
	person: Person,
	slugOrId: string,
	{ name, expiresOn, objects }: NewAccount
): Promise<{ id: string; token: string }> {
	const forum = await membership(tx, person, slugOrId);
	if (!mayCreate(forum.role, 'dataset', forum.chair)) notAllowed();
	if (!mayLast(today(), expiresOn)) refuse('forum.account_until', { field: 'expiresOn' });
	if (objects.length === 0) refuse('forum.account_for_nothing', { field: 'objects' });
	for (const object of objects) {
		const { facts } = await judge(tx, person, 'import', object);
		if (facts.forumId !== forum.id) notFound();
	}
	const id = randomUUID();
	const token = TOKEN_WORD + randomBytes(32).toString('base64url');
	await tx`
		insert into persons (id, name, email, password_hash, department_id, service)
		values (${id}, ${name}, ${`${id}@service.invalid`}, 'none', ${person.departmentId}, true)`;
	await tx`
		insert into service_accounts (id, forum_id, responsible_id, token_hash, hint, expires_on, allowance)
		values (${id}, ${forum.id}, ${person.id}, ${hashOf(token)}, ${token.slice(-4)}, ${expiresOn}, ${CALLS.atOnce})`;
	await tx`
		insert into service_grants (account_id, object_id) select ${id}, object from unnest(${objects}::uuid[]) object`;
	await record(tx, {
		person: person.id,
		verb: 'account.created',
		kind: 'account',
		object: id,
		forum: forum.id,
		detail: { member: id, objects, until: expiresOn }
	});
	return { id, token };
}

/** Shuts it out at once. Whoever answers for it does, the chair, and whoever may import to all it reaches. */
export async function revoke(tx: Tx, person: Person, slugOrId: string, id: string): Promise<void> {
	const forum = await membership(tx, person, slugOrId);
	const [account] = await tx<{ responsibleId: string; objects: string[] }[]>`
		select responsible_id "responsibleId",
			array(select object_id from service_grants where account_id = a.id) objects
		from service_accounts a where id::text = ${id} and forum_id = ${forum.id} for update`;
	if (!account) return notFound();
	if (account.responsibleId !== person.id && !forum.chair)
		for (const object of account.objects) await judge(tx, person, 'import', object);
	const ended = await tx`
		update service_accounts set revoked_at = clock_timestamp(), revoked_by = ${person.id}
		where id = ${id} and revoked_at is null returning id`;
	if (ended.length === 0) return;
	await tx`update persons set deactivated_at = now() where id = ${id}`;
	await record(tx, {
		person: person.id,
		verb: 'account.revoked',
		kind: 'account',
		object: id,
		forum: forum.id,
		detail: { member: id }
	});
}

/**
 * Another answers for it from now on (D13): one who may import to everything it reaches. Who answers for it
 * says so, the chair, the secretary or a director.
 */
export async function handOver(
	tx: Tx,
	person: Person,
	slugOrId: string,
	id: string,
	to: string
): Promise<void> {
	const forum = await membership(tx, person, slugOrId);
	const [account] = await tx<{ responsibleId: string; revoked: boolean; objects: string[] }[]>`
		select responsible_id "responsibleId", revoked_at is not null revoked,
			array(select object_id from service_grants where account_id = a.id) objects
		from service_accounts a where id::text = ${id} and forum_id = ${forum.id} for update`;
	if (!account) return notFound();
	const theirs = account.responsibleId === person.id && forum.role !== 'observer';
	if (!theirs && !conducts(forum) && forum.role !== 'director') notAllowed();
	if (account.revoked) refuse('forum.token_revoked', { status: 409 });
	if (account.responsibleId === to) return;
	for (const object of account.objects)
		if (!(await allowed(tx, to, 'import', object))) refuse('forum.may_not_import', { field: 'to' });
	await tx`update service_accounts set responsible_id = ${to} where id = ${id}`;
	await record(tx, {
		person: person.id,
		verb: 'account.handed_over',
		kind: 'account',
		object: id,
		forum: forum.id,
		detail: { member: id, from: account.responsibleId, to }
	});
}

export type AccountLine = {
	id: string;
	name: string;
	responsibleName: string;
	/** They have left the forum: it is let in nowhere until someone else answers for it. */
	responsibleLeft: boolean;
	hint: string;
	expiresOn: string;
	lastUsedAt: Date | null;
	state: AccountState;
	objects: { id: string; title: string }[];
	mayRevoke: boolean;
};

/** A forum's accounts, newest first, for members who may make one. What one cannot read is not named. */
export async function list(db: Db, person: Person, slugOrId: string): Promise<AccountLine[]> {
	const forum = await membership(db, person, slugOrId);
	if (!mayCreate(forum.role, 'dataset', forum.chair)) return notAllowed();
	const rows = await db<
		(Omit<AccountLine, 'state' | 'mayRevoke'> & { revokedAt: Date | null; responsibleId: string })[]
	>`
		select a.id, p.name, r.name "responsibleName",
			${hasLeft(db, db`a.responsible_id`, db`a.forum_id`)} "responsibleLeft", a.responsible_id "responsibleId", a.hint,
			a.expires_on "expiresOn", a.last_used_at "lastUsedAt", a.revoked_at "revokedAt", coalesce((
				select jsonb_agg(jsonb_build_object('id', o.id, 'title', o.title) order by o.title collate "da-x-icu")
				from service_grants g join objects o on o.id = g.object_id
				where g.account_id = a.id and ${reach(db, person, 'read')}), '[]') objects
		from service_accounts a join persons p on p.id = a.id join persons r on r.id = a.responsible_id
		where a.forum_id = ${forum.id} order by a.created_at desc, a.id`;
	const lines: AccountLine[] = [];
	for (const { revokedAt, responsibleId, ...row } of rows) {
		const state = stateOf({ revokedAt, expiresOn: row.expiresOn }, today());
		const own = responsibleId === person.id || forum.chair;
		lines.push({
			...row,
			state,
			mayRevoke: state !== 'revoked' && (own || (await mayImportTo(db, person, row.objects)))
		});
	}
	return lines;
}

async function mayImportTo(db: Db, person: Person, objects: { id: string }[]): Promise<boolean> {
	for (const { id } of objects)
		if (!(await judge(db, person, 'import', id).catch(() => null))) return false;
	return objects.length > 0;
}

type Transact = <T>(work: (tx: Tx) => Promise<T>) => Promise<T>;

/**
 * Who calls, by the `Authorization` header. Counts the call in a transaction of its own, before anything is
 * done for it. An account whose responsible person has left the forum is let in nowhere (D13).
 */
export async function recognise(transact: Transact, header: string | null): Promise<Person> {
	const token = bearer(header);
	if (!token) return refuse('forum.token_missing', { status: 401 });
	if (!TOKEN.test(token)) return refuse('forum.token_wrong', { status: 401 });
	return await transact(async (tx) => {
		const [found] = await tx<Found[]>`
			select p.id, p.name, p.email, p.department_id "departmentId", d.name "departmentName", p.title, p.locale,
				a.revoked_at "revokedAt", a.expires_on "expiresOn", exists (
					select from members m join persons r on r.id = m.person_id and r.deactivated_at is null
					where m.forum_id = a.forum_id and m.person_id = a.responsible_id and m.role <> 'observer') answered
			from service_accounts a join persons p on p.id = a.id join departments d on d.id = p.department_id
			where a.token_hash = ${hashOf(token)}`;
		if (!found) return refuse('forum.token_wrong', { status: 401 });
		const { revokedAt, expiresOn, answered, ...person } = found;
		const state = stateOf({ revokedAt, expiresOn }, today());
		if (state === 'revoked') refuse('forum.token_revoked', { status: 401 });
		if (state === 'expired') refuse('forum.token_expired', { status: 401, date: expiresOn });
		if (!answered) refuse('forum.account_unanswered', { status: 403 });
		return { person, wait: await count(tx, found.id) };
	}).then(({ person, wait }) =>
		wait > 0 ? refuse('forum.too_many_calls', { status: 429, seconds: wait }) : person
	);
}

type Found = Person & { revokedAt: Date | null; expiresOn: string; answered: boolean };

/** Takes one call off the account's allowance; how many seconds it must wait when there is none left. */
async function count(tx: Tx, id: string): Promise<number> {
	const [row] = await tx<{ left: number }[]>`
		update service_accounts a set allowance = greatest(filled - 1, -1), refilled_at = clock_timestamp(),
			last_used_at = clock_timestamp()
		from (
			select id, least(${CALLS.atOnce}, allowance
				+ extract(epoch from clock_timestamp() - refilled_at) / ${CALLS.secondsEach}::float8)::float8 filled
			from service_accounts where id = ${id} for update
		) now where a.id = now.id returning allowance "left"`;
	return row!.left < 0 ? Math.ceil(-row!.left * CALLS.secondsEach) : 0;
}

const hashOf = (token: string) => createHash('sha256').update(token).digest('hex');
