import * as Y from 'yjs';

/** A text in the browser's memory: written in, and read as words. */

export function type(doc: Y.Doc, words: string, section = 'account') {
	const fragment = doc.getXmlFragment(section);
	doc.transact(() => {
		if (fragment.length === 0) fragment.insert(0, [new Y.XmlElement('paragraph')]);
		const paragraph = fragment.get(0) as Y.XmlElement;
		if (paragraph.length === 0) paragraph.insert(0, [new Y.XmlText()]);
		const text = paragraph.get(0) as Y.XmlText;
		text.insert(text.length, words);
	});
}

export const read = (doc: Y.Doc, section = 'account') =>
	doc
		.getXmlFragment(section)
		.toString()
		.replace(/<[^>]+>/g, '');
