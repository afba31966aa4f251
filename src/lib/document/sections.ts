import type * as Y from 'yjs';
import { yXmlFragmentToProsemirrorJSON } from '@tiptap/y-tiptap';
import type { Content } from './content.ts';
import { isSection } from './keys.ts';

/** Every section of a document, as ProseMirror JSON. Both sides read it alike. */
export function read(doc: Y.Doc): Record<string, Content> {
	const names = [...doc.share.keys()].filter(isSection).sort();
	return Object.fromEntries(names.map((name) => [name, readSection(doc, name)]));
}

export function readSection(doc: Y.Doc, name: string): Content {
	return yXmlFragmentToProsemirrorJSON(doc.getXmlFragment(name)) as Content;
}

/** The sections a change made here touched. */
export function touched(transaction: Y.Transaction): string[] {
	const names = new Set<string>();
	for (const type of transaction.changedParentTypes.keys()) {
		if (type._item !== null) continue;
		for (const [name, root] of transaction.doc.share) if (root === type) names.add(name);
	}
	return [...names].filter(isSection);
}
