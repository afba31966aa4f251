import type { IncomingMessage } from 'node:http';
import { gather } from '#lib/base/gather.server.ts';
import type { Sql } from '#lib/base/sql.server.ts';
import { may } from '#lib/forum/access.ts';
import { areMembers } from '#lib/forum/forums.server.ts';
import { standings } from '#lib/forum/objects.server.ts';
import type { Person } from '#lib/people/person.ts';
import * as sessions from '#lib/people/sessions.server.ts';
import type { Closing } from '../closing.ts';
import { personColour } from '#lib/ui/faces.ts';
import { SCHEMA_NUMBER } from '../schema.ts';
import type { Admitted } from './connection.server.ts';

export type Guest = { person: Person; session: string; token: string };

/** What is asked of the database at the door, each by as many as come at once. */
const questions = (sql: Sql) => ({
	session: gather((tokens) => sessions.recogniseAll(sql, tokens)),
	object: gather((ids) => objectsOf(sql, ids)),
	standing: gather(async (asked) => {
		const answers = await standings(sql, asked.map(pair));
		return new Map(asked.map((one, index) => [one, answers[index] ?? null]));
	}),
	member: gather(async (asked) => {
		const answers = await areMembers(
			sql,
			asked.map(pair).map(({ person, object: forum }) => ({ person, forum }))
		);
		return new Map(asked.map((one, index) => [one, answers[index] ?? false]));
	})
});
const asked = new WeakMap<Sql, ReturnType<typeof questions>>();

function ask(sql: Sql): ReturnType<typeof questions> {
	let all = asked.get(sql);
	if (!all) asked.set(sql, (all = questions(sql)));
	return all;
}

/**
 * Whether the request came from one of our own pages; a browser always says where from. Without a settled
 * address ours is the one that was asked for: a foreign page's still differs from it.
 */
export function fromOurPages(request: IncomingMessage, ours: string | undefined): boolean {
	const { origin, host } = request.headers;
	if (!origin) return false;
	return ours ? origin === ours : URL.canParse(origin) && new URL(origin).host === host;
}

/** Who is signed in; null when nobody is. Costs no query without a token. */
export async function guest(sql: Sql, token: string | null): Promise<Guest | null> {
	const known = token && (await ask(sql).session(token));
	return known ? { person: known.person, session: known.sessionId, token } : null;
}

/** The object a document belongs to; null when there is no such document. */
export async function objectOf(sql: Sql, document: string): Promise<string | null> {
	return (await ask(sql).object(document)) ?? null;
}

export function tokenOf(request: IncomingMessage): string | null {
	try {
		return sessions.tokenIn(request.headers.cookie);
	} catch {
		return null; // a cookie that is no cookie of ours
	}
}

/** An older page would delete what it does not know; a newer one has met a node that is behind. */
export function judgeSchema(number: string | null): Closing | null {
	const given = Number(number ?? NaN);
	if (given === SCHEMA_NUMBER) return null;
	return given > SCHEMA_NUMBER ? 'come_back' : 'reload';
}

/** What this person may do with a document's text. */
export async function judge(sql: Sql, found: Guest, objectId: string): Promise<Admitted | Closing> {
	const stands = await ask(sql).standing(`${found.person.id} ${objectId}`);
	if (!stands || !may(stands.standing, 'know', stands.facts)) return 'not_found';
	if (!may(stands.standing, 'read', stands.facts)) return 'not_allowed';
	const { id, name } = found.person;
	return {
		person: { id, name, color: personColour(id) },
		session: found.session,
		token: found.token,
		write: may(stands.standing, 'write', stands.facts)
	};
}

/** Whether this person may know of an object or a forum, and so hear that it changed. */
export async function mayHear(sql: Sql, person: string, topic: string): Promise<boolean> {
	const stands = await ask(sql).standing(`${person} ${topic}`);
	if (stands) return may(stands.standing, 'know', stands.facts);
	return (await ask(sql).member(`${person} ${topic}`)) ?? false;
}

async function objectsOf(sql: Sql, ids: string[]): Promise<Map<string, string>> {
	const rows = await sql<{ id: string; objectId: string }[]>`
		select id, object_id "objectId" from documents where id = any(${ids}::uuid[])`;
	return new Map(rows.map((row) => [row.id, row.objectId]));
}

function pair(question: string): { person: string; object: string } {
	const [person = '', object = ''] = question.split(' ');
	return { person, object };
}
