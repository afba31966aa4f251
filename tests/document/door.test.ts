import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import * as encoding from 'lib0/encoding';
import * as Y from 'yjs';
import * as objects from '#lib/forum/objects.server.ts';
import * as sessions from '#lib/people/sessions.server.ts';
import { COOKIE } from '#lib/people/sessions.server.ts';
import { notify } from '#lib/base/notify.server.ts';
import { personColour } from '#lib/ui/faces.ts';
import { SCHEMA_NUMBER } from '#lib/document/schema.ts';
import { encodePresence, encodeSync, SYNC } from '#lib/document/wire.ts';
import {
	headersOf,
	leaveAll,
	onDisk,
	open,
	path,
	raw,
	saved,
	sessionOf,
	synced,
	until,
	world,
	type Node,
	type World
} from './world.ts';

let w: World;
let node: Node;
beforeEach(async () => {
	w = await world();
	node = await w.node();
});
afterEach(async () => {
	leaveAll();
	await w.stop();
});

/** Bytes of an edit made by a client id of one's choice, on top of what the log holds. */
async function edit(client: number, text: string): Promise<Uint8Array> {
	const rows = await w.sql<{ bytes: Uint8Array }[]>`
		select bytes from document_updates where document_id = ${w.documentId} order by seq`;
	const doc = new Y.Doc();
	for (const row of rows) Y.applyUpdate(doc, row.bytes);
	doc.clientID = client;
	const before = Y.encodeStateVector(doc);
	const paragraph = doc.getXmlFragment('account').get(0) as Y.XmlElement;
	(paragraph.get(0) as Y.XmlText).insert(0, text);
	return Y.encodeStateAsUpdate(doc, before);
}

const helloOf = (words: { type: string }[]) =>
	words.findLast((word) => word.type === 'hello') as unknown as { write: boolean; person: object };

describe('the door', () => {
	test.each([
		[
			'another site',
			() => ({ ...headersOf(node, w.jonas), origin: 'https://elsewhere.example' }),
			undefined,
			'wrong_origin'
		],
		[
			'no site at all',
			() => ({ ...headersOf(node, w.jonas), origin: undefined }),
			undefined,
			'wrong_origin'
		],
		['no session', () => ({ origin: node.origin }), undefined, 'sign_in'],
		[
			'a session that is none',
			() => ({ origin: node.origin, cookie: `${COOKIE}=made-up` }),
			undefined,
			'sign_in'
		],
		[
			'a cookie that cannot be read',
			() => ({ origin: node.origin, cookie: `${COOKIE}=%E0%A4%A` }),
			undefined,
			'sign_in'
		],
		['someone outside the forum', () => headersOf(node, w.nina), undefined, 'not_found'],
		[
			'a document that is none',
			() => headersOf(node, w.jonas),
			'/sync/00000000-0000-4000-8000-000000000000?schema=1',
			'not_found'
		],
		['an address that is none', () => headersOf(node, w.jonas), '/sync/%00?schema=1', 'not_found'],
		[
			'a page loaded before the schema grew',
			() => headersOf(node, w.jonas),
			`older ${SCHEMA_NUMBER - 1}`,
			'reload'
		],
		['a page without a schema number', () => headersOf(node, w.jonas), 'none', 'reload'],
		[
			'a page newer than this node',
			() => headersOf(node, w.jonas),
			`newer ${SCHEMA_NUMBER + 1}`,
			'come_back'
		]
	])('%s is told so by code', async (_, headers, where, code) => {
		const number = where?.split(' ')[1];
		const address = !where
			? path(w.documentId)
			: where.startsWith('/')
				? where
				: `/sync/${w.documentId}${number ? `?schema=${number}` : ''}`;
		const { closed, frames } = await raw(node, headers(), address);
		expect(await closed).toBe(code);
		expect(frames).toEqual([]);
	});

	test('an excluded member may know of the text but not read it', async () => {
		await w.sql`insert into exclusions (object_id, person_id, reason, by)
			values (${w.caseId}, ${w.tove.id}, 'egen sag', ${w.jonas.id})`;
		const { closed, frames } = await raw(node, headersOf(node, w.tove), path(w.documentId));
		expect(await closed).toBe('not_allowed');
		expect(frames).toEqual([]);
	});

	test('an upgrade that is not ours is refused and troubles nobody', async () => {
		await expect(raw(node, headersOf(node, w.jonas), '/elsewhere')).rejects.toThrow();
		const a = open(node, w.jonas, w.documentId);
		await synced(a);
		expect(a.text()).toBe('Første afsnit.');
	});
});

describe('a reader', () => {
	test('is told so, sees everything, and is never asked for what it has', async () => {
		const [a, o] = [open(node, w.jonas, w.documentId), open(node, w.ove, w.documentId)];
		await synced(a, o);
		expect(helloOf(o.words).write).toBe(false);
		o.provider.disconnect();
		o.type(' Skrevet af en tilhører.');
		o.provider.connect();
		await synced(o);
		a.type(' Set.');
		await until(() => o.text().includes('Set'), 'the edit');
		expect(await onDisk(w)).toBe('Første afsnit. Set.');
	});

	test.each([SYNC.step2, SYNC.update])(
		'cannot write, even with raw frames (sync message %i)',
		async (kind) => {
			const a = open(node, w.jonas, w.documentId);
			await synced(a);
			const { ws, closed } = await raw(node, headersOf(node, w.ove), path(w.documentId));
			ws.send(encodeSync(kind, await edit(4711, 'Snydt. ')));
			expect(await closed).toBe('not_allowed');
			a.type(' Ærligt.');
			await saved(a);
			expect(await onDisk(w)).toBe('Første afsnit. Ærligt.');
			expect(await w.sql`select 1 from document_clients where client_id = 4711`).toHaveLength(0);
		}
	);
});

describe('identity', () => {
	test('an edit under someone else’s client id is refused, and only its sender closed', async () => {
		const [a, b] = [open(node, w.jonas, w.documentId), open(node, w.tove, w.documentId)];
		await synced(a, b);
		a.type(' Jonas.');
		await saved(a);
		const forged = await edit(a.doc.clientID, 'Ikke Jonas. ');
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
		ws.send(encodeSync(SYNC.update, await edit(a.doc.clientID, 'Først. ')));
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

describe('access that changes', () => {
	test('someone shut out is sent away within a second and does not get back in', async () => {
		const a = open(node, w.tove, w.documentId);
		await synced(a);
		await w.sql`update members set role = 'director', chair = true where person_id = ${w.jonas.id}`;
		const since = Date.now();
		await w.sql.begin((tx) =>
			objects.exclude(tx as never, w.jonas, w.caseId, w.tove.id, 'egen sag')
		);
		await until(() => a.codes.includes('not_allowed'), 'the final code');
		expect(a.codes).toEqual(['come_back', 'not_allowed']);
		expect(Date.now() - since).toBeLessThan(1_000);
	});

	test('a role that no longer writes makes the page a reader', async () => {
		const a = open(node, w.tove, w.documentId);
		await synced(a);
		await w.sql`update members set role = 'observer' where person_id = ${w.tove.id}`;
		await notify(w.sql, { type: 'access', person: w.tove.id });
		await until(() => helloOf(a.words)?.write === false, 'the new hello');
		expect(a.codes).toEqual(['come_back']);
	});

	test('a session that is revoked closes what it had open, and nothing else', async () => {
		const [a, b] = [open(node, w.tove, w.documentId), open(node, w.jonas, w.documentId)];
		await synced(a, b);
		await w.sql.begin((tx) => sessions.revoke(tx as never, w.tove, sessionOf(w.tove)));
		await until(() => a.codes.includes('sign_in'), 'the final code');
		expect(b.codes).toEqual([]);
	});

	test('a phase that settles the case makes every page a reader', async () => {
		const [a, b] = [open(node, w.tove, w.documentId), open(node, w.jonas, w.documentId)];
		await synced(a, b);
		await w.sql.begin((tx) => objects.setPhase(tx as never, w.caseId, 'decided'));
		await until(
			() => [a, b].every((page) => helloOf(page.words)?.write === false),
			'the new hello'
		);
		expect(await onDisk(w)).toBe('Første afsnit.');
	});
});

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
