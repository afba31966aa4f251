/** Text as ProseMirror JSON, on both sides: what it says, how long it is, and how to make it from plain text. */

export type Mark = { type: string; attrs?: Record<string, unknown> };
export type Node = {
	type: string;
	attrs?: Record<string, unknown>;
	content?: Node[];
	marks?: Mark[];
	text?: string;
};
/** A section's root: `{ type: 'doc', content: [...] }`. */
export type Content = Node;

export const EMPTY: Content = { type: 'doc', content: [{ type: 'paragraph' }] };

/** Blank lines part paragraphs; a single line break stays one. */
export function fromPlainText(text: string): Content {
	const paragraphs = text
		.replace(/\r\n?/g, '\n')
		.split(/\n{2,}/)
		.map((paragraph) => paragraph.replace(/^\n+|\n+$/g, ''))
		.filter((paragraph) => paragraph !== '');
	if (paragraphs.length === 0) return EMPTY;
	return { type: 'doc', content: paragraphs.map((paragraph) => withBreaks(paragraph)) };
}

/** What a reader sees, without form: blocks parted by a blank line, list items and line breaks by one. */
export function plainText(content: Content | undefined): string {
	return content ? blocks(content).join('\n\n').trim() : '';
}

export function isEmpty(content: Content | undefined): boolean {
	return plainText(content).trim() === '';
}

export function wordCount(content: Content | undefined): number {
	return plainText(content).match(/[\p{L}\p{N}]+(?:[-'’.,][\p{L}\p{N}]+)*/gu)?.length ?? 0;
}

function withBreaks(paragraph: string): Node {
	const content = paragraph
		.split('\n')
		.flatMap((line, index): Node[] => [
			...(index > 0 ? [{ type: 'hardBreak' }] : []),
			...(line !== '' ? [{ type: 'text', text: line }] : [])
		]);
	return { type: 'paragraph', content };
}

const LISTS = ['bulletList', 'orderedList'];

function blocks(node: Node): string[] {
	const children = node.content ?? [];
	if (LISTS.includes(node.type))
		return [children.map((item) => blocks(item).join('\n')).join('\n')];
	if (children.some(isBlock)) return children.flatMap(blocks);
	return [inline(node)];
}

const isBlock = (node: Node) => node.type !== 'text' && node.type !== 'hardBreak';

function inline(node: Node): string {
	if (node.type === 'text') return node.text ?? '';
	if (node.type === 'hardBreak') return '\n';
	return (node.content ?? []).map(inline).join('');
}
