import { afterEach, beforeEach, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import * as Y from 'yjs';
import * as objects from '#lib/forum/objects.server.ts';
import { notify } from '#lib/base/notify.server.ts';
import { isRefusal } from '#lib/base/errors.ts';
import { plainText } from '#lib/document/content.ts';
import * as documents from '#lib/document/documents.server.ts';
import { append, claim, readAfter } from '#lib/document/sync/log.server.ts';
import {
	compact,
	headersOf,
	leaveAll,
	onDisk,
	open,
	raw,
	saved,
	synced,
	until,
	world,
	type World
} from './world.ts';

let w: World;
beforeEach(async () => {
	w = await world();
});
afterEach(async () => {
	leaveAll();
	await w.stop();
});

const rows = () => readAfter(w.sql, w.documentId, 0);

test('writers that append at once get numbers without gaps or doubles', async () => {
	const bytes = new Uint8Array([0, 0]);
	const entry = { document: w.documentId, person: w.jonas.id, bytes };
	await Promise.all(
		Array.from({ length: 40 }, () => append(w.sql, [entry, entry, entry], { wait: true }))
	);
	expect((await rows()).map((row) => row.seq)).toEqual(
		Array.from({ length: 121 }, (_, i) => i + 1)
	);
	expect((await documents.ofObject(w.sql, w.caseId))!.seq).toBe(121);
});

test('a document that someone holds is left out, and the rest of the group is written', async () => {
	await w.sql.begin(async (tx) => {
		await tx`select 1 from documents where id = ${w.documentId} for update`;
		const entry = { document: w.documentId, person: null, bytes: new Uint8Array([0, 0]) };
		const outcomes = await append(w.sql, [entry], { wait: false });
		expect(outcomes.get(w.documentId)).toEqual({ outcome: 'busy' });
	});
	expect(await rows()).toHaveLength(1);
});

test('a client id goes to whoever comes first', async () => {
	const owners = await Promise.all([
		claim(w.sql, w.documentId, [7], w.jonas.id),
		claim(w.sql, w.documentId, [7], w.tove.id)
	]);
	expect(owners[0]).toEqual(owners[1]);
});

test('compaction keeps the text, forgets what was deleted, and deletes only the rows it merged', async () => {
	const node = await w.node();
	const a = open(node, w.jonas, w.documentId);
	await synced(a);
	a.type(' HEMMELIGT');
	const words = (a.doc.getXmlFragment('account').get(0) as Y.XmlElement).get(0) as Y.XmlText;
	words.delete('Første afsnit.'.length, ' HEMMELIGT'.length);
	a.type(' Åbent.');
	await saved(a);
	const holds = async () =>
		(await rows()).some((row) => Buffer.from(row.bytes).includes('HEMMELIGT'));
	expect(await holds()).toBe(true);
	const last = (await rows()).at(-1)!.seq;

	// A row that comes while it works is not its business.
	const merging = compact(w);
	a.type(' Senere.');
	await Promise.all([merging, saved(a)]);

	const after = await rows();
	expect(after[0]!.seq).toBeGreaterThanOrEqual(last);
	expect(after.length).toBeLessThanOrEqual(2);
	expect(await holds()).toBe(false);
	expect(await onDisk(w)).toBe('Første afsnit. Åbent. Senere.');
	const b = open(await w.node(), w.tove, w.documentId);
	await synced(b);
	expect(b.text()).toBe(a.text());
});

test('of two nodes that compact at once one does, and nothing is lost', async () => {
	const node = await w.node();
	const a = open(node, w.jonas, w.documentId);
	await synced(a);
	for (const text of [' En.', ' To.', ' Tre.']) a.type(text);
	await saved(a);
	const before = await onDisk(w);
	const results = await Promise.all([compact(w), compact(w)]);
	expect(results.filter(Boolean).length).toBeGreaterThanOrEqual(1);
	expect(await rows()).toHaveLength(1);
	expect(await onDisk(w)).toBe(before);
});

test('a long log is compacted under way while two nodes write, and both agree afterwards', async () => {
	const hands = { messages: 100_000 }; // a thousand edits in a moment are not the matter here
	const [one, two] = [await w.node(hands), await w.node(hands)];
	const [a, b] = [open(one, w.jonas, w.documentId), open(two, w.tove, w.documentId)];
	await synced(a, b);
	for (let i = 0; i < 1_100; i++) {
		a.type(`${i} `);
		if (i % 20 === 0) {
			b.type('. ');
			await saved(a);
		}
	}
	await saved(a, b);
	await until(() => a.text() === b.text(), 'equal texts');
	await until(async () => (await rows()).length < 1_000, 'compaction');
	expect(await onDisk(w)).toBe(a.text());
	const c = open(one, w.ove, w.documentId);
	await synced(c);
	expect(c.text()).toBe(a.text());
});

test('a section is added once, written by the server, and seen by those who have the text open', async () => {
	const node = await w.node();
	const a = open(node, w.jonas, w.documentId);
	await synced(a);
	const add = () =>
		w.sql.begin((tx) => documents.addSection(tx as never, w.documentId, 'economy', 'Penge.'));
	await Promise.all([add(), add()]);
	await until(() => a.text('economy') !== '', 'the section');
	expect(a.text('economy')).toBe('Penge.');
	const owners =
		await w.sql`select 1 from document_clients where document_id = ${w.documentId} and person_id is null`;
	expect(owners).toHaveLength(2);
});

test('a closed document takes no section, and keeps what it had', async () => {
	await w.sql.begin((tx) => documents.close(tx as never, w.jonas, w.documentId));
	const add = w.sql.begin((tx) => documents.addSection(tx as never, w.documentId, 'economy'));
	const error = await add.then(
		() => null,
		(reason: unknown) => reason
	);
	expect(isRefusal(error) && error.code).toBe('document.closed');
	expect(Object.keys(await documents.content(w.sql, w.documentId))).toEqual(['account', 'risk']);
	expect(plainText((await documents.content(w.sql, w.documentId)).account)).toBe('Første afsnit.');
});

test('a kept text never moves', async () => {
	const id = await w.sql.begin((tx) =>
		documents.keep(tx as never, w.jonas, w.documentId, 'circulated')
	);
	await expect(w.sql`update document_keeps set why = 'decided' where id = ${id}`).rejects.toThrow();
	expect(plainText((await documents.kept(w.sql, id)).content.account)).toBe('Første afsnit.');
});

test('a live page hears of the objects it may know of, and of no others', async () => {
	const node = await w.node();
	const { ws, frames } = await raw(node, headersOf(node, w.jonas), '/live');
	const outside = await raw(node, headersOf(node, w.nina), '/live');
	for (const socket of [ws, outside.ws])
		socket.send(JSON.stringify({ subscribe: [w.caseId, w.forumId] }));
	const topics = () => frames.map((frame) => JSON.parse(Buffer.from(frame).toString()).topic);
	// Told again until it hears, because a subscription is judged before it holds.
	await until(async () => {
		await notify(w.sql, { type: 'topic', topic: w.caseId });
		return topics().includes(w.caseId);
	}, 'the topic');
	await notify(w.sql, { type: 'topic', topic: w.forumId });
	await until(() => topics().includes(w.forumId), 'the forum');
	expect(outside.frames).toEqual([]);
});

test('a live page that loses access hears it once, and nothing afterwards', async () => {
	const node = await w.node();
	const { ws, frames } = await raw(node, headersOf(node, w.ove), '/live');
	ws.send(JSON.stringify({ subscribe: [w.caseId, w.forumId] }));
	await until(async () => {
		await notify(w.sql, { type: 'topic', topic: w.caseId });
		return frames.length > 0;
	}, 'the topic');
	const heard = (topic: string) =>
		frames.filter((frame) => Buffer.from(frame).includes(topic)).length;
	// Notes come in order: once a later one is heard, every earlier one has been.
	const settled = async () => {
		const forum = heard(w.forumId);
		await notify(w.sql, { type: 'topic', topic: w.forumId });
		await until(() => heard(w.forumId) > forum, 'the note after them');
	};
	await settled();
	const before = heard(w.caseId);
	await w.sql.begin((tx) => objects.setPhase(tx as never, w.caseId, 'draft'));
	await until(() => heard(w.caseId) === before + 1, 'the last word');
	await notify(w.sql, { type: 'topic', topic: w.caseId });
	await settled();
	expect(heard(w.caseId)).toBe(before + 1);
	ws.send('{"subscribe":["x"]}');
	await until(() => ws.readyState === WebSocket.CLOSED, 'the close');
});
