/**
 * Who wrote what. A letter of the shared text knows the client id it was written under; which person that
 * is, the log has on record. Splitting a paragraph or making it a heading writes its words anew under the
 * id of whoever did, so words that stood in a kept version already are theirs who had written them there.
 */
import { diffArrays } from 'diff';
import * as Y from 'yjs';
import { isSection } from './keys.ts';

/** null: it was there when the text was made. */
export type Author = string | null;
export type Word = { text: string; author: Author; client: number };
export type Block = Word[];
/** A section's paragraphs, in order. */
export type Written = Record<string, Block[]>;

export type Run = { text: string; author: Author };

/** More words than this changed, and what stood before is not looked for. */
const MOST_EDITS = 4_000;

/** Every word of a document with the person under whose id most of its letters were written. */
export function written(doc: Y.Doc, owners: ReadonlyMap<number, Author>): Written {
	const names = [...doc.share.keys()].filter(isSection).sort();
	return Object.fromEntries(
		names.map((name) => [
			name,
			textsIn(doc.getXmlFragment(name)).map((text) => words(text, owners))
		])
	);
}

/** Words that stood in `before` are their authors' there. `only`: those written under these ids alone. */
export function carried(before: Written, now: Written, only?: ReadonlySet<number>): Written {
	return Object.fromEntries(
		Object.entries(now).map(([name, blocks]) => {
			const was = before[name]?.flat() ?? [];
			const is = blocks.flat();
			const authors = is.map(({ author }) => author);
			const parts = diffArrays(
				was.map(({ text }) => text),
				is.map(({ text }) => text),
				{ maxEditLength: MOST_EDITS }
			) as ReturnType<typeof diffArrays<string>> | undefined;
			let [from, to] = [0, 0];
			for (const { added, removed, value } of parts ?? []) {
				if (!added && !removed)
					for (let i = 0; i < value.length; i++)
						if (!only || only.has(is[to + i]!.client)) authors[to + i] = was[from + i]!.author;
				if (!added) from += value.length;
				if (!removed) to += value.length;
			}
			let at = 0;
			return [
				name,
				blocks.map((block) => block.map((word) => ({ ...word, author: authors[at++]! })))
			];
		})
	);
}

/** Words of one author after each other are one run; white space goes with what is before it. */
export function runs(block: Block): Run[] {
	const found: Run[] = [];
	for (const { text, author } of block) {
		const last = found.at(-1);
		if (last && (last.author === author || /^\s+$/u.test(text))) last.text += text;
		else found.push({ text, author });
	}
	return found.filter(({ text }) => text.trim() !== '');
}

/** Its authors, those who wrote most of it first. */
export function authorsOf(block: Block): Author[] {
	const letters = new Map<Author, number>();
	for (const { text, author } of block)
		if (text.trim()) letters.set(author, (letters.get(author) ?? 0) + text.length);
	return [...letters].sort((a, b) => b[1] - a[1]).map(([author]) => author);
}

function textsIn(parent: Y.XmlFragment): Y.XmlText[] {
	return parent
		.toArray()
		.flatMap((child) =>
			child instanceof Y.XmlText ? [child] : child instanceof Y.XmlElement ? textsIn(child) : []
		);
}

function words(text: Y.XmlText, owners: ReadonlyMap<number, Author>): Block {
	let letters = '';
	const clients: number[] = [];
	for (let item = text._start; item; item = item.right) {
		if (item.deleted) continue;
		const piece = item.content instanceof Y.ContentString ? item.content.str : '';
		const inside = item.countable && piece === '' ? ' ' : piece; // a line break, say
		letters += inside;
		for (let i = 0; i < inside.length; i++) clients.push(item.id.client);
	}
	return [...letters.matchAll(/\s+|\S+/gu)].map(({ 0: word, index }) => {
		const client = most(clients.slice(index, index + word.length));
		return { text: word, client, author: owners.get(client) ?? null };
	});
}

function most(clients: number[]): number {
	const counted = new Map<number, number>();
	for (const client of clients) counted.set(client, (counted.get(client) ?? 0) + 1);
	return [...counted].sort((a, b) => b[1] - a[1])[0]![0];
}
