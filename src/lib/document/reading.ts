import type * as Y from 'yjs';

/**
 * Yjs tidies formatting after others' edits, which is an edit of its own. On a page that may only read it
 * would be sent, refused, and the page sent away for good; or make its text another than everyone's.
 */
export function tidyNothingWhile(doc: Y.Doc, reading: () => boolean): void {
	doc.on('afterTransaction', (transaction) => {
		if (reading()) transaction._needFormattingCleanup = false; // looked at right after this
	});
}
