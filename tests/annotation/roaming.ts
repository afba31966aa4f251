/**
 * Three writers let loose on a section whose words know who they are: every word there from the start
 * carries a number of its own as a mark, which goes along when its paragraph is split, moved, quoted or
 * brought back. Anchors do not look at it; the test asks it whose words a note has come to stand on.
 */
import { getSchema, Mark } from '@tiptap/core';
import { Fragment, Slice } from '@tiptap/pm/model';
import type { Node, Schema } from '@tiptap/pm/model';
import type { Transaction } from '@tiptap/pm/state';
import { canJoin, canSplit, findWrapping, liftTarget } from '@tiptap/pm/transform';
import StarterKit from '@tiptap/starter-kit';
import * as Y from 'yjs';
import type { Random } from '../support/random.ts';
import type { Writer } from './writers.ts';

const Origin = Mark.create({
	name: 'origin',
	inclusive: false,
	addAttributes: () => ({ n: { default: 0 } })
});

export const marked: Schema = getSchema([StarterKit.configure({ undoRedo: false }), Origin]);

/** Few words, so that the same ones stand in many places. */
const WORDS =
	'fraværet er steget i fem af de ti områder uden for planen og faldet i to af dem siden skolen blev lagt om mens tallet for anbragte skifter betydning samme år'.split(
		' '
	);

/** Paragraphs of words, each word numbered. */
export function text(random: Random): Node {
	let n = 0;
	const word = () => WORDS[random.below(WORDS.length)]!;
	const paragraphs = Array.from({ length: 1 + random.below(4) }, () =>
		marked.nodes.paragraph!.create(
			null,
			Array.from({ length: 3 + random.below(14) }, () =>
				marked.text(`${word()} `, [marked.marks.origin!.create({ n: ++n })])
			)
		)
	);
	return marked.nodes.doc!.create(null, paragraphs);
}

/** For each letter of the text the number it carries, 0 for what was typed since. */
export function origins(node: Node): number[] {
	const found: number[] = [];
	node.descendants((child) => {
		if (!child.isText) return;
		const n = child.marks.find(({ type }) => type.name === 'origin')?.attrs.n as number | undefined;
		for (const char of child.text!.split('')) if (!/\s/u.test(char)) found.push(n ?? 0);
	});
	return found;
}

const STEPS = [
	...Array<string>(5).fill('type'),
	...Array<string>(4).fill('delete'),
	...Array<string>(3).fill('replace'),
	...['split', 'split', 'join', 'join', 'heading', 'quote', 'lift', 'list', 'bold'],
	...['move', 'move', 'cut', 'copy', 'paste', 'undo', 'undo', 'redo', 'keep', 'restore', 'sync']
];

/** Plays so many steps; what each was is written to `said`, to be read when a run fails. */
export function roam(all: Writer[], random: Random, steps: number): string[] {
	const said: string[] = [];
	const kept: Node[] = [all[0]!.node()];
	let clip: Fragment | undefined;
	for (let i = 0; i < steps; i++) {
		const who = random.below(all.length);
		const what = STEPS[random.below(STEPS.length)]!;
		said.push(`${who} ${what}`);
		const writer = all[who]!;
		if (what === 'sync') send(all, random);
		else if (what === 'undo') writer.undo.undo();
		else if (what === 'redo') writer.undo.redo();
		else if (what === 'keep') kept.push(writer.node());
		else if (what === 'restore') {
			const version = kept[random.below(kept.length)]!;
			writer.edit((tr) => tr.replaceWith(0, tr.doc.content.size, version.content));
		} else
			attempt(() =>
				writer.edit((tr) => {
					clip = edit(tr, what, random, clip);
				})
			);
	}
	return said;
}

/** What cannot be done where it falls is left undone. */
function attempt(change: () => void): void {
	try {
		change();
	} catch (error) {
		const cannot = error instanceof Error && /TransformError|RangeError/.test(error.name);
		if (!cannot) throw error;
	}
}

/** One of them sends what another lacks: nobody waits for anybody. */
function send(all: Writer[], random: Random): void {
	const [from, to] = [all[random.below(all.length)]!, all[random.below(all.length)]!];
	const lacking = Y.encodeStateAsUpdate(from.doc, Y.encodeStateVector(to.doc));
	Y.applyUpdate(to.doc, lacking, 'other');
}

/** One gesture in the editor; one that cannot be made where it falls does nothing. Returns what is on the clipboard. */
function edit(tr: Transaction, what: string, random: Random, clip?: Fragment) {
	const blocks: { pos: number; size: number }[] = [];
	tr.doc.descendants((node, pos) => {
		if (node.isTextblock) blocks.push({ pos, size: node.content.size });
		return !node.isTextblock;
	});
	const block = blocks[random.below(blocks.length)];
	if (!block) return clip;
	const from = block.pos + 1 + random.below(block.size + 1);
	const end = Math.min(block.pos + 1 + block.size, from + 1 + random.below(24));
	const $from = tr.doc.resolve(from);
	const around = $from.blockRange();
	const typed = Array.from(
		{ length: 1 + random.below(4) },
		() => WORDS[random.below(WORDS.length)]
	).join(' ');
	const top = $from.node(1);
	const topAt = $from.before(1);
	if (what === 'type') tr.insert(from, marked.text(` ${typed} `));
	if (what === 'delete' && end > from) tr.delete(from, end);
	if (what === 'replace' && end > from) tr.replaceWith(from, end, marked.text(typed));
	if (what === 'split' && canSplit(tr.doc, from)) tr.split(from);
	if (what === 'join' && canJoin(tr.doc, block.pos)) tr.join(block.pos);
	if (what === 'heading') {
		const heading = $from.parent.type.name === 'heading';
		if (heading) tr.setBlockType(from, from, marked.nodes.paragraph!);
		else if ($from.depth === 1) tr.setBlockType(from, from, marked.nodes.heading!, { level: 2 });
	}
	if (what === 'bold' && end > from) tr.addMark(from, end, marked.marks.bold!.create());
	if ((what === 'quote' || what === 'list') && around) {
		const wrapper = marked.nodes[what === 'quote' ? 'blockquote' : 'bulletList']!;
		const wrapping = findWrapping(around, wrapper);
		if (wrapping) tr.wrap(around, wrapping);
	}
	if (what === 'lift' && around) {
		const target = liftTarget(around);
		if (target !== null) tr.lift(around, target);
	}
	if (what === 'move') {
		tr.delete(topAt, topAt + top.nodeSize);
		tr.insert(topOf(tr.doc, random), top);
		if (tr.doc.childCount > 1 && tr.doc.firstChild!.content.size === 0 && top !== tr.doc.firstChild)
			tr.delete(0, tr.doc.firstChild!.nodeSize);
	}
	if (what === 'cut') {
		clip = Fragment.from(top);
		if (tr.doc.childCount > 1) tr.delete(topAt, topAt + top.nodeSize);
	}
	if (what === 'copy') clip = Fragment.from(top);
	if (what === 'paste' && clip) {
		const whole = random.odds(0.5);
		if (whole) tr.insert(topOf(tr.doc, random), clip);
		else tr.replaceRange(from, from, new Slice(clip, 1, 1));
	}
	return clip;
}

/** Between two blocks, or at an end. */
function topOf(doc: Node, random: Random): number {
	let at = 0;
	const before = random.below(doc.childCount + 1);
	for (let i = 0; i < before; i++) at += doc.child(i).nodeSize;
	return at;
}
