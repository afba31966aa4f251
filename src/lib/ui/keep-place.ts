/**
 * When a form is answered, Kit moves the focus to the page itself and takes what is selected with it. An answer
 * may be late: whoever writes on somewhere else meanwhile, or stays in the form, keeps both. `leaving`: whether
 * another page is on its way, where Kit's way is right. Returns how to end it.
 */
export function keepPlace(leaving: () => boolean): () => void {
	const keep = ({ relatedTarget: from }: FocusEvent) => {
		if (leaving() || !(from instanceof HTMLElement) || !from.isConnected) return;
		const chosen = selected();
		from.focus({ preventScroll: true });
		// Kit empties the selection a moment later, unless somebody has changed it by then.
		const again = () => {
			if (document.activeElement !== from) return;
			select(chosen);
			// What is selected in a text one writes in draws the focus there.
			if (document.activeElement !== from) from.focus({ preventScroll: true });
		};
		setTimeout(() => setTimeout(again));
	};
	document.body.addEventListener('focus', keep);
	return () => document.body.removeEventListener('focus', keep);
}

type Chosen = [anchor: Node, from: number, focus: Node, to: number];

function selected(): Chosen | null {
	const selection = getSelection();
	if (!selection?.anchorNode || !selection.focusNode) return null;
	return [selection.anchorNode, selection.anchorOffset, selection.focusNode, selection.focusOffset];
}

function select(chosen: Chosen | null): void {
	const selection = getSelection();
	if (!chosen || !selection || selection.rangeCount > 0) return;
	const [anchor, , focus] = chosen;
	if (anchor.isConnected && focus.isConnected) selection.setBaseAndExtent(...chosen);
}
