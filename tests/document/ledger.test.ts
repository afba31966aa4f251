import { expect, test } from 'vitest';
import { WebsocketProvider } from 'y-websocket';
import * as encoding from 'lib0/encoding';
import * as decoding from 'lib0/decoding';
import * as Y from 'yjs';
import { Ledger } from '#lib/document/ledger.ts';
import { encodeSaved, encodeSync, MESSAGE, SYNC } from '#lib/document/wire.ts';
import { type } from './typing.ts';

/** How the page knows what of its text the server has. */

test('a stored edit is unsaved until the first exchange settles it, and then it is saved', () => {
	const doc = new Y.Doc();
	type(doc, 'Fra i går.');
	const { ledger, hear } = ledgerOn(doc, 1000);
	expect(ledger.since).toBe(1000);
	// The server asks for what it lacks, gets it, and says that it has it.
	hear(encodeSync(SYNC.step1, Y.encodeStateVector(new Y.Doc())));
	expect(ledger.unsaved).toBe(true);
	hear(encodeSaved({ frames: 1, seq: 1, clocks: [] }));
	expect(ledger.unsaved).toBe(false);
	expect(ledger.since).toBeNull();
	ledger.destroy();
});

test('a copy nobody marked is not called saved when the server lacks some of it', () => {
	const doc = new Y.Doc();
	type(doc, 'Uden mærke.');
	const { ledger, hear } = ledgerOn(doc);
	expect(ledger.unsaved).toBe(false);
	hear(encodeSync(SYNC.step1, Y.encodeStateVector(new Y.Doc())));
	expect(ledger.unsaved).toBe(true);
	hear(encodeSaved({ frames: 1, seq: 1, clocks: [] }));
	expect(ledger.unsaved).toBe(false);
	// And not called unsaved when it has everything.
	hear(encodeSync(SYNC.step1, Y.encodeStateVector(doc)));
	expect(ledger.unsaved).toBe(false);
	ledger.destroy();
});

/** A ledger on a page whose server is played by the test. */
function ledgerOn(doc: Y.Doc, stored: number | null = null) {
	const provider = new WebsocketProvider('ws://localhost:1', 'text', doc, {
		connect: false,
		disableBc: true,
		WebSocketPolyfill: class {} as never
	});
	const ledger = new Ledger(provider, () => {}, stored);
	const hear = (message: Uint8Array) => {
		const decoder = decoding.createDecoder(message);
		const type = decoding.readVarUint(decoder) as typeof MESSAGE.sync;
		provider.messageHandlers[type]!(encoding.createEncoder(), decoder, provider, true, type);
	};
	const { destroy } = ledger;
	ledger.destroy = () => {
		destroy.call(ledger);
		provider.destroy();
		provider.awareness.destroy();
	};
	return { ledger, hear };
}
