import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canJoin, canSplit } from '@tiptap/pm/transform';
import * as Y from 'yjs';
import { alike, capture, ENOUGH, resolve } from '#lib/annotation/anchor.ts';
import { lettersOf, readEditor, readShared } from '#lib/annotation/letters.ts';
import { exchange, schema, SECTION, writers } from './writers.ts';
import type { Writer } from './writers.ts';

const WORDS =
	'fraværet er steget i fem af de ti områder uden for planen og faldet i to af dem siden skolen blev lagt om mens tallet for anbragte skifter betydning samme år'.split(
		' '
	);

const words = (min: number, max: number) =>
	fc.array(fc.constantFrom(...WORDS), { minLength: min, maxLength: max }).map((w) => w.join(' '));
const place = fc.double({ min: 0, max: 1, noNaN: true });

const step = fc.record({
	who: fc.nat(2),
	what: fc.constantFrom(
		'type',
		'type',
		'delete',
		'replace',
		'split',
		'join',
		'heading',
		'quote',
		'lift',
		'copy',
		'bold',
		'undo',
		'redo',
		'sync'
	),
	at: place,
	to: place,
	text: words(1, 4)
});
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

/** Plays one step; one that cannot be done where it falls does nothing. */
function play(all: Writer[], { who, what, at, to, text }: Step): void {
	const writer = all[who % all.length]!;
	if (what === 'sync') return exchange(all);
	if (what === 'undo') return void writer.undo.undo();
	if (what === 'redo') return void writer.undo.redo();
	writer.edit((tr) => {
		const blocks: { pos: number; size: number }[] = [];
		tr.doc.descendants((node, pos) => {
			if (node.isTextblock) blocks.push({ pos, size: node.content.size });
			return !node.isTextblock;
		});
		const block = blocks[Math.min(blocks.length - 1, Math.floor(at * blocks.length))];
		if (!block) return;
		const from = block.pos + 1 + Math.floor(to * block.size);
		const end = Math.min(block.pos + 1 + block.size, from + 1 + Math.floor(at * 20));
		const around = tr.doc.resolve(from).blockRange();
		if (what === 'type') tr.insertText(` ${text}`, from);
		if (what === 'delete') tr.delete(from, end);
		if (what === 'replace') tr.insertText(text, from, end);
		if (what === 'split' && canSplit(tr.doc, from)) tr.split(from);
		if (what === 'join' && canJoin(tr.doc, block.pos)) tr.join(block.pos);
		if (what === 'heading') tr.setBlockType(from, from, schema.nodes.heading!, { level: 2 });
		if (what === 'bold' && end > from) tr.addMark(from, end, schema.marks.bold!.create());
		if (what === 'quote' && around) tr.wrap(around, [{ type: schema.nodes.blockquote! }]);
		if (what === 'lift' && around && around.depth > 0) tr.lift(around, around.depth - 1);
		if (what === 'copy') tr.insert(tr.doc.content.size, tr.doc.resolve(from).parent);
	});
}

const text = fc.array(words(3, 14), { minLength: 1, maxLength: 4 });
/** roaming.test.ts does more of the same; the full count is `ANCHOR_SEEDS=2000`. */
const RUNS = Number(process.env.ANCHOR_SEEDS ?? 120);

describe('whatever three writers do', () => {
	it('an annotation is on its words or an edit of them, the same for everyone, or it is an orphan', () => {
		fc.assert(
			fc.property(
				text,
				fc.boolean(),
				place,
				place,
				fc.array(step, { maxLength: 25 }),
				(t, gc, a, b, steps) => {
					const all = writers(3, t, gc);
					const length = readShared(all[0]!.fragment).letters.length;
					const from = Math.floor(a * (length - 1));
					const anchor = capture(
						all[0]!.fragment,
						SECTION,
						from,
						Math.min(length, from + 1 + Math.floor(b * 40))
					)!;
					for (const one of steps) play(all, one);
					exchange(all);
					exchange(all);
					const places = all.map((writer) => resolve(writer.fragment, anchor));
					expect(places[1]).toEqual(places[0]);
					expect(places[2]).toEqual(places[0]);
					const letters = readShared(all[0]!.fragment).letters;
					expect(readEditor(all[0]!.node()).letters).toBe(letters);
					const here = places[0]!;
					if (here.kind === 'orphan') return;
					const now = letters.slice(here.from, here.to);
					const quote = lettersOf(anchor.quote);
					if (here.by === 'edit') expect(alike(quote, now)).toBeGreaterThanOrEqual(ENOUGH);
					else expect(now).toBe(quote);
				}
			),
			{ numRuns: RUNS }
		);
	});

	it('a quote long enough that stands once is never an orphan', () => {
		fc.assert(
			fc.property(text, fc.array(step, { maxLength: 15 }), (t, steps) => {
				const quote = 'Nørrevang og Skovbrynet skiller sig ud';
				const all = writers(3, [...t, `${t[0]} ${quote} ${t[0]}`]);
				const { from, to } = all[0]!.letters(quote);
				const anchor = capture(all[0]!.fragment, SECTION, from, to)!;
				for (const one of steps) play(all, one);
				exchange(all);
				exchange(all);
				const { letters } = readShared(all[0]!.fragment);
				const first = letters.indexOf(lettersOf(quote));
				if (first < 0 || letters.includes(lettersOf(quote), first + 1)) return;
				const here = resolve(all[0]!.fragment, anchor);
				expect(here.kind).toBe('held');
			}),
			{ numRuns: RUNS }
		);
	});

	it('an annotation is where it was when the section is stored and read again', () => {
		fc.assert(
			fc.property(text, fc.array(step, { maxLength: 15 }), (t, steps) => {
				const all = writers(2, t);
				const length = readShared(all[0]!.fragment).letters.length;
				const anchor = capture(all[0]!.fragment, SECTION, 0, Math.min(length, 20))!;
				for (const one of steps) play(all, one);
				exchange(all);
				const again = new Y.Doc();
				Y.applyUpdate(again, Y.encodeStateAsUpdate(all[0]!.doc));
				expect(resolve(again.getXmlFragment(SECTION), anchor)).toEqual(
					resolve(all[0]!.fragment, anchor)
				);
			}),
			{ numRuns: RUNS / 2 }
		);
	});
});
