import * as Y from 'yjs';
import {
	initProseMirrorDoc,
	prosemirrorJSONToYXmlFragment,
	updateYFragment
} from '@tiptap/y-tiptap';
import { EMPTY, fromPlainText, type Content } from './content.ts';
import { isSection } from './keys.ts';
import { schema } from './schema.ts';
import { Away } from './sync/away.server.ts';

export { read } from './sections.ts';

/** Between stored bytes and text. Needs no DOM. */

/** Fills sections of a document. Text that the schema does not know is refused by ProseMirror. */
export function fill(doc: Y.Doc, sections: Record<string, string | Content>): void {
	for (const [name, text] of Object.entries(sections)) {
		if (!isSection(name)) throw new Error(`not a section's name: ${name}`);
		const content = typeof text === 'string' ? fromPlainText(text) : text;
		// Even an empty section holds its paragraph, so two who begin at once write in the same one.
		const whole = content.content?.length ? content : EMPTY;
		prosemirrorJSONToYXmlFragment(schema(), whole, doc.getXmlFragment(name));
	}
}

/** Makes sections say this, and changes nothing that says it already. One that is not there yet is made. */
export function fit(doc: Y.Doc, sections: Record<string, Content>): void {
	const missing = Object.keys(sections).filter((name) => !doc.share.has(name));
	fill(doc, Object.fromEntries(missing.map((name) => [name, sections[name]!])));
	for (const [name, content] of Object.entries(sections)) {
		if (missing.includes(name)) continue;
		const fragment = doc.getXmlFragment(name);
		const { meta } = initProseMirrorDoc(fragment, schema());
		const whole = content.content?.length ? content : EMPTY;
		updateYFragment(doc, fragment, schema().nodeFromJSON(whole), meta);
	}
}

/** What one sees in the document that the log comes to. */
export async function look<Seen>(updates: Uint8Array[], see: (doc: Y.Doc) => Seen): Promise<Seen> {
	const doc = await gather(updates);
	try {
		return see(doc);
	} finally {
		doc.destroy();
	}
}

/**
 * A document from what the log holds, whatever that is: deleting what is thousands of levels deep takes more
 * stack than this thread has, so then one that has it merges first.
 */
export async function gather(updates: Uint8Array[]): Promise<Y.Doc> {
	try {
		return build(updates);
	} catch {
		// The stack ended, which Yjs may meet in the middle and tell as something else.
	}
	const away = new Away();
	try {
		return build([(await away.do('merge', updates)).bytes]);
	} finally {
		await away.stop();
	}
}

/** The same, of what is known not to be deep. */
export function build(updates: Uint8Array[]): Y.Doc {
	const doc = new Y.Doc({ gc: true });
	doc.transact(() => updates.forEach((update) => Y.applyUpdate(doc, update)));
	return doc;
}
