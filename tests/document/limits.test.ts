import { afterEach, beforeEach, expect, test } from 'vitest';
import * as Y from 'yjs';
import { encodePresence, encodeSync, SYNC } from '#lib/document/wire.ts';
import * as documents from '#lib/document/documents.server.ts';
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
	world
} from './world.ts';
import type { Node, World } from './world.ts';

/** Each limit, lowered so that a test can reach it, and what others see of it: nothing. */
let w: World;
beforeEach(async () => {
	w = await world();
});
afterEach(async () => {
	leaveAll();
	await w.stop();
});

const CARET = encodePresence([{ client: 5, clock: 1, state: '{}' }]);

/** Somebody in the same room who must not notice, and proof that they did not. */
async function bystander(node: Node) {
	const page = open(node, w.jonas, w.documentId);
	await synced(page);
	return async () => {
		page.type(' Videre.');
		await saved(page);
		expect(page.codes).toEqual([]);
		expect(await onDisk(w)).toContain('Videre.');
	};
}

test('a message beyond the limit is too large', async () => {
	const node = await w.node({ frame: 10_000 });
	const unharmed = await bystander(node);
	const { ws, closed } = await raw(node, headersOf(node, w.tove), path(w.documentId));
	ws.send(new Uint8Array(10_001));
	expect(await closed).toBe('too_large');
	await unharmed();
});

test('more messages than hands can make are too fast', async () => {
	const node = await w.node({ messages: 50 });
	const unharmed = await bystander(node);
	const { ws, closed } = await raw(node, headersOf(node, w.tove), path(w.documentId));
	for (let i = 0; i <= 50; i++) ws.send(CARET);
	expect(await closed).toBe('too_fast');
	await unharmed();
});

test('more bytes than hands can make are too fast', async () => {
	const node = await w.node({ rate: 20_000 });
	const unharmed = await bystander(node);
	const { ws, closed } = await raw(node, headersOf(node, w.tove), path(w.documentId));
	const doc = new Y.Doc();
	doc.getXmlFragment('risk').insert(0, [new Y.XmlText('x'.repeat(9_000))]);
	for (let i = 0; i < 3; i++) ws.send(encodeSync(SYNC.update, Y.encodeStateAsUpdate(doc)));
	expect(await closed).toBe('too_fast');
	await unharmed();
});

test('edits whose predecessors never come may wait up to a limit', async () => {
	const node = await w.node({ waiting: 5_000 });
	const unharmed = await bystander(node);
	const doc = new Y.Doc();
	const text = doc.getText('account');
	text.insert(0, 'a');
	const first = Y.encodeStateVector(doc);
	text.insert(1, 'x'.repeat(3_000));
	const orphan = encodeSync(SYNC.update, Y.encodeStateAsUpdate(doc, first));
	const { ws, closed } = await raw(node, headersOf(node, w.tove), path(w.documentId));
	for (let i = 0; i < 2; i++) ws.send(orphan);
	expect(await closed).toBe('too_large');
	await unharmed();
});

test('a document that is full takes no more, and still lets one delete', async () => {
	const node = await w.node({ document: 5_000 });
	const reader = open(node, w.ove, w.documentId);
	const a = open(node, w.jonas, w.documentId);
	await synced(reader, a);
	a.type('x'.repeat(3_000));
	await saved(a);
	const words = (a.doc.getXmlFragment('account').get(0) as Y.XmlElement).get(0) as Y.XmlText;
	words.delete(0, 'Første '.length);
	await saved(a);
	await until(() => reader.text().startsWith('afsnit'), 'the deletion');
	a.type('y'.repeat(3_000));
	await until(() => a.codes.includes('full'), 'the code');
	expect(a.ledger.unsaved).toBe(true);
	expect(await onDisk(w)).not.toContain('y');
	// Someone else, who has not written too much, deletes.
	const b = open(node, w.tove, w.documentId);
	await synced(b);
	const theirs = (b.doc.getXmlFragment('account').get(0) as Y.XmlElement).get(0) as Y.XmlText;
	theirs.delete(0, theirs.length);
	await saved(b);
	expect(b.codes).toEqual([]);
	await until(() => reader.text() === '', 'the deletion');
	expect(reader.codes).toEqual([]);
});

test('one person may have so many pages open, and others are let in all the same', async () => {
	const node = await w.node({ perPerson: 2 });
	const pages = [open(node, w.tove, w.documentId), open(node, w.tove, w.documentId)];
	await synced(...pages);
	const third = open(node, w.tove, w.documentId);
	await until(() => third.codes.includes('too_many'), 'the code');
	const other = open(node, w.jonas, w.documentId);
	await synced(other);
	// One that leaves makes room.
	pages[0]!.leave();
	await until(async () => {
		const again = open(node, w.tove, w.documentId);
		await until(() => again.provider.synced || again.codes.length > 0, 'an answer');
		if (again.provider.synced) return true;
		again.leave();
		return false;
	}, 'a place');
	expect(pages[1]!.codes).toEqual([]);
});

test('one document may be open so many times', async () => {
	const node = await w.node({ perDocument: 2 });
	const pages = [open(node, w.tove, w.documentId), open(node, w.jonas, w.documentId)];
	await synced(...pages);
	const third = open(node, w.ove, w.documentId);
	await until(() => third.codes.includes('too_many'), 'the code');
	expect(pages.flatMap((page) => page.codes)).toEqual([]);
});

test('a node that has as many documents open as it may sends the next one elsewhere', async () => {
	const node = await w.node({ documents: 1 });
	const unharmed = await bystander(node);
	const [object] = await w.sql<{ id: string }[]>`
		insert into objects (kind, forum_id, title, phase, created_by)
		values ('case', ${w.forumId}, 'En anden', 'on_agenda', ${w.jonas.id}) returning id`;
	const second = await w.sql.begin((tx) =>
		documents.create(tx as never, w.jonas, object!.id, { account: 'Anden.' })
	);
	const refused = await raw(node, headersOf(node, w.tove), path(second));
	expect(await refused.closed).toBe('crowded');
	const elsewhere = open(await w.node(), w.tove, second);
	await synced(elsewhere);
	await unharmed();
	// The one open document is still open to others.
	const another = open(node, w.tove, w.documentId);
	await synced(another);
});

test('a reader who does not read is cut off, costs no more than the limit, and comes back by state', async () => {
	// The writer is no flood and the document not full: how much it takes is the system's own matter.
	const node = await w.node({ unread: 200_000, rate: 1e9, document: 1e9 });
	const [a, slow] = [open(node, w.jonas, w.documentId), open(node, w.ove, w.documentId)];
	await synced(a, slow);
	const stream = (slow.provider.ws as unknown as { _socket: NodeJS.ReadStream })._socket;
	stream.pause();
	// The system's own buffers take some megabytes before the node's begin to fill.
	for (let i = 0; i < 400 && slow.codes.length === 0; i++) {
		a.type('x'.repeat(50_000), 'risk');
		if (i % 10 === 0) await saved(a);
		if (i % 10 === 0 && (await gone(node))) break;
	}
	await until(() => gone(node), 'the cut');
	stream.resume();
	await until(() => slow.codes.length > 0, 'the page to notice');
	await until(() => slow.provider.synced && slow.text('risk') === a.text('risk'), 'equal texts');
	expect(a.codes).toEqual([]);
});

/** Whether only the writer is left. */
async function gone(node: Node): Promise<boolean> {
	const count = await new Promise<number>((resolve, reject) =>
		node.server.getConnections((error, open) => (error ? reject(error) : resolve(open)))
	);
	return count < 2;
}
