import fc from 'fast-check';
import { expect, test } from 'vitest';
import { yXmlFragmentToProsemirrorJSON } from '@tiptap/y-tiptap';
import * as Y from 'yjs';
import { CLOSING, closingOf, isFinal, type Closing } from '#lib/document/closing.ts';
import { EMPTY, fromPlainText, isEmpty, plainText, wordCount } from '#lib/document/content.ts';
import { build, fill, read } from '#lib/document/convert.server.ts';
import { isSection, optionSection } from '#lib/document/keys.ts';
import { isSafeLink } from '#lib/document/link.ts';
import { schema } from '#lib/document/schema.ts';
import { advance, beyond, readUpdate, standsOn } from '#lib/document/sync/update.server.ts';

const word = fc.stringMatching(/^[a-zæøåA-Z0-9]{1,8}$/);
const line = fc.array(word, { minLength: 1, maxLength: 5 }).map((words) => words.join(' '));
const paragraph = fc.array(line, { minLength: 1, maxLength: 3 }).map((lines) => lines.join('\n'));
const text = fc.array(paragraph, { maxLength: 5 }).map((paragraphs) => paragraphs.join('\n\n'));

test('plain text comes back as it went in', () => {
	fc.assert(fc.property(text, (given) => void expect(plainText(fromPlainText(given))).toBe(given)));
	expect(isEmpty(EMPTY)).toBe(true);
});

test('text survives the way into a document and out of its bytes', () => {
	fc.assert(
		fc.property(text, (given) => {
			const doc = new Y.Doc();
			fill(doc, { account: given, [optionSection('6d198061-5fb8-4a44-8539-393e9a63ed4e')]: '' });
			const back = read(build([Y.encodeStateAsUpdate(doc)]));
			expect(plainText(back.account)).toBe(given);
			expect(Object.keys(back)).toHaveLength(2);
			for (const content of Object.values(back)) schema().nodeFromJSON(content).check();
		})
	);
});

test('headings, lists, quotes, marks and links survive too', () => {
	const content = {
		type: 'doc',
		content: [
			{ type: 'heading', attrs: { level: 2 }, content: [{ type: 'text', text: 'Konklusion' }] },
			{
				type: 'bulletList',
				content: ['et', 'to'].map((item) => ({
					type: 'listItem',
					content: [{ type: 'paragraph', content: [{ type: 'text', text: item }] }]
				}))
			},
			{
				type: 'blockquote',
				content: [
					{
						type: 'paragraph',
						content: [{ type: 'text', text: 'sagt', marks: [{ type: 'bold' }] }]
					}
				]
			}
		]
	};
	const doc = new Y.Doc();
	fill(doc, { account: content });
	const back = read(build([Y.encodeStateAsUpdate(doc)])).account!;
	expect(schema().nodeFromJSON(back).eq(schema().nodeFromJSON(content))).toBe(true);
	expect(plainText(back)).toBe('Konklusion\n\net\nto\n\nsagt');
	expect(wordCount(back)).toBe(4);
});

test('text is read as the editor’s own library reads it', () => {
	const doc = new Y.Doc();
	const marked = { type: 'text', text: 'fed', marks: [{ type: 'bold' }, { type: 'italic' }] };
	const link = { type: 'link', attrs: { href: 'https://example.dk' } };
	fill(doc, {
		account: {
			type: 'doc',
			content: [
				{ type: 'heading', attrs: { level: 2 }, content: [{ type: 'text', text: 'Æ' }] },
				{
					type: 'paragraph',
					content: [marked, { type: 'hardBreak' }, { type: 'text', text: '🙂', marks: [link] }]
				},
				{
					type: 'orderedList',
					content: [{ type: 'listItem', content: [{ type: 'paragraph', content: [marked] }] }]
				}
			]
		},
		risk: ''
	});
	for (const [name, content] of Object.entries(read(doc)))
		expect(content).toEqual(yXmlFragmentToProsemirrorJSON(doc.getXmlFragment(name)));
});

test('a node the schema does not know is refused before it reaches anyone', () => {
	expect(() =>
		fill(new Y.Doc(), { account: { type: 'doc', content: [{ type: 'video' }] } })
	).toThrow();
	expect(() => fill(new Y.Doc(), { 'Ikke et navn': '' })).toThrow();
});

test('section names are words, and options carry their id', () => {
	expect(isSection('account')).toBe(true);
	expect(isSection(optionSection('6d198061-5fb8-4a44-8539-393e9a63ed4e'))).toBe(true);
	expect(isSection('__proto__')).toBe(false);
	expect(isSection('option:x')).toBe(false);
});

test('only web and mail addresses are links', () => {
	for (const href of ['https://example.dk/a', 'http://example.dk', 'mailto:a@example.dk'])
		expect(isSafeLink(href)).toBe(true);
	for (const href of ['javascript:alert(1)', ' javascript:x', 'data:text/html,x', '/x', null, 4])
		expect(isSafeLink(href)).toBe(false);
});

test('every close code has one name, and only 44xx is final', () => {
	for (const [name, code] of Object.entries(CLOSING)) {
		expect(closingOf(code)).toBe(name as Closing);
		expect(isFinal(code)).toBe(!['come_back', 'crowded'].includes(name));
	}
	expect(closingOf(1006)).toBeUndefined();
	expect([closingOf(1009), isFinal(1009)]).toEqual(['too_large', true]); // the library's own word
});

/** A history of edits by several clients, as updates in the order they were made. */
const history = fc
	.array(
		fc.record({ client: fc.integer({ min: 1, max: 3 }), at: fc.nat(50), remove: fc.boolean() }),
		{
			minLength: 1,
			maxLength: 25
		}
	)
	.map((steps) => {
		const docs = [1, 2, 3].map((id) => Object.assign(new Y.Doc(), { clientID: id }));
		const updates: Uint8Array[] = [];
		for (const step of steps) {
			const doc = docs[step.client - 1]!;
			const words = doc.getText('t');
			const take = (update: Uint8Array) => updates.push(update);
			doc.on('update', take);
			const at = Math.min(step.at, words.length);
			if (step.remove && words.length > 0) words.delete(Math.min(at, words.length - 1), 1);
			else words.insert(at, `${step.client}`);
			doc.off('update', take);
			for (const other of docs) if (other !== doc) Y.applyUpdate(other, updates.at(-1)!);
		}
		return updates;
	});

test('an update taken in order stands on the log, and one taken early does not', () => {
	fc.assert(
		fc.property(history, fc.nat(), (updates, pick) => {
			const clocks = new Map<number, number>();
			for (const bytes of updates) {
				const update = readUpdate(bytes);
				expect(standsOn(update, clocks)).toBe(true);
				advance(clocks, update.to);
			}
			// Left out: whatever applies cleanly without one update may not have needed it; Yjs is the judge.
			const skipped = pick % updates.length;
			const doc = new Y.Doc();
			const known = new Map<number, number>();
			for (const bytes of updates.filter((_, index) => index !== skipped)) {
				const update = readUpdate(bytes);
				if (!standsOn(update, known)) continue;
				Y.applyUpdate(doc, bytes);
				advance(known, update.to);
			}
			expect(doc.store.pendingStructs).toBeNull();
			expect(doc.store.pendingDs).toBeNull();
		})
	);
});

test('what is left of an update beyond the log is exactly what the log lacks', () => {
	fc.assert(
		fc.property(history, fc.nat(), (updates, pick) => {
			const cut = pick % (updates.length + 1);
			const clocks = new Map<number, number>();
			for (const bytes of updates.slice(0, cut)) advance(clocks, readUpdate(bytes).to);
			const rest = beyond(readUpdate(Y.mergeUpdates(updates)), clocks);
			for (const [client, start] of rest.from) expect(start).toBe(clocks.get(client) ?? 0);
			const [whole, parts] = [new Y.Doc(), new Y.Doc()];
			for (const bytes of updates) Y.applyUpdate(whole, bytes);
			for (const bytes of [...updates.slice(0, cut), rest.bytes]) Y.applyUpdate(parts, bytes);
			expect(parts.getText('t').toString()).toBe(whole.getText('t').toString());
		})
	);
});
