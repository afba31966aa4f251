/**
 * A section as its letters: everything but white space, in order. Splitting a paragraph, joining two,
 * making one a heading or a quote moves white space and block borders about and leaves the letters as
 * they were, so an offset counted in letters means the same in the Y.Doc, in the editor's document, in
 * ProseMirror JSON and in the rendered page.
 */
import * as Y from 'yjs';
import type { Node } from '@tiptap/pm/model';

export type Letters = string;

const white = /\s/u;

/** The letters of a text. */
export function lettersOf(text: string): Letters {
	return text.replace(/\s+/gu, '');
}

/** A section of the Y.Doc, readable and as letters, with the way back to its Y.XmlTexts. */
export type SharedText = {
	/** As it reads: blocks and hard breaks parted by a line break. */
	text: string;
	letters: Letters;
	/** For each letter its place in `text`. */
	at: number[];
	/** The Y.XmlTexts in order, each with the number of its first letter. */
	runs: { type: Y.XmlText; first: number; text: string }[];
};

/** Reads a section's fragment. Embedded things that are no text count as white space. */
export function readShared(fragment: Y.XmlFragment): SharedText {
	const read: SharedText = { text: '', letters: '', at: [], runs: [] };
	const part = () => {
		if (read.text !== '' && !read.text.endsWith('\n')) read.text += '\n';
	};
	const walk = (parent: Y.XmlFragment) => {
		for (const child of parent.toArray()) {
			if (child instanceof Y.XmlText) {
				const text = plain(child);
				read.runs.push({ type: child, first: read.letters.length, text });
				for (const [i, char] of [...chars(text)].entries()) {
					if (white.test(char)) continue;
					read.letters += char;
					read.at.push(read.text.length + i);
				}
				read.text += text;
			} else if (child instanceof Y.XmlElement) {
				part();
				walk(child);
				part();
			}
		}
	};
	walk(fragment);
	return read;
}

/** The letter that stands at `index` of a Y.XmlText, or null when that text is not part of the section. */
export function letterAt(shared: SharedText, type: unknown, index: number): number | null {
	const run = shared.runs.find((run) => run.type === type);
	return run ? run.first + lettersOf(run.text.slice(0, index)).length : null;
}

/** Where a letter lies: its Y.XmlText and the index in it. */
export function placeOf(shared: SharedText, letter: number): { type: Y.XmlText; index: number } {
	let found = shared.runs[0]!;
	for (const run of shared.runs) if (run.first <= letter && run.text !== '') found = run;
	let left = letter - found.first;
	for (let index = 0; index < found.text.length; index++) {
		if (!white.test(found.text[index]!) && left-- === 0) return { type: found.type, index };
	}
	throw new RangeError(`letter ${letter} is outside the section`);
}

/** The editor's document as letters, with the position of each. */
export function readEditor(doc: Node): { letters: Letters; at: number[] } {
	const at: number[] = [];
	let letters = '';
	doc.descendants((node, pos) => {
		if (!node.isText) return true;
		for (const [i, char] of [...chars(node.text!)].entries()) {
			if (white.test(char)) continue;
			letters += char;
			at.push(pos + i);
		}
		return false;
	});
	return { letters, at };
}

/** The letters inside a range of editor positions; null when there are none. */
export function lettersBetween(
	at: number[],
	from: number,
	to: number
): { from: number; to: number } | null {
	let first = 0;
	while (first < at.length && at[first]! < from) first++;
	let after = first;
	while (after < at.length && at[after]! < to) after++;
	return after > first ? { from: first, to: after } : null;
}

/** Yjs and ProseMirror both count in UTF-16 units, so do we. */
function* chars(text: string): Generator<string> {
	for (let i = 0; i < text.length; i++) yield text[i]!;
}

function plain(type: Y.XmlText): string {
	const delta = type.toDelta() as { insert: unknown }[];
	return delta.map(({ insert }) => (typeof insert === 'string' ? insert : ' ')).join('');
}
