import { describe, expect, it } from 'vitest';
import { alike, capture, ENOUGH } from '#lib/annotation/anchor.ts';
import { lettersBetween, lettersOf, readEditor, readShared } from '#lib/annotation/letters.ts';
import { annotated, QUOTE, TEXT } from './passage.ts';
import { schema, SECTION, writers, type Writer } from './writers.ts';

const nodes = schema.nodes as Required<typeof schema.nodes>;

describe('capturing an anchor', () => {
	it('keeps the quote as it reads and 32 characters on each side', () => {
		const [, anchor] = annotated();
		expect(anchor.section).toBe(SECTION);
		expect(anchor.quote).toBe(QUOTE);
		expect(anchor.prefix).toBe('der er det faldet siden 2015.\nI ');
		expect(anchor.suffix).toBe(', mest i Mølleparken og Nørrevan');
	});

	it('leaves out the white space at its ends and takes in line breaks between blocks', () => {
		const [one] = writers(1, TEXT) as [Writer];
		const from = one.letters('siden 2015').from;
		const to = one.letters('I fem').to;
		expect(capture(one.fragment, SECTION, from, to)!.quote).toBe('siden 2015.\nI fem');
	});

	it('refuses a selection without letters, outside the text or longer than a page', () => {
		const [one] = writers(1, [...TEXT, 'a'.repeat(5000)]) as [Writer];
		const all = readShared(one.fragment).letters.length;
		expect(capture(one.fragment, SECTION, 3, 3)).toBeNull();
		expect(capture(one.fragment, SECTION, -1, 3)).toBeNull();
		expect(capture(one.fragment, SECTION, 0, all + 1)).toBeNull();
		expect(capture(one.fragment, SECTION, 0, all)).toBeNull();
		const [none] = writers(1, ['']) as [Writer];
		expect(capture(none.fragment, SECTION, 0, 1)).toBeNull();
	});

	it('counts the same letters in the editor and in the shared text', () => {
		const [one] = writers(1, TEXT) as [Writer];
		one.edit((tr, find) => {
			const { from, to } = find('fraværet steget');
			tr.addMark(from, to, schema.marks.bold!.create());
			tr.insert(find('I fem').to, nodes.hardBreak!.create());
		});
		const editor = readEditor(one.node());
		expect(editor.letters).toBe(readShared(one.fragment).letters);
		expect(lettersBetween(editor.at, 0, 1)).toBeNull();
		expect(lettersBetween(editor.at, 0, one.node().content.size)).toEqual({
			from: 0,
			to: editor.letters.length
		});
	});
});

describe('how alike two texts are', () => {
	it('counts the letters they share in order', () => {
		expect(alike('abcdef', 'abcdef')).toBe(1);
		expect(alike('abcdef', 'abXdef')).toBeCloseTo(10 / 12);
		expect(alike('', 'abc')).toBe(0);
		expect(alike('abc', 'xyz')).toBe(0);
	});
	it('does not take one Danish sentence for an edit of another', () => {
		expect(alike(lettersOf(QUOTE), lettersOf(TEXT[0]!.slice(0, QUOTE.length)))).toBeLessThan(
			ENOUGH
		);
		expect(alike(lettersOf(QUOTE), lettersOf(TEXT[2]!))).toBeLessThan(ENOUGH);
	});
});
