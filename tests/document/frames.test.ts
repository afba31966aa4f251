import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import * as encoding from 'lib0/encoding';
import * as Y from 'yjs';
import { encodePresence, encodeSync, SYNC } from '#lib/document/wire.ts';
import {
	headersOf,
	leaveAll,
	onDisk,
	open,
	path,
	raw,
	saved,
	synced,
	until,
	world,
	type Node,
	type World
} from './world.ts';

let all: World;
let w: World;
let node: Node;
beforeAll(async () => {
	all = await world();
	node = await all.node();
});
beforeEach(async () => {
	w = await all.anew();
});
afterEach(leaveAll);
afterAll(() => all.stop());

describe('frames no page would send', () => {
	const frame = (write: (encoder: encoding.Encoder) => void) => {
		const encoder = encoding.createEncoder();
		write(encoder);
		return encoding.toUint8Array(encoder);
	};
	const strange: [string, () => Uint8Array | string][] = [
		['an empty frame', () => new Uint8Array()],
		['text', () => 'hello'],
		['an unknown message', () => new Uint8Array([77])],
		['an unknown sync message', () => new Uint8Array([0, 9, 0])],
		['a length beyond the frame', () => new Uint8Array([0, 2, 255, 255, 255, 255, 15])],
		['an update that is none', () => encodeSync(SYNC.update, new Uint8Array([9, 9, 9, 9]))],
		['a state vector that is none', () => encodeSync(SYNC.step1, new Uint8Array([200, 1, 2]))],
		[
			'presence that is none',
			() =>
				frame((e) => {
					encoding.writeVarUint(e, 1);
					encoding.writeVarUint8Array(e, new Uint8Array([255, 255, 255]));
				})
		],
		['presence that is no JSON', () => encodePresence([{ client: 5, clock: 1, state: '{{{' }])],
		['an acknowledgement', () => new Uint8Array([100, 1, 1, 0])]
	];
	test.each(strange)('%s closes its own socket and nothing else', async (_, made) => {
		const a = open(node, w.jonas, w.documentId);
		await synced(a);
		const { ws, closed } = await raw(node, headersOf(node, w.tove), path(w.documentId));
		ws.send(made());
		expect(await closed).toBe('bad_frame');
		a.type(' Videre.');
		await saved(a);
		expect(await onDisk(w)).toBe('Første afsnit. Videre.');
		expect(a.codes).toEqual([]);
	});

	test('a frame beyond the limit closes its own socket and nothing else', async () => {
		const a = open(node, w.jonas, w.documentId);
		await synced(a);
		const { ws, closed } = await raw(node, headersOf(node, w.tove), path(w.documentId));
		ws.send(new Uint8Array(9 * 1024 * 1024));
		expect(['too_large', '1006']).toContain(await closed);
		a.type(' Videre.');
		await saved(a);
		expect(a.codes).toEqual([]);
	});

	test('an edit that comes before its predecessor waits for it', async () => {
		const updates: Uint8Array[] = [];
		const doc = new Y.Doc();
		doc.on('update', (update: Uint8Array) => updates.push(update));
		const section = doc.getXmlFragment('next');
		section.insert(0, [new Y.XmlText('først')]);
		(section.get(0) as Y.XmlText).insert(5, ', så');
		(section.get(0) as Y.XmlText).insert(9, ' til sidst');
		const { ws } = await raw(node, headersOf(node, w.tove), path(w.documentId));
		for (const update of updates.reverse()) ws.send(encodeSync(SYNC.update, update));
		await until(() => onDisk(w, 'next').then((text) => text.includes('til sidst')), 'the edits');
		expect(await onDisk(w, 'next')).toBe('først, så til sidst');
	});

	test('edits whose predecessors never come are neither stored nor sent on, and end the socket in time', async () => {
		const doc = new Y.Doc();
		const text = doc.getText('account');
		text.insert(0, 'a');
		const first = Y.encodeStateVector(doc);
		text.insert(1, 'x'.repeat(1024 * 1024));
		const orphan = Y.encodeStateAsUpdate(doc, first);
		const before = await w.sql`select count(*) from document_updates`;
		const { ws, closed } = await raw(node, headersOf(node, w.tove), path(w.documentId));
		for (let i = 0; i < 3; i++) ws.send(encodeSync(SYNC.update, orphan));
		expect(await closed).toBe('too_large');
		expect(await w.sql`select count(*) from document_updates`).toEqual(before);
	});
});
