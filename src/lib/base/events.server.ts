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

const SEARCHED = 100; // events of a topic, from the newest

/**
 * Which of these objects and forums have an event that was not there yet in a snapshot (`pg_current_snapshot`),
 * also one whose transaction had begun. Older than an hour is not looked for: a page that old has listened long since.
 */
export async function changedSince(db: Db, topics: string[], snapshot: string): Promise<string[]> {
	const rows = await db<{ topic: string }[]>`
		select topic::text from unnest(${topics}::uuid[]) topic
		where exists (
			select from (
				(select at, xact from events where object_id = topic order by id desc limit ${SEARCHED})
				union all
				(select at, xact from events where forum_id = topic order by id desc limit ${SEARCHED})
			) e where e.at > now() - interval '1 hour'
				and not pg_visible_in_snapshot(e.xact, ${snapshot}::pg_snapshot)
		)`;
	return rows.map(({ topic }) => topic);
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
