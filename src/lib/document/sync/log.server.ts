import * as Y from 'yjs';
import type { Db, Sql } from '#lib/base/sql.server.ts';
import { CHANNEL } from '#lib/base/notify.server.ts';

/** The log: a document is the sum of its updates, numbered without gaps under the document row's lock. */

export type Entry = { document: string; person: string | null; bytes: Uint8Array };
export type Outcome =
	/** On disk. `last` is the number of the last entry; the others come right before it. */
	| { outcome: 'appended'; last: number }
	| { outcome: 'closed' }
	| { outcome: 'gone' }
	/** Someone else holds the document's lock; nothing was waited for, nothing written. */
	| { outcome: 'busy' };

type AppendRow = { id: string; closed: boolean; last: number | null };

/**
 * Appends entries of any number of documents in one statement, which is one commit, and tells the other
 * nodes. A closed document, or with `wait: false` a locked one, is left out without troubling the rest.
 */
export async function append(
	db: Db,
	entries: Entry[],
	{ wait }: { wait: boolean }
): Promise<Map<string, Outcome>> {
	const ids = [...new Set(entries.map((entry) => entry.document))];
	const rows = await db<AppendRow[]>`
		with locked as materialized (
			select id, seq, closed_at from documents where id = any(${ids}::uuid[])
			order by id for update ${wait ? db`` : db`skip locked`}
		), numbered as (
			select e.document_id, decode(e.hex, 'hex') bytes, e.person_id,
				l.seq + row_number() over (partition by e.document_id order by e.place) seq
			from unnest(
				${entries.map((entry) => entry.document)}::uuid[],
				${entries.map((entry) => Buffer.from(entry.bytes).toString('hex'))}::text[],
				${entries.map((entry) => entry.person)}::uuid[]
			) with ordinality e (document_id, hex, person_id, place)
			join locked l on l.id = e.document_id and l.closed_at is null
		), inserted as (
			insert into document_updates (document_id, seq, bytes, person_id)
			select document_id, seq, bytes, person_id from numbered
		), highest as (
			select document_id, max(seq) seq from numbered group by document_id
		), counted as (
			update documents d set seq = h.seq from highest h where d.id = h.document_id
		)
		select l.id, l.closed_at is not null closed, h.seq::float8 last,
			case when h.seq is not null then pg_notify(${CHANNEL},
				json_build_object('type', 'update', 'document', l.id, 'seq', h.seq)::text) end told
		from locked l left join highest h on h.document_id = l.id`;
	const result = new Map<string, Outcome>();
	for (const { id, closed, last } of rows)
		result.set(id, closed ? { outcome: 'closed' } : { outcome: 'appended', last: last! });
	for (const id of ids) if (!result.has(id)) result.set(id, { outcome: wait ? 'gone' : 'busy' });
	return result;
}

export type Row = { seq: number; bytes: Uint8Array };

/** What the log holds after `seq`, in order. A merged row carries the highest number it holds. */
export async function readAfter(db: Db, document: string, seq: number): Promise<Row[]> {
	return await db<Row[]>`
		select seq::float8, bytes from document_updates
		where document_id = ${document} and seq > ${seq} order by seq`;
}

export type Opened = {
	objectId: string;
	closed: boolean;
	epoch: number;
	rows: Row[];
	owners: Map<number, string | null>;
};

/** Everything a room begins with, or null when there is no such document. */
export async function open(db: Db, document: string): Promise<Opened | null> {
	const [found] = await db<{ objectId: string; closed: boolean; epoch: number }[]>`
		select object_id "objectId", closed_at is not null closed, epoch from documents where id = ${document}`;
	if (!found) return null;
	const [rows, owners] = await Promise.all([
		readAfter(db, document, 0),
		db<{ client: number; person: string | null }[]>`
			select client_id::float8 client, person_id person from document_clients
			where document_id = ${document}`
	]);
	return { ...found, rows, owners: new Map(owners.map((row) => [row.client, row.person])) };
}

/** Gives client ids to whoever comes first. Returns each one's owner, which may be someone else. */
export async function claim(
	db: Db,
	document: string,
	clients: number[],
	person: string | null
): Promise<Map<number, string | null>> {
	await db`
		insert into document_clients (document_id, client_id, person_id)
		select ${document}, client, ${person}::uuid from unnest(${clients}::bigint[]) client
		on conflict do nothing`;
	const rows = await db<{ client: number; person: string | null }[]>`
		select client_id::float8 client, person_id person from document_clients
		where document_id = ${document} and client_id = any(${clients}::bigint[])`;
	return new Map(rows.map((row) => [row.client, row.person]));
}

/**
 * Puts what the log holds into one row, through a document, so that deleted text is gone from disk.
 * Deletes exactly the rows it merged; when another node was faster, does nothing and returns null.
 */
export async function compact(db: Sql, document: string): Promise<Row | null> {
	const rows = await readAfter(db, document, 0);
	if (rows.length < 2) return null;
	const doc = new Y.Doc({ gc: true });
	doc.transact(() => rows.forEach((row) => Y.applyUpdate(doc, row.bytes)));
	const merged = { seq: rows.at(-1)!.seq, bytes: Y.encodeStateAsUpdate(doc) };
	doc.destroy();
	const taken = new Error('another node was faster');
	try {
		await db.begin(async (tx) => {
			const gone = await tx`
				delete from document_updates
				where document_id = ${document} and seq = any(${rows.map((row) => row.seq)}::bigint[])`;
			if (gone.count !== rows.length) throw taken;
			await tx`
				insert into document_updates (document_id, seq, bytes, person_id)
				values (${document}, ${merged.seq}, ${Buffer.from(merged.bytes)}, null)`;
		});
	} catch (error) {
		if (error === taken) return null;
		throw error;
	}
	return merged;
}
