/** Two texts compared word by word. */
import { diffWordsWithSpace } from 'diff';
import type { Segment } from './segments.ts';

/** A text rewritten from end to end is shown as such: comparing it word by word would take seconds. */
const MOST_EDITS = 3000;

/** Joining same and removed gives the text before; same and added the text now. */
export function wordDiff(before: string, after: string): Segment[] {
	const parts = diffWordsWithSpace(before, after, { maxEditLength: MOST_EDITS });
	if (!parts) return [removed(before), added(after)].filter(({ text }) => text !== '');
	return parts.map(({ value, added, removed }) => ({
		change: added ? 'added' : removed ? 'removed' : 'same',
		text: value
	}));
}

const removed = (text: string): Segment => ({ change: 'removed', text });
const added = (text: string): Segment => ({ change: 'added', text });
