/**
 * What keys do in the margin. With Ctrl+Alt they work wherever one is, also while writing; a letter alone
 * only where a note has the focus (WCAG 2.1.4).
 */
export type Deed = 'annotate' | 'next' | 'previous' | 'there_and_back' | 'unread';

type Pressed = Pick<KeyboardEvent, 'code' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'> & {
	getModifierState(key: string): boolean;
};

const TOGETHER: Record<string, Deed> = {
	KeyM: 'annotate',
	KeyJ: 'next',
	KeyK: 'previous',
	KeyG: 'there_and_back',
	KeyU: 'unread'
};
const ALONE: Record<string, Deed> = {
	KeyJ: 'next',
	KeyK: 'previous',
	KeyG: 'there_and_back',
	KeyU: 'unread'
};

/** As they are named to who reads with a screen reader. */
export const SHORTCUT: Record<Deed, string> = {
	annotate: 'Control+Alt+M',
	next: 'Control+Alt+J',
	previous: 'Control+Alt+K',
	there_and_back: 'Control+Alt+G',
	unread: 'Control+Alt+U'
};

/** `onNote`: the note itself has the focus, not a field or a button in it. */
export function deedOf(event: Pressed, onNote: boolean): Deed | null {
	// AltGr writes a letter; it looks like Ctrl+Alt.
	if (event.shiftKey || event.getModifierState('AltGraph')) return null;
	const [control, alt] = [event.ctrlKey || event.metaKey, event.altKey];
	if (control && alt) return TOGETHER[event.code] ?? null;
	return onNote && !control && !alt ? (ALONE[event.code] ?? null) : null;
}

/** The note after (`step` 1) or before (-1) the one in hand, round the end; null where there are none. */
export function stepped(ids: string[], from: string | null, step: 1 | -1): string | null {
	if (ids.length === 0) return null;
	const at = from === null ? -1 : ids.indexOf(from);
	if (at < 0) return step === 1 ? ids[0]! : ids.at(-1)!;
	return ids[(at + step + ids.length) % ids.length]!;
}
