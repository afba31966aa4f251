/** Where whoever works by keyboard is set down, when what they held is gone. */
const PLACES = 'section, article, aside, header, li, [role="group"]';

/**
 * A button that was pressed may be gone, moved or folded away when the answer comes, and the focus with it: a screen
 * reader begins from the top, and the keyboard has lost its place. It is set down on what was held where that still
 * stands (a moved row, a button shut while its form was on its way), else on the nearest part that does. `leaving`:
 * whether another page is on its way. Returns how to end it.
 */
export function keepNear(leaving: () => boolean): () => void {
	/** What is held by keyboard, and what it stands in, from within. */
	let path: HTMLElement[] = [];
	const hold = ({ target }: { target: EventTarget | null }) => {
		if (!(target instanceof HTMLElement) || target === document.body) return;
		path = target.matches(':focus-visible') ? [...within(target)] : [];
	};
	hold({ target: document.activeElement });
	const letGo = () => void (path = []);
	/** Where the address names a place, Kit goes there when a form is answered, which takes the focus from what stays. */
	const slip = ({ target, relatedTarget }: FocusEvent) => {
		if ((relatedTarget ?? document.body) !== document.body || target !== path[0]) return;
		if (path[0]!.matches('a')) letGo();
		else setTimeout(() => document.hasFocus() && look([]));
	};
	const look = (changes: MutationRecord[]) => {
		const [held] = path;
		const { activeElement: now, body } = document;
		const folded = () => changes.some(({ attributeName }) => attributeName === 'open');
		if (!held || leaving() || (now !== body && !(now === held && folded()))) return;
		if (held.isConnected && held.matches(':disabled')) return; // it is looked at again when it opens
		path.some((one) => setDown(one, one === held));
	};
	const watcher = new MutationObserver(look);
	watcher.observe(document.body, {
		childList: true,
		subtree: true,
		attributeFilter: ['disabled', 'open']
	});
	document.addEventListener('pointerdown', letGo, true);
	document.addEventListener('focusin', hold);
	document.addEventListener('focusout', slip);
	return () => {
		watcher.disconnect();
		document.removeEventListener('pointerdown', letGo, true);
		document.removeEventListener('focusin', hold);
		document.removeEventListener('focusout', slip);
	};
}

/** Only inside the page itself: menus and dialogs look after their own. */
function* within(target: HTMLElement): Iterable<HTMLElement> {
	const main = target.closest('main');
	for (let one: HTMLElement | null = target; main && one && one !== main; one = one.parentElement)
		yield one;
}

/** Whether the focus stands there now. */
function setDown(one: HTMLElement, held: boolean): boolean {
	if (!one.isConnected || !one.checkVisibility()) return false;
	const place = one instanceof HTMLDetailsElement ? one.querySelector('summary') : one;
	if (!place || !(held || place !== one || one.matches(PLACES))) return false;
	// It stays so: Kit takes the focus from it when the answer is in, and keepPlace gives it back.
	if (!held && place === one && !one.hasAttribute('tabindex')) one.tabIndex = -1;
	place.focus({ preventScroll: true });
	return document.activeElement === place;
}
