/**
 * The editor's part of annotation: marks the words notes are on, follows them while people write, and
 * tells what is selected. The notes themselves stand in the margin; nothing here enters the shared text.
 */
import { Extension } from '@tiptap/core';
import { Plugin, PluginKey } from '@tiptap/pm/state';
import { Decoration, DecorationSet } from '@tiptap/pm/view';
import type { EditorView } from '@tiptap/pm/view';
import { ySyncPluginKey } from '@tiptap/y-tiptap';
import type * as Y from 'yjs';
import { capture, resolveAll } from './anchor.ts';
import type { Anchor } from './anchor.ts';
import { lettersBetween, readEditor, readShared } from './letters.ts';
import type { Marked } from './marked.ts';
import type { Place, Section } from './section.ts';

/** Who an editor asks for its notes and tells where they are: the page's margin. */
export type MarksHost = {
	enter(section: string, handle: Section): () => void;
	anchorsIn(section: string): { id: string; anchor: Anchor }[];
	/** Those of them that are shown, wherever their words are now. */
	markedIn(section: string): Marked[];
	/** The note whose words stand out. */
	readonly lit: string | null;
	placed(section: string, places: Map<string, Place | null>): void;
	/** `focus`: go to the note; otherwise only let it stand out. */
	select(id: string, options?: { focus?: boolean }): void;
};

const key = new PluginKey<{ shown: DecorationSet; stale: boolean }>('annotation');

/** How long after the last letter typed here the places are looked up anew; until then they are mapped. */
const PAUSE = 120;

export function marks(host: MarksHost, section: string): Extension {
	return Extension.create({
		name: 'annotation',
		addProseMirrorPlugins: () => [plugin(host, section)]
	});
}

function plugin(host: MarksHost, section: string) {
	return new Plugin({
		key,
		state: {
			init: () => ({ shown: DecorationSet.empty, stale: true }),
			apply(tr, before) {
				const shown = tr.getMeta(key) as DecorationSet | undefined;
				if (shown) return { shown, stale: false };
				if (!tr.docChanged) return before;
				// What others write arrives as a new document: nothing can be mapped through it.
				const stale = tr.getMeta(ySyncPluginKey) !== undefined;
				return { shown: before.shown.map(tr.mapping, tr.doc), stale };
			}
		},
		props: {
			decorations: (state) => key.getState(state)?.shown,
			handleClick(_view, _pos, event) {
				const mark = (event.target as HTMLElement).closest<HTMLElement>('[data-note]');
				if (mark) host.select(mark.dataset.note!);
				return false;
			}
		},
		view(view) {
			let timer: ReturnType<typeof setTimeout> | undefined;
			let ended = false;
			const look = () => {
				clearTimeout(timer);
				timer = undefined;
				if (!ended && !view.isDestroyed) refresh(view, host, section);
			};
			const leave = host.enter(section, {
				element: view.dom,
				// What the page shows as selected: the editor's own word for it comes a moment later.
				selected: () => {
					const selection = getSelection();
					if (!selection?.rangeCount || !view.dom.contains(selection.anchorNode)) return null;
					const range = selection.getRangeAt(0);
					const [from, to] = [
						view.posAtDOM(range.startContainer, range.startOffset),
						view.posAtDOM(range.endContainer, range.endOffset)
					];
					return lettersBetween(readEditor(view.state.doc).at, from, to);
				},
				passage: ({ from, to }) => {
					const fragment = fragmentOf(view);
					return fragment && capture(fragment, section, from, to);
				},
				refresh: look
			});
			queueMicrotask(look);
			return {
				update(_view, before) {
					if (before.doc === view.state.doc) return;
					clearTimeout(timer);
					if (key.getState(view.state)?.stale) queueMicrotask(look);
					else timer = setTimeout(look, PAUSE);
				},
				destroy() {
					ended = true;
					clearTimeout(timer);
					leave();
				}
			};
		}
	});
}

function fragmentOf(view: EditorView): Y.XmlFragment | null {
	const sync = ySyncPluginKey.getState(view.state) as { type?: Y.XmlFragment } | undefined;
	return sync?.type?.doc ? sync.type : null;
}

/** Finds every note's words, tells the margin, and marks those that are shown. */
function refresh(view: EditorView, host: MarksHost, section: string): void {
	const fragment = fragmentOf(view);
	if (!fragment) return;
	const { letters, at } = readEditor(view.state.doc);
	// Between a key and its way into the shared text the two differ for a moment: the next look will do.
	if (readShared(fragment).letters !== letters) return;
	const notes = host.anchorsIn(section);
	const found = resolveAll(
		fragment,
		notes.map(({ anchor }) => anchor)
	);
	const places = new Map<string, Place | null>();
	for (const [i, { id }] of notes.entries()) {
		const here = found[i]!;
		places.set(id, here.kind === 'held' ? { from: here.from, to: here.to } : null);
	}
	host.placed(section, places);
	const shown = host.markedIn(section).flatMap((note) => {
		const place = places.get(note.id);
		return place ? decorate(note, at[place.from]!, at[place.to - 1]! + 1, host) : [];
	});
	const before = key.getState(view.state)!.shown;
	if (same(before.find(), shown)) return;
	const set = DecorationSet.create(view.state.doc, shown);
	view.dispatch(view.state.tr.setMeta(key, set).setMeta('addToHistory', false));
}

function decorate(note: Marked, from: number, to: number, host: MarksHost): Decoration[] {
	const on = host.lit === note.id;
	const spec = { id: note.id, words: `${note.number} ${note.label} ${on}` };
	return [
		Decoration.inline(
			from,
			to,
			{ nodeName: 'mark', class: on ? 'note on' : 'note', 'data-note': note.id },
			spec
		),
		Decoration.widget(to, () => numberButton(note, host), {
			...spec,
			key: `${note.id} ${spec.words}`,
			side: -1,
			marks: [],
			ignoreSelection: true,
			stopEvent: () => true
		})
	];
}

function numberButton(note: Marked, host: MarksHost): HTMLElement {
	const button = document.createElement('button');
	button.type = 'button';
	button.className = 'note-number';
	button.contentEditable = 'false';
	button.textContent = String(note.number);
	button.setAttribute('aria-label', note.label);
	button.addEventListener('click', () => host.select(note.id, { focus: true }));
	return button;
}

function same(before: Decoration[], after: Decoration[]): boolean {
	const tell = (all: Decoration[]) =>
		all
			.map(({ from, to, spec }) => `${from} ${to} ${(spec as { words: string }).words}`)
			.sort()
			.join('\n');
	return tell(before) === tell(after);
}
