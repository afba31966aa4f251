import * as Y from 'yjs';
import { notFound, refuse } from '#lib/base/errors.ts';
import { notify } from '#lib/base/notify.server.ts';
import { isPool, type Db, type Tx } from '#lib/base/sql.server.ts';
import type { Person } from '#lib/people/person.ts';
import type { Content } from './content.ts';
import { fill, fit, gather, look, read } from './convert.server.ts';
import { hold } from './held.server.ts';
import { isSection } from './keys.ts';
import { standing } from './projection.server.ts';
import { append, claim, readAfter } from './sync/log.server.ts';
import type { WhyKept } from './versions.ts';

/**
 * Shared text, as the rest of the house knows it. Callers have judged the person; they pass their own
 * transaction, so text, row and event are settled together.
 */

export type DocumentState = { id: string; seq: number; closedAt: Date | null };
export type Keep = {
	id: string;
	documentId: string;
	seq: number;
	why: WhyKept;
	by: string;
	at: Date;
	content: Record<string, Content>;
};

/** The object's document, filled from its template. `sections`: name → plain text or ProseMirror JSON. */
export async function create(
	tx: Tx,
	person: Person,
	objectId: string,
	sections: Record<string, string | Content>
): Promise<string> {
	void person; // the object's own event says who
	const [row] = await tx<{ id: string }[]>`
		insert into documents (object_id) values (${objectId}) returning id`;
	await write(tx, row!.id, new Y.Doc(), (doc) => fill(doc, sections));
	return row!.id;
}

/** One more section. Does nothing when it is there already. */
export async function addSection(
	tx: Tx,
	documentId: string,
	name: string,
	text: string | Content = ''
): Promise<void> {
	const doc = await gather(await lock(tx, documentId, { open: true }));
	if (name in read(doc)) return doc.destroy();
	await write(tx, documentId, doc, (doc) => fill(doc, { [name]: text }));
}

/** Keeps the text as it stands while writing goes on: exactly what has been acknowledged. */
export async function keep(
	tx: Tx,
	person: Person,
	documentId: string,
	why: WhyKept,
	/** What a person calls it, where a person keeps it. */
	name: string | null = null
): Promise<string> {
	const { content, bytes } = await look(await lock(tx, documentId), (doc) => ({
		content: read(doc),
		bytes: Y.encodeStateAsUpdate(doc)
	}));
	const [row] = await tx<{ id: string }[]>`
		insert into document_keeps (document_id, seq, bytes, content, why, name, by)
		select id, seq, ${Buffer.from(bytes)}, ${tx.json(content as never)}, ${why}, ${name}, ${person.id}
		from documents where id = ${documentId} returning id`;
	return row!.id;
}

/**
 * Makes sections say what is given, as one edit of this person's: what is the same already is left alone, so
 * notes keep their words and others go on writing. Returns the client id it was written under, null when
 * nothing had to be.
 */
export async function rewrite(
	tx: Tx,
	person: Person,
	documentId: string,
	sections: Record<string, Content>
): Promise<number | null> {
	const doc = await gather(await lock(tx, documentId, { open: true }));
	const before = JSON.stringify(read(doc));
	const client = doc.clientID;
	const changes = () => JSON.stringify(read(doc)) !== before;
	const written = await write(tx, documentId, doc, (doc) => fit(doc, sections), {
		person: person.id,
		unless: () => !changes()
	});
	return written ? client : null;
}

/**
 * Ends writing, at once and on every node, and begins a new epoch, so that a page's own copy of the old one
 * is set aside. Closing twice is closing.
 */
export async function close(tx: Tx, person: Person, documentId: string): Promise<void> {
	void person; // the event of the act that closes (a decision, a publication) says who
	const closed = await tx`
		update documents set closed_at = now(), epoch = epoch + 1
		where id = ${documentId} and closed_at is null returning id`;
	if (closed.length > 0) await notify(tx, { type: 'document_closed', document: documentId });
}

/** The text as it stands, by section. A section nobody has made is not there. */
export async function content(db: Db, documentId: string): Promise<Record<string, Content>> {
	return (await standing(db, documentId)) ?? read(await whole(db, documentId));
}

/** The sections themselves, as they stand, for those who find places in them: at once, and without changing any. */
export async function fragments(
	db: Db,
	documentId: string
): Promise<(section: string) => Y.XmlFragment | null> {
	const doc = await whole(db, documentId);
	return (section) =>
		isSection(section) && doc.share.has(section) ? doc.getXmlFragment(section) : null;
}

async function whole(db: Db, documentId: string): Promise<Y.Doc> {
	return isPool(db) ? await hold(db, documentId) : await gather(await updates(db, documentId));
}

/** The text as it was kept. */
export async function kept(db: Db, keepId: string): Promise<Keep> {
	const [row] = await db<Keep[]>`
		select id, document_id "documentId", seq::float8, why, by, at, content
		from document_keeps where id = ${keepId}`;
	return row ?? notFound();
}

export async function ofObject(db: Db, objectId: string): Promise<DocumentState | null> {
	const [row] = await db<DocumentState[]>`
		select id, seq::float8, closed_at "closedAt" from documents where object_id = ${objectId}`;
	return row ?? null;
}

/** Holds the document still until the transaction ends, and returns what its log holds. */
async function lock(tx: Tx, documentId: string, { open = false } = {}): Promise<Uint8Array[]> {
	const [row] = await tx<{ closedAt: Date | null }[]>`
		select closed_at "closedAt" from documents where id = ${documentId} for no key update`;
	if (!row) return notFound();
	if (open && row.closedAt) refuse('document.closed', { status: 409 });
	return await updates(tx, documentId);
}

async function updates(db: Db, documentId: string): Promise<Uint8Array[]> {
	return (await readAfter(db, documentId, 0)).map(({ bytes }) => bytes);
}

/** The server writes, for itself or a person: under a client id of its own, through the same log as everyone. */
async function write(
	tx: Tx,
	documentId: string,
	doc: Y.Doc,
	edit: (doc: Y.Doc) => void,
	{ person = null, unless }: { person?: string | null; unless?: () => boolean } = {}
): Promise<boolean> {
	const before = Y.encodeStateVector(doc);
	doc.transact(() => edit(doc));
	if (unless?.()) {
		doc.destroy();
		return false;
	}
	const bytes = Y.encodeStateAsUpdate(doc, before);
	await claim(tx, documentId, [doc.clientID], person);
	await append(tx, [{ document: documentId, person, bytes }], { wait: true });
	doc.destroy();
	return true;
}
