/** The forum's terms in rendered text: ProseMirror JSON in, the same with a `term` mark around each. */
import type { Content, Node } from '#lib/document/content.ts';
import { findTerms, termPath, type Found, type Term } from '#lib/forum/glossary.ts';

/** The mark as Prose meets it: a link to what the forum means. */
export type TermAttrs = { id: string; href: string };

/** Marks each term where it stands first; words that are a link already stay one. The text itself is untouched. */
export function withTerms(content: Content, terms: Term[], slug: string): Content {
	if (terms.length === 0) return content;
	const left = new Set(terms.map(({ id }) => id));
	const walk = (node: Node): Node => {
		const children = node.content ?? [];
		if (!children.some(({ type }) => type === 'text'))
			return node.content ? { ...node, content: children.map(walk) } : node;
		const text = children.map((child) => child.text ?? '\n').join('');
		const found = findTerms(
			text,
			terms.filter(({ id }) => left.has(id))
		);
		let at = 0;
		const marked = children.flatMap((child) => {
			const from = at;
			at += (child.text ?? '\n').length;
			if (child.type !== 'text' || child.marks?.some(({ type }) => type === 'link')) return [child];
			return cut(child, from, found, slug);
		});
		for (const { id } of found) left.delete(id);
		return { ...node, content: marked };
	};
	return walk(content);
}

/** A text node in pieces, those inside a term marked. `from`: where it begins in its paragraph. */
function cut(node: Node, from: number, found: Found[], slug: string): Node[] {
	const text = node.text ?? '';
	const pieces: Node[] = [];
	let done = 0;
	const piece = (to: number, marks: Node['marks']) => {
		if (to > done) pieces.push({ ...node, text: text.slice(done, to), ...(marks && { marks }) });
		done = Math.max(done, to);
	};
	for (const { id, from: start, to } of found) {
		const [begins, ends] = [start - from, to - from];
		if (ends <= 0 || begins >= text.length) continue;
		piece(Math.max(0, begins), node.marks);
		const attrs: TermAttrs = { id, href: termPath(slug, id) };
		piece(Math.min(text.length, ends), [...(node.marks ?? []), { type: 'term', attrs }]);
	}
	piece(text.length, node.marks);
	return pieces;
}
