import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lettersOf } from '#lib/annotation/letters.ts';
import { withMarks } from '#lib/annotation/marked.ts';

const text = (text: string, marks?: { type: string }[]) => ({
	type: 'text',
	text,
	...(marks && { marks })
});
const doc = (...paragraphs: { type: string; text: string }[][]) => ({
	type: 'doc',
	content: paragraphs.map((content) => ({ type: 'paragraph', content }))
});
const note = (from: number, to: number, id = 'n') => ({
	id,
	from,
	to,
	number: 1,
	label: 'Anmærkning 1'
});

type Piece = {
	text?: string;
	content?: Piece[];
	marks?: { type: string; attrs?: Record<string, unknown> }[];
};
const pieces = (node: Piece): Piece[] => node.content?.flatMap(pieces) ?? [node];
const marked = (node: Piece, id = 'n') =>
	pieces(node)
		.filter((piece) => piece.marks?.some((mark) => mark.attrs?.id === id))
		.map((piece) => piece.text);

describe('marks in text that is only read', () => {
	it('stand around the words, over blocks and other marks', () => {
		const content = doc(
			[text('Et to '), text('tre', [{ type: 'bold' }]), text(' fire')],
			[text('fem seks')]
		);
		const done = withMarks(content, [note(2, 14)]);
		expect(marked(done)).toEqual(['to ', 'tre', ' fire', 'fem']);
		expect(
			pieces(done)
				.find((piece) => piece.text === 'tre')!
				.marks!.map(({ type }) => type)
		).toEqual(['bold', 'note']);
		const last = pieces(done)
			.flatMap((p) => p.marks ?? [])
			.filter((mark) => mark.attrs?.last);
		expect(last).toHaveLength(1);
	});

	it('leave the text and what is not text alone', () => {
		const content = doc([text('Et'), { type: 'hardBreak' } as never, text('to')]);
		expect(withMarks(content, [])).toBe(content);
		expect(marked(withMarks(content, [note(1, 3)]))).toEqual(['t', 't']);
	});

	it('cover exactly the letters asked for, however the notes overlap', () => {
		const words = fc.array(fc.constantFrom('en', 'to ', ' tre', ' ', 'fire\u00a0', 'fem\n'), {
			maxLength: 8
		});
		fc.assert(
			fc.property(
				fc.array(words, { minLength: 1, maxLength: 3 }),
				fc.nat(15),
				fc.nat(15),
				fc.nat(15),
				(list, a, b, c) => {
					const content = doc(...list.map((runs) => runs.map((run) => text(run))));
					const whole = list.flat().join('');
					const letters = lettersOf(whole);
					const notes = [note(a, a + b + 1, 'x'), note(c, c + a + 1, 'y')];
					const done = withMarks(content, notes);
					expect(
						pieces(done)
							.map((piece) => piece.text)
							.join('')
					).toBe(whole);
					for (const { id, from, to } of notes)
						expect(lettersOf(marked(done, id).join(''))).toBe(letters.slice(from, to));
				}
			)
		);
	});
});
