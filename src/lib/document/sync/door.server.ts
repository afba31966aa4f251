import type { IncomingMessage } from 'node:http';
import type { Sql } from '#lib/base/sql.server.ts';
import { may } from '#lib/forum/access.ts';
import { standingOf } from '#lib/forum/objects.server.ts';
import type { Person } from '#lib/people/person.ts';
import * as sessions from '#lib/people/sessions.server.ts';
import type { Closing } from '../closing.ts';
import { personColour } from '#lib/ui/faces.ts';
import { SCHEMA_NUMBER } from '../schema.ts';
import type { Admitted } from './connection.server.ts';

export type Guest = { person: Person; session: string; token: string };

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
	const known = token && (await sessions.recognise(sql, token));
	return known ? { person: known.person, session: known.sessionId, token } : null;
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
	const stands = await standingOf(sql, found.person.id, objectId);
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
