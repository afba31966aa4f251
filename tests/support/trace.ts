import * as Y from 'yjs';
import { random, type Random } from './random.ts';

/**
 * An editing trace of any length, the same for the same seed: several authors take turns, type in runs,
 * jump, correct themselves and delete (12 % or so of all edits), as people who write a text together do.
 * Every edit is one key: a character in, a character out, or a new paragraph.
 */

export type Edit = {
	author: number;
	paragraph: number;
	at: number;
	what: 'insert' | 'remove' | 'paragraph';
	/** The character of an insertion. */
	text: string;
};

export type TraceOptions = { edits: number; seed?: number; authors?: number };

const WORDS =
	'kommunen har i de seneste år haft flere børn end ventet og udgiften til tilbud er steget derfor foreslår centret at prøve en ny model hvor skole og familie mødes tidligere end før'.split(
		' '
	);

export function* trace({ edits, seed = 1, authors = 4 }: TraceOptions): Generator<Edit> {
	const chance = random(seed);
	const lengths = [0];
	const carets = Array.from({ length: authors }, () => ({ paragraph: 0, at: 0 }));
	let author = 0;
	let made = 0;
	while (made < edits) {
		if (chance.odds(0.08)) author = chance.below(authors);
		const caret = carets[author]!;
		if (chance.odds(0.12)) jump(chance, lengths, caret);
		caret.at = Math.min(caret.at, lengths[caret.paragraph]!);
		for (const step of run(chance, lengths, caret)) {
			yield { author, ...step };
			if (++made === edits) return;
		}
	}
}

type Caret = { paragraph: number; at: number };

function jump(chance: Random, lengths: number[], caret: Caret): void {
	// Most people write on at the end; some go back to mend.
	caret.paragraph = chance.odds(0.6) ? lengths.length - 1 : chance.below(lengths.length);
	caret.at = chance.odds(0.5)
		? lengths[caret.paragraph]!
		: chance.below(lengths[caret.paragraph]! + 1);
}

/** A run of keys without a pause, each where the one before left the caret. */
function* run(chance: Random, lengths: number[], caret: Caret): Generator<Omit<Edit, 'author'>> {
	const step = (what: Edit['what'], text = '') => ({ ...caret, what, text });
	if (caret.at > 0 && chance.odds(0.3)) {
		for (let left = Math.min(caret.at, 1 + chance.below(14)); left > 0; left--) {
			caret.at--;
			lengths[caret.paragraph]!--;
			yield step('remove');
		}
		return;
	}
	if (lengths[caret.paragraph]! > 400 && caret.paragraph === lengths.length - 1) {
		caret.paragraph = lengths.push(0) - 1;
		caret.at = 0;
		yield step('paragraph');
	}
	for (let words = 1 + chance.below(6); words > 0; words--) {
		for (const text of `${WORDS[chance.below(WORDS.length)]} `) {
			yield step('insert', text);
			caret.at++;
			lengths[caret.paragraph]!++;
		}
	}
}

export type Written = { author: number; client: number; bytes: Uint8Array };

/**
 * The trace as Yjs updates, one per edit, written by clients 1001, 1002 … into the section. One document is
 * enough for all authors: they take turns.
 */
export function* updates(edits: Iterable<Edit>, section = 'account'): Generator<Written> {
	const doc = new Y.Doc();
	const fragment = doc.getXmlFragment(section);
	const texts: Y.XmlText[] = [];
	let bytes: Uint8Array = new Uint8Array();
	doc.on('update', (update) => void (bytes = update));
	for (const edit of edits) {
		doc.clientID = clientOf(edit.author);
		doc.transact(() => {
			const text = (texts[edit.paragraph] ??= paragraph(fragment));
			if (edit.what === 'insert') text.insert(edit.at, edit.text);
			else if (edit.what === 'remove') text.delete(edit.at, 1);
		});
		yield { author: edit.author, client: clientOf(edit.author), bytes };
	}
	doc.destroy();
}

export const clientOf = (author: number): number => 1001 + author;

function paragraph(fragment: Y.XmlFragment): Y.XmlText {
	const element = new Y.XmlElement('paragraph');
	const text = new Y.XmlText();
	element.insert(0, [text]);
	fragment.push([element]);
	return text;
}
