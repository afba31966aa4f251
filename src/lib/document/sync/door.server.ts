import type { IncomingMessage } from 'node:http';
import type { Sql } from '#lib/base/sql.server.ts';
import { may } from '#lib/forum/access.ts';
import { standingOf } from '#lib/forum/objects.server.ts';
import type { Person } from '#lib/people/person.ts';
import type { Closing } from '../closing.ts';
import { colourOf } from '../colour.ts';
import { SCHEMA_NUMBER } from '../schema.ts';
import type { Admitted } from './connection.server.ts';

/** How the door asks who is signed in; people/sessions.server.ts answers. */
export type Sessions = {
	cookie: string;
	validate: (db: Sql, token: string) => Promise<{ person: Person; sessionId: string } | null>;
};

export type Guest = { person: Person; session: string; token: string };

/** Whether the request came from one of our own pages. A browser always says where from. */
export function fromOurPages(request: IncomingMessage, origins: readonly string[]): boolean {
	const { origin } = request.headers;
	return origin !== undefined && origins.includes(origin);
}

/** Who is signed in behind a request; null when nobody is. Costs no query without a cookie. */
export async function guest(
	sql: Sql,
	sessions: Sessions,
	token: string | undefined
): Promise<Guest | null> {
	if (!token) return null;
	const found = await sessions.validate(sql, token);
	return found && { person: found.person, session: found.sessionId, token };
}

export function tokenOf(request: IncomingMessage, cookie: string): string | undefined {
	for (const part of (request.headers.cookie ?? '').split(';')) {
		const at = part.indexOf('=');
		if (part.slice(0, at).trim() === cookie) return decodeURIComponent(part.slice(at + 1).trim());
	}
	return undefined;
}

/** An older page would delete what it does not know; a newer one has met a node that is behind. */
export function judgeSchema(number: string | null): Closing | null {
	const given = Number(number ?? NaN);
	if (given === SCHEMA_NUMBER) return null;
	return given > SCHEMA_NUMBER ? 'come_back' : 'reload';
}

/** What this person may do with a document's text. */
export async function judge(sql: Sql, found: Guest, objectId: string): Promise<Admitted | Closing> {
	const stands = await standingOf(sql, found.person.id, objectId);
	if (!stands || !may(stands.standing, 'know', stands.facts)) return 'not_found';
	if (!may(stands.standing, 'read', stands.facts)) return 'not_allowed';
	const { id, name } = found.person;
	return {
		person: { id, name, color: colourOf(id) },
		session: found.session,
		token: found.token,
		write: may(stands.standing, 'write', stands.facts)
	};
}
