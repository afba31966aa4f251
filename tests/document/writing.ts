import * as Y from 'yjs';
import { build } from '#lib/document/convert.server.ts';
import { append, readAfter } from '#lib/document/sync/log.server.ts';
import type { World } from './world.ts';

/** Writing in a text without a page: what is appended, and what the projection made of it. */

type Row = { epoch: number; seq: number; content: object; text: string };

/** A text as rows, if it was projected. */
export async function rowOf(w: World, id = w.documentId): Promise<Row | undefined> {
	const [found] = await w.sql<Row[]>`
		select epoch, seq::int, content, text from document_texts where document_id = ${id}`;
	return found;
}

/** Appends what `edit` does, as a page of Jonas' would have written it. */
export async function writeTo(
	w: World,
	edit: (doc: Y.Doc) => void,
	id = w.documentId
): Promise<void> {
	const doc = build((await readAfter(w.sql, id, 0)).map(({ bytes }) => bytes));
	const before = Y.encodeStateVector(doc);
	doc.transact(() => edit(doc));
	const bytes = Y.encodeStateAsUpdate(doc, before);
	await append(w.sql, [{ document: id, person: w.jonas.id, bytes }], { wait: true });
	doc.destroy();
}

export const words = (doc: Y.Doc) =>
	(doc.getXmlFragment('account').get(0) as Y.XmlElement).get(0) as Y.XmlText;

/** Writes at the end of the first paragraph. */
export const say = (text: string) => (doc: Y.Doc) => words(doc).insert(words(doc).length, text);

/** Bytes of an edit made by a client id of one's choice, on top of what the log holds. */
export async function editBy(w: World, client: number, text: string): Promise<Uint8Array> {
	const rows = await w.sql<{ bytes: Uint8Array }[]>`
		select bytes from document_updates where document_id = ${w.documentId} order by seq`;
	const doc = new Y.Doc();
	for (const row of rows) Y.applyUpdate(doc, row.bytes);
	doc.clientID = client;
	const before = Y.encodeStateVector(doc);
	const paragraph = doc.getXmlFragment('account').get(0) as Y.XmlElement;
	(paragraph.get(0) as Y.XmlText).insert(0, text);
	return Y.encodeStateAsUpdate(doc, before);
}
