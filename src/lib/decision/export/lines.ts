import type { Content, Node } from '../../document/content.ts';

/** Shared text as lines a page can be set from: what a PDF and a Word file have in common. */

export type Run = { text: string; bold: boolean; italic: boolean; href: string | null };

export type Line = {
	kind: 'paragraph' | 'heading' | 'bullet' | 'number' | 'quote';
	/** How deep in lists; 0 outside them. */
	depth: number;
	/** A numbered item's number. */
	number: number | null;
	runs: Run[];
};

export function lines(content: Content): Line[] {
	return walk(content, { kind: 'paragraph', depth: 0, number: null }).filter(({ runs }) =>
		runs.some(({ text }) => text.trim())
	);
}

type At = Omit<Line, 'runs'>;

function walk(node: Node, at: At): Line[] {
	const children = node.content ?? [];
	switch (node.type) {
		case 'paragraph':
			return [{ ...at, runs: children.map(run) }];
		case 'heading':
			return [{ ...at, kind: 'heading', runs: children.map(run) }];
		case 'blockquote':
			return children.flatMap((child) => walk(child, { ...at, kind: 'quote' }));
		case 'bulletList':
		case 'orderedList':
			return children.flatMap((item, i) => listItem(node, item, i, at.depth + 1));
		default:
			return children.flatMap((child) => walk(child, at));
	}
}

/** Only an item's first line carries its mark. */
function listItem(list: Node, item: Node, index: number, depth: number): Line[] {
	const ordered = list.type === 'orderedList';
	const first: At = {
		kind: ordered ? 'number' : 'bullet',
		depth,
		number: ordered ? Number(list.attrs?.start ?? 1) + index : null
	};
	return (item.content ?? []).flatMap((child, i) =>
		walk(child, i === 0 ? first : { kind: 'paragraph', depth, number: null })
	);
}

function run(node: Node): Run {
	const has = (type: string) => node.marks?.find((mark) => mark.type === type);
	const href = has('link')?.attrs?.href;
	return {
		text: node.type === 'hardBreak' ? '\n' : (node.text ?? ''),
		bold: Boolean(has('bold')),
		italic: Boolean(has('italic')),
		href: typeof href === 'string' ? href : null
	};
}
