import { Fragment } from '@tiptap/pm/model';
import { canJoin } from '@tiptap/pm/transform';
import { describe, expect, it } from 'vitest';
import { capture, resolve } from '#lib/annotation/anchor.ts';
import { lettersOf } from '#lib/annotation/letters.ts';
import { annotated, found, QUOTE, TEXT } from './passage.ts';
import { exchange, schema, SECTION, writers, type Writer } from './writers.ts';

const nodes = schema.nodes as Required<typeof schema.nodes>;

describe('an annotation on a few letters', () => {
	// Found by roaming.test.ts, seed 255: three letters and the eight after them stood twice.
	const TWICE = ['for fem uden skolen skifter planen', 'dem er skolen skifter betydning'];

	it('is an orphan when its words go, though the same ones stand elsewhere beside one like neighbour', () => {
		const all = writers(1, TWICE);
		const { from } = all[0]!.letters('skolen');
		const anchor = capture(all[0]!.fragment, SECTION, from + 2, from + 5)!;
		expect(anchor.quote).toBe('ole');
		all[0]!.edit((tr) => tr.delete(0, tr.doc.child(0).nodeSize));
		expect(resolve(all[0]!.fragment, anchor)).toEqual({ kind: 'orphan' });
	});

	it('is found again among what stood around it', () => {
		const all = writers(1, TWICE);
		const { from } = all[0]!.letters('skolen');
		const anchor = capture(all[0]!.fragment, SECTION, from, from + 6)!;
		all[0]!.edit((tr, find) => tr.split(find('skolen').from));
		expect(found(all[0]!, anchor)?.[1]).toBe('skolen');
	});
});

describe('an annotation stays on its words', () => {
	it('when nothing happened', () => {
		const [[one], anchor] = annotated();
		expect(found(one!, anchor)).toEqual(['position', QUOTE]);
	});

	it('when words come before, after and at both its edges', () => {
		const [[one], anchor] = annotated();
		one!.edit((tr, find) => tr.insertText('Dog: ', find('I fem').from));
		one!.edit((tr, find) => tr.insertText('som ', find(QUOTE).from));
		one!.edit((tr, find) => tr.insertText(' tydeligt', find(QUOTE).to));
		one!.edit((tr) => tr.insert(0, nodes.heading!.create({ level: 2 }, schema.text('Fravær'))));
		expect(found(one!, anchor)).toEqual(['position', QUOTE]);
	});

	it('when the paragraph is split before it', () => {
		const [[one], anchor] = annotated();
		one!.edit((tr, find) => tr.split(find('fem').from));
		expect(found(one!, anchor)?.[1]).toBe(QUOTE);
	});

	it('when the paragraph is split inside it, at a space or inside a word', () => {
		for (const words of ['områder udenfor', 'områ']) {
			const [[one], anchor] = annotated();
			one!.edit((tr, find) => tr.split(find(`fem af de ti ${words}`).to));
			expect(lettersOf(found(one!, anchor)![1])).toBe(lettersOf(QUOTE));
		}
	});

	it('when the split paragraph is joined again', () => {
		const [[one], anchor] = annotated();
		one!.edit((tr, find) => tr.split(find('de ti').to));
		one!.edit((tr) => {
			let border = 0;
			tr.doc.forEach((node, pos) => {
				if (node.textContent.startsWith(' områder')) border = pos;
			});
			expect(canJoin(tr.doc, border)).toBe(true);
			tr.join(border);
		});
		expect(found(one!, anchor)?.[1]).toBe(QUOTE);
	});

	it('when its paragraph becomes a heading, a quote, a list or code', () => {
		const wraps: ((writer: Writer) => void)[] = [
			(w) =>
				w.edit((tr, find) =>
					tr.setBlockType(find('fem').from, find('fem').to, nodes.heading!, { level: 2 })
				),
			(w) => w.edit((tr, find) => wrap(tr, find('fem').from, ['blockquote'])),
			(w) => w.edit((tr, find) => wrap(tr, find('fem').from, ['bulletList', 'listItem'])),
			(w) =>
				w.edit((tr, find) => tr.setBlockType(find('fem').from, find('fem').to, nodes.codeBlock!))
		];
		for (const change of wraps) {
			const [[one], anchor] = annotated();
			change(one!);
			expect(found(one!, anchor)?.[1]).toBe(QUOTE);
		}
	});

	it('when words in it are made bold or get a line break', () => {
		const [[one], anchor] = annotated();
		one!.edit((tr, find) => {
			tr.addMark(find('ti områder').from, find('ti områder').to, schema.marks.bold!.create());
			tr.insert(find('de ti').to, nodes.hardBreak!.create());
		});
		expect(lettersOf(found(one!, anchor)![1])).toBe(lettersOf(QUOTE));
	});

	it('when a slip inside it is corrected by hand', () => {
		const [[one], anchor] = annotated();
		one!.edit((tr, find) => tr.insertText('elleve', find('ti om').from, find('de ti').to));
		expect(found(one!, anchor)).toEqual(['edit', QUOTE.replace('ti', 'elleve')]);
		one!.edit((tr, find) => tr.insertText('vokset', find('steget').from, find('steget').to));
		expect(found(one!, anchor)?.[0]).toBe('edit');
		expect(found(one!, anchor)?.[1]).toContain('fem af de elleve områder udenfor er fraværet');
	});

	it('when its first or last word goes', () => {
		const [[one], anchor] = annotated();
		one!.edit((tr, find) => tr.delete(find('fem af').from, find('fem af').to));
		expect(found(one!, anchor)?.[1].trim()).toBe('de ti områder udenfor er fraværet steget');
	});

	it('when its paragraph is cut and pasted elsewhere', () => {
		const [[one], anchor] = annotated();
		one!.edit((tr, find) => {
			const at = tr.doc.resolve(find('fem').from);
			const moved = at.parent;
			tr.delete(at.before(), at.after());
			tr.insert(tr.doc.content.size, moved);
		});
		expect(found(one!, anchor)?.[1]).toBe(QUOTE);
	});

	it('when a copy of its words stands elsewhere', () => {
		const [[one], anchor] = annotated();
		one!.edit((tr) => tr.insert(0, nodes.paragraph!.create(null, schema.text(QUOTE))));
		expect(found(one!, anchor)).toEqual(['position', QUOTE]);
		one!.edit((tr) => {
			const last = tr.doc.content.size - tr.doc.lastChild!.nodeSize;
			const pos = last - tr.doc.child(tr.doc.childCount - 2).nodeSize + 1;
			tr.setBlockType(pos, pos, nodes.heading!, { level: 3 });
		});
		const here = resolve(one!.fragment, anchor);
		expect(here).toMatchObject({ kind: 'held', by: 'quote' });
		expect(here.kind === 'held' && here.from).toBeGreaterThan(lettersOf(QUOTE).length);
	});

	it('when two others write around and inside it at once, the same place for all', () => {
		const [all, anchor] = annotated(3);
		const [one, two, three] = all as [Writer, Writer, Writer];
		one.edit((tr, find) => tr.split(find('I ').to));
		two.edit((tr, find) => tr.insertText('fjorten', find('ti om').from, find('de ti').to));
		two.edit((tr, find) => tr.insertText(' meget', find('steget').to));
		three.edit((tr, find) => tr.delete(find('Skoledistriktet').from, find('Skoledistriktet').to));
		exchange(all);
		exchange(all);
		const places = all.map((writer) => found(writer, anchor));
		expect(places[0]?.[1]).toContain('områder udenfor er fraværet steget');
		expect(places[1]).toEqual(places[0]);
		expect(places[2]).toEqual(places[0]);
	});
});

describe('an annotation becomes an orphan', () => {
	it('when its words are deleted, and is back when that is undone', () => {
		const [[one], anchor] = annotated();
		one!.edit((tr, find) => tr.delete(find(QUOTE).from, find(QUOTE).to));
		expect(found(one!, anchor)).toBeNull();
		one!.undo.undo();
		expect(found(one!, anchor)?.[1]).toBe(QUOTE);
		one!.undo.redo();
		expect(found(one!, anchor)).toBeNull();
	});

	it('when its paragraph is deleted, and is back for everyone when that is undone', () => {
		const [all, anchor] = annotated(2);
		const [one, two] = all as [Writer, Writer];
		one.edit((tr, find) => {
			const at = tr.doc.resolve(find('fem').from);
			tr.delete(at.before(), at.after());
		});
		exchange(all);
		expect(found(two, anchor)).toBeNull();
		one.undo.undo();
		exchange(all);
		expect(found(two, anchor)?.[1]).toBe(QUOTE);
	});

	it('when it was rewritten into something else', () => {
		const [[one], anchor] = annotated();
		one!.edit((tr, find) =>
			tr.insertText('hele kommunen ligger tallet stille', find(QUOTE).from, find(QUOTE).to)
		);
		expect(found(one!, anchor)).toBeNull();
	});

	it('when its own place is gone and the words stand twice alike', () => {
		const twice = [
			'Se bilag. Tallet er usikkert. Se bilag.',
			'Se bilag. Tallet er usikkert. Se bilag.'
		];
		const [[one], anchor] = annotated(1, ['x', ...twice, 'y'], 'Tallet er usikkert');
		one!.edit((tr) => {
			tr.setBlockType(4, 4, nodes.heading!, { level: 2 });
			tr.insert(0, Fragment.from(tr.doc.child(1)));
		});
		const here = resolve(one!.fragment, { ...anchor, prefix: '', suffix: '' });
		expect(here).toEqual({ kind: 'orphan' });
	});

	it('when only a short copy of its words is left in other surroundings', () => {
		const [[one], anchor] = annotated(1, TEXT, 'fem');
		one!.edit((tr, find) => {
			tr.delete(find('fem af').from, find('fem af').to);
			tr.insertText('De fem skoler', tr.doc.content.size - 1);
		});
		expect(found(one!, anchor)).toBeNull();
	});

	it('when the anchor is of another document or no anchor at all', () => {
		const [[one], anchor] = annotated();
		const none = { ...anchor, start: 'AAAA', end: '%%', quote: 'står her ikke' };
		expect(found(one!, none)).toBeNull();
		expect(found(one!, { ...none, quote: '  ' })).toBeNull();
	});
});

function wrap(
	tr: Parameters<Parameters<Writer['edit']>[0]>[0],
	pos: number,
	types: string[]
): void {
	const range = tr.doc.resolve(pos).blockRange()!;
	tr.wrap(
		range,
		types.map((type) => ({ type: schema.nodes[type]! }))
	);
}
