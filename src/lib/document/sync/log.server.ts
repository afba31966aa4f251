import type { Db, Sql } from '#lib/base/sql.server.ts';
import { LARGEST_NOTE, noting } from '#lib/base/notify.server.ts';

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

/** Edits that go along in the note, so that other nodes need not read them. Bytes, before base64. */
const CARRIED = (LARGEST_NOTE * 3) / 4 - 400;

/**
 * Appends entries of any number of documents in one statement, which is one commit, and tells the other
 * nodes. A closed document, or with `wait: false` a locked one, is left out without troubling the rest.
 * `by` is the node that writes; with `carry` the note holds the edits themselves when they are small.
 */
export async function append(
	db: Db,
	entries: Entry[],
	{ wait, by = null, carry = false }: { wait: boolean; by?: string | null; carry?: boolean }
): Promise<Map<string, Outcome>> {
	const byDocument = new Map<string, Uint8Array[]>();
	for (const { document, bytes } of entries)
		byDocument
			.set(document, byDocument.get(document) ?? [])
			.get(document)!
			.push(bytes);
	const ids = [...byDocument.keys()];
	const carried = ids.map((id) => (carry ? inBase64(byDocument.get(id)!) : null));
	const rows = await db<AppendRow[]>`
		with locked as materialized (
			select id, seq, closed_at from documents where id = any(${ids}::uuid[])
			order by id for no key update ${wait ? db`` : db`skip locked`}
		), numbered as (
			select e.document_id, decode(e.hex, 'hex') bytes, e.person_id, l.seq before,
				l.seq + row_number() over (partition by e.document_id order by e.place) seq
			from unnest(
				${entries.map((entry) => entry.document)}::uuid[],
				${entries.map((entry) => hex(entry.bytes))}::text[],
				${entries.map((entry) => entry.person)}::uuid[]
			) with ordinality e (document_id, hex, person_id, place)
			join locked l on l.id = e.document_id and l.closed_at is null
		), inserted as (
			insert into document_updates (document_id, seq, bytes, person_id)
			select document_id, seq, bytes, person_id from numbered
		), highest as (
			select document_id, max(before) + 1 "first", max(seq) seq from numbered group by document_id
		), counted as (
			update documents d set seq = h.seq from highest h where d.id = h.document_id
		)
		select l.id, l.closed_at is not null closed, h.seq::float8 last,
			case when h.seq is not null then ${noting(
				db,
				db`json_build_object('type', 'update', 'document', l.id, 'seq', h.seq,
					'by', ${by}::text, 'first', h."first", 'edits', c.edits::json)`
			)} end told
		from locked l
		left join highest h on h.document_id = l.id
		left join unnest(${ids}::uuid[], ${carried}::text[]) c (id, edits) on c.id = l.id`;
	const result = new Map<string, Outcome>();
	for (const { id, closed, last } of rows)
		result.set(id, closed ? { outcome: 'closed' } : { outcome: 'appended', last: last! });
	for (const id of ids) if (!result.has(id)) result.set(id, { outcome: wait ? 'gone' : 'busy' });
	return result;
}

export type Row = {
	seq: number;
	bytes: Uint8Array;
	/** How far it goes, when it is merged: it holds everything before it as well. */
	stateVector?: Uint8Array | null;
};

/** What the log holds after `seq`, in order. A merged row carries the highest number it holds. */
export async function readAfter(db: Db, document: string, seq: number): Promise<Row[]> {
	return await db<Row[]>`
		select seq::float8, bytes, state_vector "stateVector" from document_updates
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
	const [[found], rows, owners] = await Promise.all([
		db<{ objectId: string; closed: boolean; epoch: number }[]>`
			select object_id "objectId", closed_at is not null closed, epoch
			from documents where id = ${document}`,
		readAfter(db, document, 0),
		db<{ client: number; person: string | null }[]>`
			select client_id::float8 client, person_id person from document_clients
			where document_id = ${document}`
	]);
	return found
		? { ...found, rows, owners: new Map(owners.map((row) => [row.client, row.person])) }
		: null;
}

export type Standing = { id: string; seq: number; closed: boolean };

/** How these documents stand, for a node that may have missed notes. */
export async function standings(db: Db, documents: string[]): Promise<Standing[]> {
	return await db<Standing[]>`
		select id, seq::float8, closed_at is not null closed
		from documents where id = any(${documents}::uuid[])`;
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
 * Puts a merged row in the place of all it holds, which are the rows up to its number. Returns false, and
 * does nothing, when another node is at it or was faster.
 */
export async function replace(
	db: Sql,
	document: string,
	row: { seq: number; bytes: Uint8Array; stateVector: Uint8Array }
): Promise<boolean> {
	return (await db
		.begin(async (tx) => {
			// One at a time for a document; those who append do not wait for it.
			const [turn] = await tx<{ mine: boolean }[]>`
			select pg_try_advisory_xact_lock(hashtextextended(${document}, 0)) mine`;
			if (!turn!.mine) return false;
			const gone = await tx<{ seq: number }[]>`
			delete from document_updates where document_id = ${document} and seq <= ${row.seq}
			returning seq::float8`;
			if (!gone.some(({ seq }) => seq === row.seq)) throw new Faster();
			await tx`
			insert into document_updates (document_id, seq, bytes, person_id, state_vector)
			values (${document}, ${row.seq}, ${Buffer.from(row.bytes)}, null, ${Buffer.from(row.stateVector)})`;
			return true;
		})
		.catch((error: unknown) => {
			if (error instanceof Faster) return false;
			throw error;
		})) as boolean;
}

/** Another node has merged further than this one. */
class Faster extends Error {}

const hex = (bytes: Uint8Array): string =>
	Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('hex');

/** As a JSON list; null when it is more than a note can carry. */
function inBase64(edits: Uint8Array[]): string | null {
	if (edits.reduce((sum, { length }) => sum + length + 6, 0) > CARRIED) return null;
	return JSON.stringify(edits.map((bytes) => Buffer.from(bytes).toString('base64')));
}
