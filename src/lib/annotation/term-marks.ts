/**
 * The editor's part of the glossary: terms are underlined as they are written, and a click on one tells
 * what it means. Decorations only: nothing enters the shared text.
 */
import { Extension } from '@tiptap/core';
import type { Node } from '@tiptap/pm/model';
import { Plugin, PluginKey } from '@tiptap/pm/state';
import { Decoration, DecorationSet } from '@tiptap/pm/view';
import { findTerms, type Term } from '#lib/forum/glossary.ts';

const key = new PluginKey<DecorationSet>('terms');

export function termMarks(terms: () => Term[]): Extension {
	return Extension.create({
		name: 'terms',
		addProseMirrorPlugins: () => [
			new Plugin({
				key,
				state: {
					init: (_, { doc }) => decorate(doc, terms()),
					apply: (tr, before) => (tr.docChanged ? decorate(tr.doc, terms()) : before)
				},
				props: { decorations: (state) => key.getState(state) }
			})
		]
	});
}

function decorate(doc: Node, terms: Term[]): DecorationSet {
	if (terms.length === 0) return DecorationSet.empty;
	const left = new Set(terms.map(({ id }) => id));
	const marks: Decoration[] = [];
	doc.descendants((block, pos) => {
		if (!block.isTextblock) return true;
		const text = block.textBetween(0, block.content.size, '\n', '\n');
		const wanted = terms.filter(({ id }) => left.has(id));
		for (const { id, from, to } of findTerms(text, wanted)) {
			left.delete(id);
			const attributes = { class: 'term', 'data-term': id };
			marks.push(Decoration.inline(pos + 1 + from, pos + 1 + to, attributes));
		}
		return false;
	});
	return DecorationSet.create(doc, marks);
}
