import { z } from 'zod';
import type { Db, Sql } from './sql.server.ts';

/**
 * The one bus between processes: Postgres' NOTIFY, sent when the transaction commits. A note says
 * that something changed and where to look; it never carries content (8,000 bytes is its limit).
 */
const note = z.discriminatedUnion('type', [
	/** An object or a forum changed: pages that show it load again. */
	z.object({ type: z.literal('topic'), topic: z.string() }),
	/** A document's log grew to this number. */
	z.object({ type: z.literal('update'), document: z.string(), seq: z.number() }),
	z.object({ type: z.literal('document_closed'), document: z.string() }),
	/** What someone may do has changed: their sockets are judged again. */
	z.object({
		type: z.literal('access'),
		person: z.string().optional(),
		object: z.string().optional(),
		session: z.string().optional()
	}),
	/** Reactions are waiting. */
	z.object({ type: z.literal('outbox') })
]);
export type Note = z.infer<typeof note>;

export const CHANNEL = 'raadslag';

/** Sends a note when the transaction commits (at once outside one). */
export async function notify(db: Db, message: Note): Promise<void> {
	await db`select pg_notify(${CHANNEL}, ${JSON.stringify(message)})`;
}

/**
 * Hears every note. `onready` runs each time the connection is (re)made: notes sent while it was
 * away are gone, so the listener looks for itself then.
 */
export async function listen(
	db: Sql,
	handler: (message: Note) => void,
	onready: () => void = () => {}
): Promise<{ stop: () => Promise<void> }> {
	const { unlisten } = await db.listen(
		CHANNEL,
		(text) => {
			const parsed = note.safeParse(parseJson(text));
			if (parsed.success) handler(parsed.data); // a newer node may send kinds this one does not know
		},
		onready
	);
	return { stop: unlisten };
}

function parseJson(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}
