/**
 * What an annotation is tied to, and where those words are now.
 *
 * An anchor is what its author selected and never changes. `resolve` is the one rule that finds it again:
 *
 * 1. **Position.** The words between the two positions are the quote: held.
 * 2. **Tracked edit.** The first and last character selected both still stand, and the words between
 *    them are enough like the quote (`ENOUGH`): someone corrected inside it. Held.
 * 3. **Quote with context.** The quote stands in the section, and one match has better surroundings than
 *    every other (`surroundings`): a split, a heading, a quote, a move gave the words new positions. Held.
 *    Two equally good matches: orphan, we never guess. A few letters with little around them stand in many
 *    places, and the one left may be another: quote and what agrees beside it must be `TELLING` together.
 * 4. **Tracked edit at an end.** What is left between the positions is enough like the quote. Held.
 * 5. Otherwise the words are gone: **orphan**. It is held again as soon as they are back (undo).
 *
 * Comparison is by letters (`letters.ts`): white space and block borders do not count.
 */
import * as Y from 'yjs';
import { lettersOf, letterAt, placeOf, readShared } from './letters.ts';
import type { Letters, SharedText } from './letters.ts';

export type Anchor = {
	section: string;
	/** Yjs relative positions, base64: on the first and on the last character selected. */
	start: string;
	end: string;
	/** How it read, and up to 32 characters on each side. */
	quote: string;
	prefix: string;
	suffix: string;
};

/** `from` and `to` count letters of the section; `to` is after the last. */
export type Resolved =
	| { kind: 'held'; from: number; to: number; by: 'position' | 'edit' | 'quote' }
	| { kind: 'orphan' };

/** Share of letters two texts must have in common, in order, for one to be an edit of the other. */
export const ENOUGH = 2 / 3;
/** Letters that must agree beside a match for that side to count. */
const NEAR = 8;
/** A quote this long that stands once only is the words, wherever they were moved. */
const LONG = 24;
/** A shorter one and what agrees beside it: fewer letters stand alike in too many places. */
const TELLING = 2 * NEAR;
const CONTEXT = 32;
export const QUOTE_MAX = 4000;

/** Ties an anchor to letters `from` to `to` of a section; null when they hold no letter or are too many. */
export function capture(
	fragment: Y.XmlFragment,
	section: string,
	from: number,
	to: number
): Anchor | null {
	const shared = readShared(fragment);
	if (!(from >= 0 && from < to && to <= shared.letters.length)) return null;
	const [start, end] = [shared.at[from]!, shared.at[to - 1]! + 1];
	if (end - start > QUOTE_MAX) return null;
	const [first, last] = [placeOf(shared, from), placeOf(shared, to - 1)];
	return {
		section,
		start: encode(Y.createRelativePositionFromTypeIndex(first.type, first.index, 0)),
		end: encode(Y.createRelativePositionFromTypeIndex(last.type, last.index + 1, -1)),
		quote: shared.text.slice(start, end),
		prefix: shared.text.slice(Math.max(0, start - CONTEXT), start),
		suffix: shared.text.slice(end, end + CONTEXT)
	};
}

/** Where the anchor's words are in the section now. */
export function resolve(fragment: Y.XmlFragment, anchor: Anchor): Resolved {
	return resolveIn(readShared(fragment), fragment.doc!, anchor);
}

/** The same for many anchors of one section: the section is read once. */
export function resolveAll(fragment: Y.XmlFragment, anchors: Anchor[]): Resolved[] {
	const shared = readShared(fragment);
	return anchors.map((anchor) => resolveIn(shared, fragment.doc!, anchor));
}

function resolveIn(shared: SharedText, doc: Y.Doc, anchor: Anchor): Resolved {
	const quote = lettersOf(anchor.quote);
	if (quote === '') return { kind: 'orphan' };
	const start = tracked(shared, doc, anchor.start);
	const end = tracked(shared, doc, anchor.end);
	const range = start && end && start.letter < end.letter ? [start.letter, end.letter] : null;
	const now = range ? shared.letters.slice(range[0], range[1]) : '';

	if (range && now === quote) return held(range, 'position');
	const edited = range !== null && alike(quote, now) >= ENOUGH;
	if (edited && start!.stands && end!.stands) return held(range, 'edit');
	const match = findQuote(
		shared.letters,
		quote,
		lettersOf(anchor.prefix),
		lettersOf(anchor.suffix)
	);
	if (match !== null) return held([match, match + quote.length], 'quote');
	if (edited) return held(range, 'edit');
	return { kind: 'orphan' };
}

function held(range: number[], by: 'position' | 'edit' | 'quote'): Resolved {
	return { kind: 'held', from: range[0]!, to: range[1]!, by };
}

/** The one match with the best surroundings; null when there is none, more than one, or too little to tell by. */
function findQuote(
	letters: Letters,
	quote: Letters,
	prefix: Letters,
	suffix: Letters
): number | null {
	const matches: { at: number; rank: number; agreeing: number }[] = [];
	for (let at = letters.indexOf(quote); at >= 0; at = letters.indexOf(quote, at + 1)) {
		matches.push({ at, ...surroundings(letters, at, at + quote.length, prefix, suffix) });
	}
	const best = Math.max(...matches.map(({ rank }) => rank));
	const [one, ...others] = matches.filter(({ rank }) => rank === best);
	if (!one || others.length > 0) return null;
	const told = quote.length >= LONG || best === 3;
	return told || (best > 0 && quote.length + one.agreeing >= TELLING) ? one.at : null;
}

/**
 * `rank` 3: both sides as they were, all of them; 2: both sides nearby; 1: one side nearby; 0: neither.
 * `agreeing`: how many letters beside it are as they were.
 */
function surroundings(
	letters: Letters,
	from: number,
	to: number,
	prefix: Letters,
	suffix: Letters
): { rank: number; agreeing: number } {
	let before = 0;
	while (before < prefix.length && letters[from - 1 - before] === prefix.at(-1 - before)) before++;
	let after = 0;
	while (after < suffix.length && letters[to + after] === suffix[after]) after++;
	// An empty side stood at the border of the section, and agrees only there.
	const whole = (n: number, side: Letters, atBorder: boolean) =>
		side === '' ? atBorder : n === side.length;
	const near = (n: number, side: Letters, atBorder: boolean) =>
		side === '' ? atBorder : n >= Math.min(NEAR, side.length);
	const [left, right] = [from === 0, to === letters.length];
	const rank =
		whole(before, prefix, left) && whole(after, suffix, right)
			? 3
			: Number(near(before, prefix, left)) + Number(near(after, suffix, right));
	return { rank, agreeing: before + after };
}

/**
 * How alike two texts are, 0 to 1: twice the letters they share in order, over the letters of both
 * (Dice over the longest common subsequence).
 */
export function alike(a: Letters, b: Letters): number {
	if (a === '' || b === '') return 0;
	const both = a.length + b.length;
	// Too different in length to reach ENOUGH whatever they hold: not worth counting.
	if ((2 * Math.min(a.length, b.length)) / both < ENOUGH) return 0;
	let head = 0;
	while (head < a.length && head < b.length && a[head] === b[head]) head++;
	let tail = 0;
	while (
		tail < a.length - head &&
		tail < b.length - head &&
		a[a.length - 1 - tail] === b[b.length - 1 - tail]
	)
		tail++;
	const [left, right] = [a.slice(head, a.length - tail), b.slice(head, b.length - tail)];
	return (2 * (head + tail + common(left, right))) / both;
}

/** Length of the longest common subsequence. */
function common(a: string, b: string): number {
	let row = new Uint16Array(b.length + 1);
	for (let i = 0; i < a.length; i++) {
		const next = new Uint16Array(b.length + 1);
		for (let j = 0; j < b.length; j++)
			next[j + 1] = a[i] === b[j] ? row[j]! + 1 : Math.max(next[j]!, row[j + 1]!);
		row = next;
	}
	return row[b.length]!;
}

/**
 * The letter a position is on now, and whether the character it was put on still stands. Undo gives
 * characters new identities that only the one who undid knows of, so they are not followed: everyone
 * must find the same place.
 */
function tracked(
	shared: SharedText,
	doc: Y.Doc,
	position: string
): { letter: number; stands: boolean } | null {
	try {
		const relative = decode(position);
		const absolute = Y.createAbsolutePositionFromRelativePosition(relative, doc, false);
		const letter = absolute && letterAt(shared, absolute.type, absolute.index);
		if (letter === null || !relative.item) return null;
		const item = Y.getItem(doc.store, relative.item);
		return { letter, stands: item instanceof Y.Item && !item.deleted };
	} catch {
		return null; // no position, or one of another document
	}
}

function encode(position: Y.RelativePosition): string {
	return btoa(String.fromCharCode(...Y.encodeRelativePosition(position)));
}

function decode(position: string): Y.RelativePosition {
	return Y.decodeRelativePosition(Uint8Array.from(atob(position), (c) => c.charCodeAt(0)));
}
