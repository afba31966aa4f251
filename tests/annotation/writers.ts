/**
 * Writers on one section: real Y.Docs, edited through real ProseMirror transforms the way the editor's
 * binding does it, exchanging updates when told to.
 */
import { getSchema } from '@tiptap/core';
import type { Node, Schema } from '@tiptap/pm/model';
import { EditorState } from '@tiptap/pm/state';
import type { Transaction } from '@tiptap/pm/state';
import StarterKit from '@tiptap/starter-kit';
import {
	initProseMirrorDoc,
	prosemirrorJSONToYXmlFragment,
	updateYFragment
} from '@tiptap/y-tiptap';
import * as Y from 'yjs';
import { lettersOf, readEditor, readShared } from '#lib/annotation/letters.ts';

export const schema = getSchema([StarterKit.configure({ undoRedo: false })]);
export const SECTION = 'account';

export type Writer = {
	doc: Y.Doc;
	fragment: Y.XmlFragment;
	undo: Y.UndoManager;
	node: () => Node;
	/** One editing step: `change` gets a transaction on the document as it stands. */
	edit: (change: (tr: Transaction, find: Find) => void) => void;
	/** Letters of the first place these words stand. */
	letters: (words: string) => { from: number; to: number };
};
/** Editor positions around the first place these words stand, across marks but inside one block. */
export type Find = (words: string) => { from: number; to: number };

export function paragraph(text: string) {
	return { type: 'paragraph', content: text ? [{ type: 'text', text }] : [] };
}

/** Writers who begin from the same text. */
export function writers(count: number, paragraphs: string[], gc = true): Writer[] {
	const content = { type: 'doc', content: paragraphs.map(paragraph) };
	return writersOf(count, schema.nodeFromJSON(content), gc);
}

/** The same from a document, of its own schema. */
export function writersOf(count: number, text: Node, gc = true): Writer[] {
	const seed = new Y.Doc();
	seed.clientID = 1;
	prosemirrorJSONToYXmlFragment(text.type.schema, text.toJSON(), seed.getXmlFragment(SECTION));
	const start = Y.encodeStateAsUpdate(seed);
	return Array.from({ length: count }, (_, i) => writer(start, 10 + i, gc, text.type.schema));
}

function writer(start: Uint8Array, clientID: number, gc: boolean, schema: Schema): Writer {
	const doc = new Y.Doc({ gc });
	doc.clientID = clientID;
	Y.applyUpdate(doc, start);
	const fragment = doc.getXmlFragment(SECTION);
	const undo = new Y.UndoManager(fragment, {
		trackedOrigins: new Set(['edit']),
		captureTimeout: 0
	});
	const node = () => initProseMirrorDoc(fragment, schema).doc;
	return {
		doc,
		fragment,
		undo,
		node,
		edit(change) {
			const { doc: before, meta } = initProseMirrorDoc(fragment, schema);
			const { tr } = EditorState.create({ doc: before });
			change(tr, (words) => find(tr.doc, words));
			tr.doc.check();
			if (tr.docChanged) doc.transact(() => updateYFragment(doc, fragment, tr.doc, meta), 'edit');
		},
		letters(words) {
			const from = readShared(fragment).letters.indexOf(lettersOf(words));
			if (from < 0) throw new Error(`no "${words}" in the section`);
			return { from, to: from + lettersOf(words).length };
		}
	};
}

function find(doc: Node, words: string): { from: number; to: number } {
	const { letters, at } = readEditor(doc);
	const first = letters.indexOf(lettersOf(words));
	if (first < 0) throw new Error(`no "${words}" in the text`);
	return { from: at[first]!, to: at[first + lettersOf(words).length - 1]! + 1 };
}

/** Everyone receives what everyone wrote. */
export function exchange(all: Writer[]): void {
	for (const from of all)
		for (const to of all)
			if (from !== to) {
				Y.applyUpdate(
					to.doc,
					Y.encodeStateAsUpdate(from.doc, Y.encodeStateVector(to.doc)),
					'other'
				);
			}
}

/** The words in the editor between two letters: what the decoration would cover. */
export function wordsAt(writer: Writer, from: number, to: number): string {
	const node = writer.node();
	const { at } = readEditor(node);
	return node.textBetween(at[from]!, at[to - 1]! + 1, '\n', '\n');
}
