/** What the reader has had in hand, told to the server: theirs alone to know. */
import type { PlacedNote } from './note.ts';

/** As the form field of `readNotes`: what of each was there to be read, so that what comes meanwhile stays unread. */
export const asRead = (notes: Pick<PlacedNote, 'id' | 'said'>[]): string =>
	JSON.stringify(notes.map(({ id, said }) => ({ id, said })));

/** Sent without a word, and the page is not made anew: what stands there stays where it is. Lost, it stays unread. */
export function tellRead(note: PlacedNote): void {
	const body = new FormData();
	body.set('notes', asRead([note]));
	const headers = { accept: 'application/json', 'x-sveltekit-action': 'true' };
	void fetch('?/readNotes', { method: 'POST', body, headers, keepalive: true }).catch(() => {});
}
