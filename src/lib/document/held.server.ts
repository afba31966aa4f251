import * as Y from 'yjs';
import type { Sql } from '#lib/base/sql.server.ts';
import { build, gather } from './convert.server.ts';

/**
 * Documents held in memory for a moment, so that those who look at one text at the same time, or while it
 * is written, do not each build it from its log. Every look takes in what the log holds beyond the last.
 */

type Held = { doc: Y.Doc; epoch: number; seq: number; bytes: number; timer?: NodeJS.Timeout };
type LogRow = { epoch: number; seq: number | null; bytes: Uint8Array | null };

const MOMENT = 20_000; // ms after the last look
const MOST = 3_000_000; // bytes of log, all together; in memory they are some ten times that

/** By pool: a transaction may see what it takes back again, so it builds its own. */
const pools = new WeakMap<Sql, Map<string, Held>>();

/** The document as it stands, to be looked at before the next `await`, and not changed. */
export async function hold(sql: Sql, documentId: string): Promise<Y.Doc> {
	const all = pools.get(sql) ?? new Map<string, Held>();
	pools.set(sql, all);
	let held = all.get(documentId);
	const rows = await newer(sql, documentId, held);
	const epoch = rows[0]?.epoch ?? 0;
	// Two who look at once may both take in the same rows; a document takes each edit once.
	if (held?.epoch !== epoch) held = { doc: build([]), epoch, seq: 0, bytes: 0 };
	forget(all, documentId);
	try {
		take(held, rows);
	} catch {
		// Too deep for this thread, and half taken in: begun anew where there is stack for it. What is wrong with
		// the log itself is thrown there.
		held = await whole(await newer(sql, documentId));
	}
	remember(all, documentId, held);
	return held.doc;
}

/** What the log holds beyond what is held; all of it where that is nothing, or of another epoch. */
async function newer(sql: Sql, documentId: string, held?: Held): Promise<LogRow[]> {
	return await sql<LogRow[]>`
		select d.epoch, u.seq::float8, u.bytes
		from documents d
		left join document_updates u on u.document_id = d.id
			and (d.epoch <> ${held?.epoch ?? 0} or u.seq > ${held?.seq ?? 0})
		where d.id = ${documentId} order by u.seq`;
}

async function whole(rows: LogRow[]): Promise<Held> {
	const updates = rows.flatMap(({ bytes }) => bytes ?? []);
	return {
		doc: await gather(updates),
		epoch: rows[0]?.epoch ?? 0,
		seq: rows.at(-1)?.seq ?? 0,
		bytes: updates.reduce((sum, { length }) => sum + length, 0)
	};
}

function take(held: Held, rows: LogRow[]): void {
	held.doc.transact(() => {
		for (const { seq, bytes } of rows) {
			if (!bytes) continue;
			Y.applyUpdate(held.doc, bytes);
			held.seq = Math.max(held.seq, seq ?? 0);
			held.bytes += bytes.length;
		}
	});
}

function remember(all: Map<string, Held>, documentId: string, held: Held): void {
	if (held.bytes > MOST) return;
	held.timer = setTimeout(() => all.get(documentId) === held && all.delete(documentId), MOMENT);
	held.timer.unref();
	all.set(documentId, held);
	let sum = [...all.values()].reduce((bytes, one) => bytes + one.bytes, 0);
	for (const [oldest, one] of all) {
		if (sum <= MOST) break;
		forget(all, oldest);
		sum -= one.bytes;
	}
}

function forget(all: Map<string, Held>, documentId: string): void {
	clearTimeout(all.get(documentId)?.timer);
	all.delete(documentId);
}
