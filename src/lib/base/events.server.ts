import type { Db, Tx } from './sql.server.ts';
import { notify } from './notify.server.ts';

export type Act = {
	/** Who acted; null is the system itself. */
	person: string | null;
	/** Object kind and what happened, in the past tense: 'case.circulated'. */
	verb: string;
	kind?: string;
	object?: string;
	forum?: string;
	/** Ids and plain facts; never a secret, a suppressed number or private text. */
	detail?: Record<string, unknown>;
};

/**
 * Writes an act down and tells the pages that show its object or forum. Part of the verb's own
 * transaction, so an act without its event, or the reverse, cannot be.
 */
export async function record(tx: Tx, act: Act): Promise<void> {
	await tx`
		insert into events (person_id, verb, object_kind, object_id, forum_id, detail)
		values (${act.person}, ${act.verb}, ${act.kind ?? null}, ${act.object ?? null},
			${act.forum ?? null}, ${tx.json((act.detail ?? {}) as never)})`;
	await notify(tx, { type: 'outbox' });
	for (const topic of [act.object, act.forum])
		if (topic) await notify(tx, { type: 'topic', topic });
}

export type EventRow = {
	id: number;
	at: Date;
	personId: string | null;
	verb: string;
	kind: string | null;
	objectId: string | null;
	forumId: string | null;
	detail: Record<string, unknown>;
};

/** Events of a forum or an object, newest first. */
export async function recent(
	db: Db,
	where: { forum?: string; object?: string },
	limit = 50
): Promise<EventRow[]> {
	return await db<EventRow[]>`
		select id::float8, at, person_id "personId", verb, object_kind kind, object_id "objectId",
			forum_id "forumId", detail
		from events
		where ${where.object ? db`object_id = ${where.object}` : db`forum_id = ${where.forum ?? null}`}
		order by id desc limit ${limit}`;
}
