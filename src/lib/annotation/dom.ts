/**
 * Rendered text as letters (`letters.ts`), for text that is only read: no editor, no Yjs in the page.
 * Whatever is not the text itself, such as a note's number, stands in an element with `data-not-text`.
 */

/** The letters selected inside an element; null when none are, or some are outside. */
export function selectedLetters(
	element: HTMLElement,
	selection: Selection | null = getSelection()
): { from: number; to: number; text: string } | null {
	if (!selection || selection.isCollapsed || selection.rangeCount === 0) return null;
	const range = selection.getRangeAt(0);
	if (!element.contains(range.startContainer) || !element.contains(range.endContainer)) return null;
	const from = lettersBefore(element, range.startContainer, range.startOffset);
	const to = lettersBefore(element, range.endContainer, range.endOffset);
	return to > from ? { from, to, text: range.toString() } : null;
}

/** Puts the focus on annotated words: the caret where one writes, else their number; or on a figure. */
export function putFocus(words: Element): void {
	const editor = words.closest<HTMLElement>('[contenteditable="true"]');
	if (editor) {
		editor.focus({ preventScroll: true });
		getSelection()?.setBaseAndExtent(words, 0, words, 0);
		return;
	}
	const id = (words as HTMLElement).dataset.note;
	const number = id && document.querySelector<HTMLElement>(`button[data-note="${id}"]`);
	const target = number || (words as HTMLElement);
	if (!number && !target.hasAttribute('tabindex')) target.tabIndex = -1;
	target.focus({ preventScroll: true });
}

/** The note whose words, or whose number, one is at. */
export function noteAtCaret(): string | null {
	const anchor = getSelection()?.anchorNode;
	const at = anchor instanceof Element ? anchor : anchor?.parentElement;
	const [pressed, read] = [document.activeElement, at].map((element) =>
		element?.closest<HTMLElement>('[data-note]')
	);
	return pressed?.dataset.note ?? read?.dataset.note ?? null;
}

function lettersBefore(element: HTMLElement, node: Node, offset: number): number {
	const before = document.createRange();
	before.setStart(element, 0);
	before.setEnd(node, offset);
	const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
	let letters = 0;
	for (let text = walker.nextNode(); text; text = walker.nextNode()) {
		if (text.parentElement?.closest('[data-not-text]')) continue;
		const length = text.textContent!.length;
		const end =
			text === node
				? Math.min(offset, length)
				: before.comparePoint(text, length) <= 0
					? length
					: 0;
		letters += count(text.textContent!.slice(0, end));
		if (text === node) break;
	}
	return letters;
}

function count(text: string): number {
	return text.replace(/\s+/gu, '').length;
}
