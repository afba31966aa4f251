/** Coming to a note by its address, '#note-<id>': from what it became, from a term, from a mail. */
import { EVERYTHING_OPEN, type Choice } from './filter.ts';
import type { PlacedNote } from './note.ts';

type Notes = {
	all: PlacedNote[];
	shown: PlacedNote[];
	choice: Choice;
	selected: string | null;
	select(id: string | null, how?: { focus?: boolean }): void;
};

/** Takes the note in hand, also one that was resolved or that the filter hides; without one nothing happens. */
export function arrive(margin: Notes, hash: string): void {
	const note = margin.all.find(({ id }) => hash === `#note-${id}`);
	if (!note) return;
	margin.select(note.id, { focus: true });
	if (!margin.shown.some(({ id }) => id === note.id)) margin.choice = { ...EVERYTHING_OPEN };
}
