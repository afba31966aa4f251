import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { personColour } from '#lib/ui/faces.ts';
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
import { editBy } from './writing.ts';

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

describe('identity', () => {
	test('an edit under someone else’s client id is refused, and only its sender closed', async () => {
		const [a, b] = [open(node, w.jonas, w.documentId), open(node, w.tove, w.documentId)];
		await synced(a, b);
		a.type(' Jonas.');
		await saved(a);
		const forged = await editBy(w, a.doc.clientID, 'Ikke Jonas. ');
		const { ws, closed } = await raw(node, headersOf(node, w.tove), path(w.documentId));
		ws.send(encodeSync(SYNC.update, forged));
		expect(await closed).toBe('forged');
		b.type(' Tove.');
		await saved(b);
		expect(await onDisk(w)).toBe('Første afsnit. Jonas. Tove.');
		expect(a.codes).toEqual([]);
	});

	test('a client id that someone is present with cannot be taken before they write', async () => {
		const a = open(node, w.jonas, w.documentId);
		a.provider.awareness.setLocalState({ cursor: null });
		const b = open(node, w.tove, w.documentId);
		await synced(a, b);
		await until(() => b.provider.awareness.getStates().has(a.doc.clientID), 'presence');
		const { ws, closed } = await raw(node, headersOf(node, w.tove), path(w.documentId));
		ws.send(encodeSync(SYNC.update, await editBy(w, a.doc.clientID, 'Først. ')));
		expect(await closed).toBe('forged');
		a.type(' Jonas.');
		await saved(a);
		expect(await onDisk(w)).toBe('Første afsnit. Jonas.');
	});

	test('presence says what the server says about a person, whatever the page claims', async () => {
		const [a, b] = [open(node, w.jonas, w.documentId), open(node, w.tove, w.documentId)];
		await synced(a, b);
		a.provider.awareness.setLocalState({
			user: { name: 'Direktøren', color: 'red' },
			cursor: { anchor: 1 },
			more: 'x'
		});
		const seen = () => b.provider.awareness.getStates().get(a.doc.clientID);
		await until(() => seen()?.cursor, 'presence');
		expect(seen()).toEqual({
			user: { id: w.jonas.id, name: 'Jonas', color: personColour(w.jonas.id) },
			cursor: { anchor: 1 }
		});
	});

	test('nobody can speak for, or silence, someone else’s presence', async () => {
		const [a, b] = [open(node, w.jonas, w.documentId), open(node, w.tove, w.documentId)];
		a.provider.awareness.setLocalState({ cursor: null });
		await synced(a, b);
		const seen = () => b.provider.awareness.getStates().get(a.doc.clientID)?.cursor;
		await until(() => seen() === null, 'presence');
		const { ws } = await raw(node, headersOf(node, w.ove), path(w.documentId));
		const client = a.doc.clientID;
		ws.send(encodePresence([{ client, clock: 2 ** 50, state: '{"cursor":{"anchor":9}}' }]));
		ws.send(encodePresence([{ client, clock: 2 ** 50 + 1, state: 'null' }]));
		ws.send(encodePresence([{ client: 99, clock: 1, state: '{}' }]));
		await until(() => b.provider.awareness.getStates().has(99), 'the frames to be read');
		expect(seen()).toBeNull();
		ws.close();
		await until(() => !b.provider.awareness.getStates().has(99), 'the one who left to go');
	});

	test('a page that comes back after a cut is visible at once', async () => {
		const [a, b] = [open(node, w.jonas, w.documentId), open(node, w.tove, w.documentId)];
		a.provider.awareness.setLocalState({ cursor: null });
		await synced(a, b);
		const seen = () => b.provider.awareness.getStates().has(a.doc.clientID);
		await until(seen, 'presence');
		a.provider.ws!.close();
		await until(() => !seen(), 'absence');
		await until(seen, 'presence again');
		expect(a.codes.length).toBe(1);
	});
});
