/**
 * The editor's part of the glossary: terms are underlined as they are written, and a press on one tells what
 * it means. Decorations only: nothing enters the shared text.
 */
import { Extension } from '@tiptap/core';
import type { Node } from '@tiptap/pm/model';
import { Plugin, PluginKey } from '@tiptap/pm/state';
import { Decoration, DecorationSet } from '@tiptap/pm/view';
import type { EditorView } from '@tiptap/pm/view';
import { findTerms, termPath, type Term } from '#lib/forum/glossary.ts';

/** A forum's terms, and where they are explained. */
type Glossary = { slug: string; terms: Term[] };

const key = new PluginKey<DecorationSet>('terms');

export function termMarks(glossary: () => Glossary): Extension {
	return Extension.create({ name: 'terms', addProseMirrorPlugins: () => [plugin(glossary)] });
}

function plugin(glossary: () => Glossary) {
	let written = true;
	/** Where one only reads they are links: the keyboard comes to them. */
	const look = (view: EditorView) => {
		if (view.isDestroyed || written === view.editable) return;
		written = view.editable;
		view.dispatch(view.state.tr.setMeta(key, true));
	};
	return new Plugin({
		key,
		state: {
			init: (_, { doc }) => decorate(doc, glossary(), written),
			apply: (tr, before) =>
				tr.docChanged || tr.getMeta(key) ? decorate(tr.doc, glossary(), written) : before
		},
		props: { decorations: (state) => key.getState(state) },
		view(view) {
			queueMicrotask(() => look(view));
			return { update: () => queueMicrotask(() => look(view)) };
		}
	});
}

function decorate(doc: Node, { slug, terms }: Glossary, written: boolean): DecorationSet {
	if (terms.length === 0) return DecorationSet.empty;
	const left = new Set(terms.map(({ id }) => id));
	const marks: Decoration[] = [];
	doc.descendants((block, pos) => {
		if (!block.isTextblock) return true;
		const text = block.textBetween(0, block.content.size, '\n', '\n');
		const wanted = terms.filter(({ id }) => left.has(id));
		for (const { id, from, to } of findTerms(text, wanted)) {
			left.delete(id);
			const link = written ? {} : { nodeName: 'a', href: termPath(slug, id) };
			const attributes = { class: 'term', 'data-term': id, ...link };
			marks.push(Decoration.inline(pos + 1 + from, pos + 1 + to, attributes));
		}
		return false;
	});
	return DecorationSet.create(doc, marks);
}
