import { afterAll, expect, test } from 'vitest';
import * as Y from 'yjs';
import { Away } from '#lib/document/sync/away.server.ts';
import { abyss, deletion } from '../support/hostile-frames.ts';

const ME = 5;
const DEEP = 90_000; // as many as one message has room for

const away = new Away();
afterAll(() => away.stop());

test('elements one inside another as far as a message goes are merged, read and taken away', async () => {
	const made = abyss(ME, DEEP);
	const merged = await away.do('merge', [made]);
	expect(Y.decodeStateVector(merged.stateVector)).toEqual(new Map([[ME, DEEP]]));
	expect(Object.keys(await away.do('text', [made]))).toEqual(['account']);

	const gone = await away.do('merge', [made, deletion(ME, 0, 1)]);
	expect(Y.decodeStateVector(gone.stateVector)).toEqual(new Map([[ME, DEEP]]));
	expect(gone.bytes.length).toBeLessThan(100);
	// Merged so, a thread with an ordinary stack can build it too.
	const doc = new Y.Doc();
	Y.applyUpdate(doc, gone.bytes);
	expect(doc.getXmlFragment('account').toString()).toBe('');
});

test('work that fails says so, and the thread goes on', async () => {
	await expect(away.do('merge', [Uint8Array.of(9, 9, 9)])).rejects.toThrow();
	const doc = new Y.Doc();
	doc.getText('x').insert(0, 'ord');
	const { bytes } = await away.do('merge', [Y.encodeStateAsUpdate(doc)]);
	expect(bytes).toEqual(Y.encodeStateAsUpdate(doc));
});
