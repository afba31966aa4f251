import type { Db, Sql } from '#lib/base/sql.server.ts';
import { CHANNEL, LARGEST_NOTE } from '#lib/base/notify.server.ts';

/** The log: a document is the sum of its updates, numbered without gaps under the document row's lock. */

export type Entry = { document: string; person: string | null; bytes: Uint8Array };
export type Outcome =
	/** On disk. `last` is the number of the last entry; the others come right before it. */
	| { outcome: 'appended'; last: number }
	| { outcome: 'closed' }
	| { outcome: 'gone' }
	/** Someone else holds the document's lock; nothing was waited for, nothing written. */
	| { outcome: 'busy' };

/** Edits that go along in the note, so that other nodes need not read them. Bytes, before base64. */
const CARRIED = (LARGEST_NOTE * 3) / 4 - 400;

/**
 * Appends entries of any number of documents in one commit, and tells the other nodes (`append_updates`).
 * A closed document, or with `wait: false` a locked one, is left out without troubling the rest. `by` is
 * the node that writes; with `carry` the note holds the edits themselves when they are small.
 */
export async function append(
	db: Db,
	entries: Entry[],
	{ wait, by = null, carry = false }: { wait: boolean; by?: string | null; carry?: boolean }
): Promise<Map<string, Outcome>> {
	const byDocument = new Map<string, Entry[]>();
	for (const entry of entries) {
		const others = byDocument.get(entry.document);
		if (others) others.push(entry);
		else byDocument.set(entry.document, [entry]);
	}
	const ids = [...byDocument.keys()].sort();
	const groups = ids.map((id) => byDocument.get(id)!);
	const rows = await db<{ id: string; closed: boolean; last: number | null }[]>`
		select id, closed, last::float8 from append_updates(
			${ids}::uuid[], ${groups.map((group) => group.length)}::integer[],
			${groups.flatMap((group) => group.map(({ bytes }) => hex(bytes)))}::text[],
			${groups.flatMap((group) => group.map(({ person }) => person))}::uuid[],
			${wait}, ${CHANNEL}, ${by},
			${groups.map((group) => (carry ? inBase64(group) : null))}::text[])`;
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
function inBase64(entries: Entry[]): string | null {
	if (entries.reduce((sum, { bytes }) => sum + bytes.length + 6, 0) > CARRIED) return null;
	return JSON.stringify(entries.map(({ bytes }) => Buffer.from(bytes).toString('base64')));
}
