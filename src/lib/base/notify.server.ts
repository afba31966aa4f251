import { z } from 'zod';
import type { Db, Sql } from './sql.server.ts';

/**
 * The one bus between processes: Postgres' NOTIFY, sent when the transaction commits. A note says that
 * something changed and where to look. Small edits of shared text and carets travel in it, which spares
 * every node a read; what is beyond a note's limit goes by number. Another bus would be put here.
 */
const note = z.discriminatedUnion('type', [
	/** An object or a forum changed: pages that show it load again. */
	z.object({ type: z.literal('topic'), topic: z.string() }),
	/** A document's log grew to `seq`. `edits`, when they fit: all from `first` on, in base64. */
	z.object({
		type: z.literal('update'),
		document: z.string(),
		seq: z.number(),
		by: z.string().nullish(),
		first: z.number().optional(),
		edits: z.array(z.string()).nullish()
	}),
	z.object({ type: z.literal('document_closed'), document: z.string() }),
	/** What someone may do has changed: their sockets are judged again. */
	z.object({
		type: z.literal('access'),
		person: z.string().optional(),
		object: z.string().optional(),
		session: z.string().optional()
	}),
	/** Reactions are waiting. */
	z.object({ type: z.literal('outbox') }),
	/** A sync node lives, or goes. */
	z.object({ type: z.literal('node'), by: z.string(), here: z.boolean() }),
	/** Documents a sync node has opened, or let go. Whoever has them too answers with who is in them. */
	z.object({
		type: z.literal('documents'),
		by: z.string(),
		opened: z.array(z.string()),
		left: z.array(z.string())
	}),
	/** Carets: client id, clock, state. */
	z.object({
		type: z.literal('presence'),
		by: z.string(),
		document: z.string(),
		entries: z.array(z.tuple([z.number(), z.number(), z.string()]))
	})
]);
export type Note = z.infer<typeof note>;

/** For notes that are sent where their rows are written. */
export const CHANNEL = 'raadslag';
/** Postgres' limit for one note, with room for what JSON adds. Bytes. */
export const LARGEST_NOTE = 7_000;

/** Sends a note when the transaction commits (at once outside one). */
export async function notify(db: Db, message: Note): Promise<void> {
	await db`select pg_notify(${CHANNEL}, ${JSON.stringify(message)})`;
}

/** Several at once, in one statement. */
export async function notifyAll(db: Db, messages: Note[]): Promise<void> {
	await db`
		select pg_notify(${CHANNEL}, note)
		from unnest(${messages.map((message) => JSON.stringify(message))}::text[]) note`;
}

/**
 * Hears every note. `onready` runs each time the connection is (re)made: notes sent while it was
 * away are gone, so the listener looks for itself then.
 */
export async function listen(
	db: Sql,
	handler: (message: Note) => void,
	onready: () => void = () => {},
	/** Who listens: it is spared its own notes of edits, which it knows before they come. */
	self?: string
): Promise<{ stop: () => Promise<void> }> {
	const { unlisten } = await db.listen(
		CHANNEL,
		(text) => {
			const data = parseJson(text);
			if (self !== undefined && isOwn(data, self)) return;
			const parsed = note.safeParse(data);
			if (parsed.success) handler(parsed.data); // a newer node may send kinds this one does not know
		},
		onready
	);
	return { stop: unlisten };
}

function isOwn(data: unknown, self: string): boolean {
	const { type, by } = (data ?? {}) as { type?: unknown; by?: unknown };
	return type === 'update' && by === self;
}

function parseJson(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}
