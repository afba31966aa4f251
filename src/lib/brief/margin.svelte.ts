import { SvelteMap } from 'svelte/reactivity';
import { MarginState } from '../annotation/margin.svelte.ts';
import type { Marked } from '../annotation/marked.ts';
import type { Place } from '../annotation/section.ts';
import type { MarginData } from '../annotation/note.ts';
import type { Recognition } from './together.ts';
import { recognitionWord } from './words.ts';

type Source = () => MarginData & { order: string[]; recognitions: Recognition[] };

/** The sign at the words: asked, recognised, not recognised. Read aloud with who and what. */
const SIGNS = { asked: '?', yes: '✓', no: '≠' } as const;

/** A brief's margin: notes, and at their words what those who own the figures were asked (B6). */
export class BriefMargin extends MarginState {
	#told: Source;
	/** What editors say of the places of their words, ahead of the server. */
	#moved = new SvelteMap<string, Place | null>();

	constructor(source: Source) {
		super(source);
		this.#told = source;
	}

	/** Where an asked passage is now; null when its words are gone. */
	placeOf({ id, place }: Recognition): Place | null {
		const live = this.#moved.get(id);
		return live === undefined ? place : live;
	}

	override anchorsIn(name: string) {
		const asked = this.#told().recognitions.flatMap(({ id, anchor }) =>
			anchor?.section === name ? [{ id, anchor }] : []
		);
		return [...super.anchorsIn(name), ...asked];
	}

	override markedIn(name: string): Marked[] {
		const asked = this.#told().recognitions.flatMap((one): Marked[] => {
			const place = one.anchor?.section === name ? this.placeOf(one) : null;
			if (!place) return [];
			const sign = one.recognised === null ? SIGNS.asked : one.recognised ? SIGNS.yes : SIGNS.no;
			return [{ id: one.id, ...place, number: sign, label: recognitionWord(one) }];
		});
		return [...super.markedIn(name), ...asked];
	}

	override placed(name: string, places: Map<string, Place | null>): void {
		const asked = new Set(this.#told().recognitions.map(({ id }) => id));
		// The editor marks by the same map: what is not a note's is taken out of a copy.
		const notes = new Map(places);
		for (const [id, place] of places) {
			if (!asked.has(id)) continue;
			const before = this.#moved.get(id);
			if (before?.from !== place?.from || before?.to !== place?.to || before === undefined)
				this.#moved.set(id, place);
			notes.delete(id);
		}
		super.placed(name, notes);
	}

	override select(id: string | null, options: { focus?: boolean } = {}): void {
		const asked = this.#told().recognitions.some((one) => one.id === id);
		if (asked && options.focus) document.getElementById(`recognise-${id}`)?.focus();
		else super.select(id, options);
	}
}
