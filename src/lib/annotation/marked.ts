/** Annotated words in rendered text: ProseMirror JSON in, the same with a `note` mark around them. */
import type { Content, Node } from '#lib/document/content.ts';

/** A note's words in a section, in letters (`letters.ts`), and the number it carries on the page. */
export type Marked = {
	id: string;
	from: number;
	to: number;
	/** What stands at its end: its number on the page, or a sign. */
	number: number | string;
	label: string;
};

/** The mark as Prose meets it. `last`: the number is shown after this piece. */
export type NoteAttrs = { id: string; number: number | string; label: string; last: boolean };

/** Puts a mark of type 'note' around the words; the text itself is untouched. */
export function withMarks(content: Content, marked: Marked[]): Content {
	if (marked.length === 0) return content;
	let letter = 0;
	const walk = (node: Node): Node[] => {
		if (node.type !== 'text') return [{ ...node, content: node.content?.flatMap(walk) }];
		const pieces = cut(node.text ?? '', letter, marked);
		letter = pieces.at(-1)?.after ?? letter;
		return pieces.map(({ text, notes }) => ({
			...node,
			text,
			marks: [...(node.marks ?? []), ...notes.map((attrs) => ({ type: 'note', attrs }))]
		}));
	};
	return walk(content)[0]!;
}

type Piece = { text: string; notes: NoteAttrs[]; after: number };

/** Cuts a text wherever a note begins or ends. White space belongs to the words on both its sides. */
function cut(text: string, first: number, marked: Marked[]): Piece[] {
	const pieces: Piece[] = [];
	let letter = first;
	let key = '';
	for (const char of text.split('')) {
		const white = /\s/u.test(char);
		const here = marked.filter(({ from, to }) =>
			white ? from < letter && letter < to : from <= letter && letter < to
		);
		if (!white) letter++;
		const notes = here.map(({ id, number, label, to }) => ({
			id,
			number,
			label,
			last: letter === to
		}));
		const now = here.map(({ id }) => id).join();
		const piece = pieces.at(-1);
		if (piece && key === now) {
			piece.text += char;
			piece.after = letter;
			piece.notes = notes;
		} else pieces.push({ text: char, notes, after: letter });
		key = now;
	}
	return pieces;
}
