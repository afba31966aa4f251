import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { fill, fit, read } from '#lib/document/convert.server.ts';
import { authorsOf, carried, runs, written } from '#lib/document/authorship.ts';
import type { Content } from '#lib/document/content.ts';

/** Two who write in one section; 1 is the template's hand. */
const OWNERS = new Map([
	[1, null],
	[2, 'jonas'],
	[3, 'tove']
]);

function text(): Y.Doc {
	const doc = new Y.Doc();
	doc.clientID = 1;
	fill(doc, { account: 'Fra skabelonen.' });
	return doc;
}
function as(doc: Y.Doc, client: number, edit: (doc: Y.Doc) => void): void {
	doc.clientID = client;
	doc.transact(() => edit(doc));
}
const words = (doc: Y.Doc, block = 0) =>
	(doc.getXmlFragment('account').get(block) as Y.XmlElement).get(0) as Y.XmlText;
const paragraphs = (...texts: string[]): Content => ({
	type: 'doc',
	content: texts.map((text) => ({ type: 'paragraph', content: [{ type: 'text', text }] }))
});
const told = (doc: Y.Doc) => written(doc, OWNERS).account!.map((block) => runs(block));

describe('who wrote what', () => {
	test('is told word by word, and a word two have written is whose letters are most of it', () => {
		const doc = text();
		as(doc, 2, () => words(doc).insert(15, ' Jonas skriver her.'));
		as(doc, 3, () => words(doc).insert(words(doc).length - 1, 't'));
		as(doc, 3, () => words(doc).insert(words(doc).length, ' Tove svarer.'));
		expect(told(doc)).toEqual([
			[
				{ text: 'Fra skabelonen. ', author: null },
				{ text: 'Jonas skriver hert. ', author: 'jonas' },
				{ text: 'Tove svarer.', author: 'tove' }
			]
		]);
		expect(authorsOf(written(doc, OWNERS).account![0]!)).toEqual(['jonas', null, 'tove']);
	});

	test('stays with its author through a split, where it stood in a version before', () => {
		const doc = text();
		as(doc, 2, () => words(doc).insert(15, ' Jonas skriver her.'));
		const before = written(doc, OWNERS);
		as(doc, 3, () =>
			fit(doc, { account: paragraphs('Fra skabelonen.', 'Jonas skriver her. Nyt.') })
		);
		const now = written(doc, OWNERS);
		expect(runs(now.account![1]!)).toEqual([{ text: 'Jonas skriver her. Nyt.', author: 'tove' }]);
		expect(runs(carried(before, now).account![1]!)).toEqual([
			{ text: 'Jonas skriver her. ', author: 'jonas' },
			{ text: 'Nyt.', author: 'tove' }
		]);
	});

	test('skips what nobody sees: deleted words, and form', () => {
		const doc = text();
		as(doc, 2, () => words(doc).format(0, 3, { bold: {} }));
		as(doc, 2, () => words(doc).delete(4, 10));
		expect(told(doc)).toEqual([[{ text: 'Fra .', author: null }]]);
	});
});

describe('making a section say something', () => {
	test('changes nothing that says it already', () => {
		const doc = text();
		const before = Y.encodeStateAsUpdate(doc);
		as(doc, 2, () => fit(doc, { account: read(doc).account! }));
		expect(Y.encodeStateAsUpdate(doc)).toEqual(before);
	});

	test('leaves the paragraphs that are the same, and their letters, where they are', () => {
		const doc = text();
		as(doc, 2, () => fit(doc, { account: paragraphs('Et.', 'To to to.', 'Tre.') }));
		const [first, last] = [words(doc, 0), words(doc, 2)];
		as(doc, 3, () => fit(doc, { account: paragraphs('Et.', 'Noget andet.', 'Tre.') }));
		expect([words(doc, 0), words(doc, 2)]).toEqual([first, last]);
		expect(words(doc, 1).toString()).toBe('Noget andet.');
	});

	test('makes a section that is not there, and empties one that was empty', () => {
		const doc = text();
		as(doc, 2, () => fit(doc, { risk: paragraphs('Ny.'), account: { type: 'doc', content: [] } }));
		expect(read(doc)).toMatchObject({
			risk: paragraphs('Ny.'),
			account: { content: [{ type: 'paragraph' }] }
		});
	});
});
