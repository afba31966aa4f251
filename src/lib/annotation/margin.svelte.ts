import type { Extensions } from '@tiptap/core';
import { untrack } from 'svelte';
import type { Attachment } from 'svelte/attachments';
import { SvelteMap } from 'svelte/reactivity';
import type { Target } from '#lib/data/target.ts';
import type { Content } from '#lib/document/content.ts';
import { noteAtCaret, putFocus, selectedLetters } from './dom.ts';
import { shapeOf, type Drawn } from './drawn.ts';
import { EVERYTHING_OPEN, passes, type Choice } from './filter.ts';
import { stepped } from './keys.ts';
import { withMarks, type Marked } from './marked.ts';
import type { MarksHost } from './marks.ts';
import type { MarginData, PlacedNote } from './note.ts';
import { labelOf, pointsInto } from './note.ts';
import type { Passage, Place, Section } from './section.ts';
import { withTerms } from './termed.ts';
import { numberLabel } from './words.ts';

/** What is about to be said something about. `top`: where on the page, in page pixels. */
export type Draft = { top: number } & (
	{ passage: Passage; figure?: undefined } | { passage?: undefined; figure: PickedFigure }
);
export type PickedFigure = { figureId: string; versionId: string; target: Target; label: string };

/** `older`: the edition it was made on, where that is not the figure's. */
export type FigureMark = { target: Target; label: string; id: string; older?: number };

/** Words selected that could be annotated, and where the offer to do so stands (in the window). */
export type Offer = { section: string; left: number; bottom: number };

/** `order`: the page's sections in reading order; figures stand in it as 'figure:<id>'. */
type Source = () => MarginData & { order: string[] };

/** Notes beside a page: what is shown, where it belongs, what is chosen. One per page. */
export class MarginState implements MarksHost {
	#source: Source;
	#sections = new SvelteMap<string, Section>();
	/** What editors say of the places of their notes, ahead of the server. */
	#live = new SvelteMap<string, Place | null>();

	selected = $state<string | null>(null);
	hovered = $state<string | null>(null);
	draft = $state.raw<Draft | null>(null);
	offer = $state.raw<Offer | null>(null);
	/** An orphan that is waiting for words to be selected. */
	waiting = $state<string | null>(null);
	/** Counts up when something may have moved on the page. */
	moved = $state(0);
	/** Which note is to be gone to; the margin clears it. */
	going = $state<string | null>(null);
	choice = $state<Choice>({ ...EVERYTHING_OPEN });

	all = $derived.by(() => {
		return this.#source().notes.map((note) => {
			const live = note.anchor ? this.#live.get(note.id) : undefined;
			return live === undefined ? note : { ...note, place: live };
		});
	});
	/** Filtered, and in the order of the page. */
	shown = $derived.by(() => {
		const { order, me } = this.#source();
		const rank = (note: PlacedNote) => {
			const name = note.anchor ? note.anchor.section : `figure:${note.figure?.figureId}`;
			const at = order.indexOf(name);
			return at < 0 ? order.length : at;
		};
		return (
			this.all
				// The one in hand stays when it is resolved: it does not go from under one's hands.
				.filter((note) => {
					const state = note.id === this.selected ? 'all' : this.choice.state;
					return passes(note, { ...this.choice, state }, me);
				})
				.toSorted((a, b) => rank(a) - rank(b) || (a.place?.from ?? 0) - (b.place?.from ?? 0))
		);
	});
	beside = $derived(this.shown.filter((note) => note.figure || note.place));
	orphans = $derived(this.shown.filter((note) => note.anchor && !note.place));
	lit = $derived(this.hovered ?? this.selected);

	constructor(source: Source) {
		this.#source = source;
		$effect(() => {
			void this.shown;
			void this.lit;
			untrack(() => this.#sections.forEach((section) => section.refresh()));
		});
	}

	get mayAnnotate(): boolean {
		return this.#source().mayAnnotate;
	}

	get glossary(): MarginData['glossary'] {
		return this.#source().glossary;
	}

	get names(): string[] {
		return this.#source().people;
	}

	enter(name: string, section: Section): () => void {
		this.#sections.set(name, section);
		return () => {
			if (this.#sections.get(name) === section) this.#sections.delete(name);
		};
	}

	anchorsIn(name: string) {
		return this.all.flatMap(({ id, anchor }) => (anchor?.section === name ? [{ id, anchor }] : []));
	}

	markedIn(name: string): Marked[] {
		return this.beside.flatMap((note, i) =>
			note.anchor?.section === name && note.place
				? [{ id: note.id, ...note.place, number: i + 1, label: numberLabel(note, i + 1) }]
				: []
		);
	}

	placed(_name: string, places: Map<string, Place | null>): void {
		for (const [id, place] of places) {
			const before = this.#live.get(id);
			const same =
				before === place ||
				(before && place && before.from === place.from && before.to === place.to);
			if (!same || before === undefined) this.#live.set(id, place);
		}
		this.moved++;
	}

	select(id: string | null, { focus = false } = {}): void {
		this.selected = id;
		if (focus) this.going = id;
	}

	/** Goes to what a note is on. */
	show(id: string, { focus = false } = {}): void {
		this.selected = id;
		const words = this.#wordsOf(id);
		if (words && focus) putFocus(words);
		const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
		words?.scrollIntoView({ block: 'center', behavior: still ? 'auto' : 'smooth' });
	}

	/** The next note of those shown, or the one before, with the focus on it. */
	step(by: 1 | -1): void {
		const next = stepped(
			[...this.orphans, ...this.beside].map(({ id }) => id),
			this.selected,
			by
		);
		if (next) this.select(next, { focus: true });
	}

	/** From a note to what it is on; from there, or from anywhere, back to the note. */
	thereAndBack(): void {
		const here = document.activeElement?.closest<HTMLElement>('[data-block]')?.dataset.block;
		if (here) return this.show(here, { focus: true });
		const id = noteAtCaret() ?? this.selected;
		if (id) this.select(id, { focus: true });
	}

	/** Where in the window a note's words, or its figure, begin; null when they are not on the page. */
	lineOf(id: string): number | null {
		return this.#wordsOf(id)?.getBoundingClientRect().top ?? null;
	}

	/** The column the text stands in. */
	column(): DOMRect | null {
		const [section] = this.#sections.values();
		return section?.element.getBoundingClientRect() ?? null;
	}

	#wordsOf(id: string): Element | null {
		const figureId = this.all.find((note) => note.id === id)?.figure?.figureId;
		return (
			document.querySelector(`[data-note="${id}"]`) ??
			(figureId ? document.getElementById(`figure-${figureId}`) : null)
		);
	}

	/** Text that is only read, with its notes marked: what Prose is given. */
	marked(name: string, content: Content): Content {
		const { slug, terms } = this.glossary;
		return withMarks(withTerms(content, terms, slug), this.markedIn(name));
	}

	/** What an editor of the section is given: fetched with the editor, not with the page. */
	extensions(name: string): () => Promise<Extensions> {
		return () =>
			Promise.all([import('./marks.ts'), import('./term-marks.ts')]).then(
				([{ marks }, { termMarks }]) => [marks(this, name), termMarks(() => this.glossary)]
			);
	}

	/** Put on the element around such a text. */
	read(name: string): Attachment<HTMLElement> {
		return (element) => {
			const leave = untrack(() =>
				this.enter(name, {
					element,
					selected: () => selectedLetters(element),
					passage: ({ from, to }) => {
						const quote = selectedLetters(element)?.text ?? '';
						return { section: name, from, to, quote };
					},
					refresh: () => {
						for (const mark of element.querySelectorAll<HTMLElement>('mark[data-note]'))
							mark.classList.toggle('on', mark.dataset.note === this.lit);
						this.moved++;
					}
				})
			);
			const press = (event: Event) => {
				const target = event.target as HTMLElement;
				const mark = target.closest<HTMLElement>('[data-note]');
				if (mark)
					this.select(mark.dataset.note!, { focus: target.closest('.note-number') !== null });
			};
			element.addEventListener('click', press);
			return () => {
				element.removeEventListener('click', press);
				leave();
			};
		};
	}

	/** Called whenever the page's selection changes: offers to annotate words of a section. */
	look(): void {
		this.offer = null;
		const selection = getSelection();
		if (!this.mayAnnotate || !selection || selection.isCollapsed) return;
		for (const [name, section] of this.#sections) {
			if (!section.element.contains(selection.anchorNode)) continue;
			if (!section.selected()) return;
			const box = selection.getRangeAt(0).getBoundingClientRect();
			// Selected with the keyboard, the words may end outside the window; the offer does not.
			const left = Math.min(Math.max(box.left + box.width / 2, 60), innerWidth - 60);
			const bottom = Math.min(Math.max(box.bottom, 0), innerHeight - 56);
			this.offer = { section: name, left, bottom };
		}
	}

	/** What is selected this moment becomes what the note is on; null when nothing is. */
	take(): Draft | null {
		this.look();
		const { offer } = this;
		const section = offer && this.#sections.get(offer.section);
		const place = section?.selected();
		const passage = place && section!.passage(place);
		this.offer = null;
		return passage ? { passage, top: offer!.bottom + scrollY } : null;
	}

	begin(): void {
		const draft = this.take();
		if (!draft) return;
		this.draft = draft;
		this.selected = null;
	}

	/** What a figure calls when a piece of it is picked to be annotated; undefined where one may not. */
	picker(figure: Drawn): ((target: Target) => void) | undefined {
		if (!this.mayAnnotate) return undefined;
		return (target) => {
			const { id: figureId, citation } = figure;
			const versionId = target.versionId ?? citation.versionId;
			const label = labelOf(target, shapeOf(figure, versionId));
			const box = document.getElementById(`figure-${figureId}`)?.getBoundingClientRect();
			this.pick({ figureId, versionId, target, label }, (box?.top ?? 0) + scrollY);
		};
	}

	/** Begins a note on a piece of a figure. `top` in page pixels. */
	pick(figure: PickedFigure, top: number): void {
		if (!this.mayAnnotate) return;
		this.draft = { figure, top };
		this.selected = null;
	}

	/**
	 * A figure's notes as the figure shows them: small numbered marks. Notes on the same place in an edition
	 * before are shown too, as such: they were not said of these numbers.
	 */
	figureMarks(drawn: Drawn): FigureMark[] {
		const { datasetId, number } = drawn.citation;
		return this.beside.flatMap(({ id, figure }, i): FigureMark[] => {
			if (!figure) return [];
			const { target } = figure;
			const mark = { id, target, label: String(i + 1) };
			if (figure.figureId === drawn.id) return [mark];
			// What was said of one of two datasets is not marked on other figures of it.
			if (drawn.coupled || target.versionId) return [];
			const before = figure.datasetId === datasetId && figure.number < number;
			const here = target.measure === drawn.measure.key && pointsInto(target, shapeOf(drawn));
			return before && here ? [{ ...mark, older: figure.number }] : [];
		});
	}
}
