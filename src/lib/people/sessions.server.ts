import { createHash, randomBytes } from 'node:crypto';
import { PostgresJsAdapter } from '@lucia-auth/adapter-postgresql';
import { Lucia, TimeSpan, type DatabaseSession, type DatabaseUser } from 'lucia';
import type { Db, Tx } from '../base/sql.server.ts';
import { notFound } from '../base/errors.ts';
import { record } from '../base/events.server.ts';
import { notify } from '../base/notify.server.ts';
import type { Person } from './person.ts';

/**
 * Sessions; the only file that knows lucia. lucia and the database see sha256(token), the cookie holds
 * the token, and everyone else names a session by its public id.
 */

export const COOKIE = 'raadslag_session';
/** A session ends after this many days; lucia renews it whenever half of them are gone. */
const DAYS = 14;
/** The cookie outlasts the session: the server says when it ends, so sockets may renew it too. Seconds. */
export const COOKIE_AGE = 400 * 24 * 3600;

type PersonRow = {
	name: string;
	email: string;
	department_id: string;
	department_name: string;
	title: string;
	locale: Person['locale'];
};
type SessionRow = { public_id: string };
type Found = {
	session: DatabaseSession;
	user: DatabaseUser | null;
	unseen: boolean;
	seen: string;
};

/** lucia's adapter asks twice for each session; this one has asked once for as many as there are. */
class Adapter extends PostgresJsAdapter {
	#found: Map<string, Found>;

	constructor(db: Db, found: Map<string, Found>) {
		super(db as never, { user: 'active_persons', session: 'sessions' });
		this.#found = found;
	}

	override async getSessionAndUser(
		id: string
	): Promise<[DatabaseSession | null, DatabaseUser | null]> {
		const found = this.#found.get(id);
		return [found?.session ?? null, found?.user ?? null];
	}

	override async updateSessionExpiration(id: string, expiresAt: Date): Promise<void> {
		await whereWritten(super.updateSessionExpiration(id, expiresAt));
	}
}

function luciaOn(db: Db, found = new Map<string, Found>()) {
	return new Lucia(new Adapter(db, found), {
		sessionExpiresIn: new TimeSpan(DAYS, 'd'),
		getSessionAttributes: (row: SessionRow) => ({ publicId: row.public_id }),
		getUserAttributes: (row: PersonRow) => ({
			name: row.name,
			email: row.email,
			departmentId: row.department_id,
			departmentName: row.department_name,
			title: row.title,
			locale: row.locale
		})
	});
}

declare module 'lucia' {
	interface Register {
		Lucia: ReturnType<typeof luciaOn>;
		DatabaseSessionAttributes: SessionRow;
		DatabaseUserAttributes: PersonRow;
	}
}

export type Opened = { token: string; publicId: string };

/** A new session for a person who has shown who they are. The token goes in the cookie and nowhere else. */
export async function open(tx: Tx, person: Person, userAgent: string): Promise<Opened> {
	const token = randomBytes(32).toString('base64url');
	const publicId = crypto.randomUUID();
	const attributes = { public_id: publicId, user_agent: userAgent.slice(0, 300) };
	await luciaOn(tx).createSession(person.id, attributes, {
		sessionId: digest(token)
	});
	await record(tx, {
		person: person.id,
		verb: 'session.opened',
		kind: 'person',
		object: person.id,
		detail: { session: publicId }
	});
	return { token, publicId };
}

export type Known = {
	person: Person;
	/** The session's public id. */
	sessionId: string;
	/** What the database showed at that moment, as Postgres writes a snapshot: what is read later shows no less. */
	seen: string;
};

/** Whose token it is, or null: unknown, expired, revoked, or the person deactivated. */
export async function recognise(db: Db, token: string | null | undefined): Promise<Known | null> {
	return (token && (await recogniseAll(db, [token])).get(token)) || null;
}

/** Whose tokens these are, in one query. What is nobody's is not among the answers. */
export async function recogniseAll(db: Db, tokens: string[]): Promise<Map<string, Known>> {
	const ids = new Map(tokens.filter(({ length }) => length <= 100).map((t) => [digest(t), t]));
	const known = new Map<string, Known>();
	if (ids.size === 0) return known;
	const found = await read(db, [...ids.keys()]);
	const lucia = luciaOn(db, found);
	for (const [id, token] of ids) {
		const { session, user } = await lucia.validateSession(id);
		if (session)
			known.set(token, {
				person: { ...user },
				sessionId: session.publicId,
				seen: found.get(id)!.seen
			});
	}
	const unseen = [...found].flatMap(([id, { unseen }]) => (unseen ? [id] : []));
	if (unseen.length > 0)
		await whereWritten(db`update sessions set seen_at = now() where id = any(${unseen})`);
	return known;
}

/** Notes for later: while the database only reads, people are recognised all the same. */
async function whereWritten(writing: PromiseLike<unknown>): Promise<void> {
	try {
		await writing;
	} catch (error) {
		const readOnly = '25006'; // read_only_sql_transaction
		if ((error as { code?: string }).code !== readOnly) throw error;
	}
}

type FoundRow = { id: string; user_id: string; expires_at: Date } & SessionRow & {
		unseen: boolean;
		seen: string;
		person: PersonRow | null;
	};

async function read(db: Db, ids: string[]): Promise<Map<string, Found>> {
	const rows = await db<FoundRow[]>`
		select s.id, s.user_id, s.expires_at, s.public_id, s.seen_at < now() - interval '5 minutes' unseen,
			to_jsonb(p) person, pg_current_snapshot()::text seen
		from sessions s
		left join lateral (select * from active_persons where id = s.user_id limit 1) p on true
		where s.id = any(${ids})`;
	return new Map(
		rows.map(
			({ id, user_id: userId, expires_at: expiresAt, unseen, seen, person, ...attributes }) => {
				const session = { id, userId, expiresAt, attributes };
				const user = person && { id: userId, attributes: person };
				return [id, { session, user, unseen, seen }];
			}
		)
	);
}

/** The token in a `cookie` header, for sockets; pages get it from Kit. */
export function tokenIn(cookies: string | null | undefined): string | null {
	for (const cookie of (cookies ?? '').split(';')) {
		const [name, value] = cookie.trim().split('=', 2);
		// A token is base64url: anything else in its place is nobody's.
		if (name === COOKIE && value && /^[\w-]+$/.test(value)) return value;
	}
	return null;
}

export type OwnSession = {
	id: string;
	createdAt: Date;
	seenAt: Date;
	expiresAt: Date;
	userAgent: string;
};

/** One's own sessions, the latest used first. */
export async function list(db: Db, person: Person): Promise<OwnSession[]> {
	return await db<OwnSession[]>`
		select public_id id, created_at "createdAt", seen_at "seenAt", expires_at "expiresAt", user_agent "userAgent"
		from sessions where user_id = ${person.id} and expires_at > now()
		order by seen_at desc, created_at desc`;
}

/** Ends one of one's own sessions; its sockets close. Another's is not found. */
export async function revoke(tx: Tx, person: Person, publicId: string): Promise<void> {
	const ended = await tx`
		delete from sessions where public_id = ${publicId} and user_id = ${person.id} returning id`;
	if (ended.length === 0) notFound();
	await tell(tx, person, [publicId], 'session.revoked');
}

/** Ends all of one's own sessions but this. Returns how many. */
export async function revokeOthers(
	tx: Tx,
	person: Person,
	publicId: string | null
): Promise<number> {
	const ended = await tx<{ id: string }[]>`
		delete from sessions where user_id = ${person.id} and public_id is distinct from ${publicId}
		returning public_id id`;
	await tell(
		tx,
		person,
		ended.map((session) => session.id),
		'session.revoked'
	);
	return ended.length;
}

/** Ends the session one is in. Already ended is as good. */
export async function close(tx: Tx, person: Person, publicId: string): Promise<void> {
	const ended = await tx`
		delete from sessions where public_id = ${publicId} and user_id = ${person.id} returning id`;
	if (ended.length > 0) await tell(tx, person, [publicId], 'session.closed');
}

/** Forgets sessions that have run out. */
export async function sweep(db: Db): Promise<void> {
	await luciaOn(db).deleteExpiredSessions();
}

async function tell(tx: Tx, person: Person, publicIds: string[], verb: string): Promise<void> {
	for (const session of publicIds) {
		await record(tx, {
			person: person.id,
			verb,
			kind: 'person',
			object: person.id,
			detail: { session }
		});
		await notify(tx, { type: 'access', session, person: person.id });
	}
}

function digest(token: string): string {
	return createHash('sha256').update(token).digest('hex');
}
