import * as Y from 'yjs';
import type { Tx } from '../../base/sql.server.ts';
import { capture, type Anchor } from '../../annotation/anchor.ts';
import { lettersOf, readShared } from '../../annotation/letters.ts';
import { build, fill } from '../../document/convert.server.ts';
import * as documents from '../../document/documents.server.ts';
import { append, claim, readAfter } from '../../document/sync/log.server.ts';
import type { Person } from '../../people/person.ts';

/** What a person types in an editor, done by the demo: through the same log, under a client id of theirs. */

async function open(tx: Tx, objectId: string) {
	const { id } = (await documents.ofObject(tx, objectId))!;
	const doc = build((await readAfter(tx, id, 0)).map((row) => row.bytes));
	return { id, doc };
}

/** Writes paragraphs into sections; an empty section's one paragraph is filled. */
export async function write(
	tx: Tx,
	person: Person,
	objectId: string,
	sections: Record<string, string[]>
): Promise<void> {
	await type(tx, person, objectId, (doc) => {
		for (const [name, paragraphs] of Object.entries(sections)) {
			const fragment = doc.getXmlFragment(name);
			fragment.delete(0, fragment.length);
			fill(doc, { [name]: paragraphs.join('\n\n') });
		}
	});
}

/** Adds words at the end of a section's last paragraph. */
export async function add(
	tx: Tx,
	person: Person,
	objectId: string,
	section: string,
	words: string
): Promise<void> {
	await type(tx, person, objectId, (doc) => {
		const last = doc.getXmlFragment(section).toArray().at(-1) as Y.XmlElement;
		const text = last.get(0) as Y.XmlText;
		text.insert(text.length, words);
	});
}

/** Ties a note to words of a section; they must be there, once. */
export async function passage(
	tx: Tx,
	objectId: string,
	section: string,
	words: string
): Promise<Anchor> {
	const { doc } = await open(tx, objectId);
	const fragment = doc.getXmlFragment(section);
	const { letters } = readShared(fragment);
	const wanted = lettersOf(words);
	const from = letters.indexOf(wanted);
	const anchor = from < 0 ? null : capture(fragment, section, from, from + wanted.length);
	if (!anchor) throw new Error(`the demo's text has no "${words}"`);
	return anchor;
}

async function type(tx: Tx, person: Person, objectId: string, edit: (doc: Y.Doc) => void) {
	const { id, doc } = await open(tx, objectId);
	const before = Y.encodeStateVector(doc);
	doc.transact(() => edit(doc));
	const bytes = Y.encodeStateAsUpdate(doc, before);
	await claim(tx, id, [doc.clientID], person.id);
	await append(tx, [{ document: id, person: person.id, bytes }], { wait: true });
	doc.destroy();
}
