/** A section of the page as the margin meets it: one that is written in, or one that is only read. */
import type { Anchor } from './anchor.ts';

/** Letters of a section (`letters.ts`), `to` after the last. */
export type Place = { from: number; to: number };

/** Words selected where no editor runs; the server ties them to the text. */
export type ReadWords = Place & { section: string; quote: string };

export type Passage = Anchor | ReadWords;

export type Section = {
	element: HTMLElement;
	/** The letters selected in it. */
	selected(): Place | null;
	/** What a note on these letters is tied to. */
	passage(place: Place): Passage | null;
	/** Notes were added, changed, chosen: show them anew. */
	refresh(): void;
};
