import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import * as Y from 'yjs';
import { listen, notify, type Note } from '#lib/base/notify.server.ts';
import { personColour } from '#lib/ui/faces.ts';
import {
	leaveAll,
	onDisk,
	open,
	saved,
	synced,
	until,
	world,
	type Node,
	type Page,
	type World
} from './world.ts';

let all: World;
let w: World;
let one: Node;
let two: Node;
beforeAll(async () => {
	all = await world();
	[one, two] = [await all.node(), await all.node()];
});
beforeEach(async () => {
	w = await all.anew();
});
afterEach(leaveAll);
afterAll(() => all.stop());

const stand = (page: Page, at: number) =>
	page.provider.awareness.setLocalState({ cursor: { anchor: at } });
const seenBy = (page: Page, client: number) => page.provider.awareness.getStates().get(client);

test('carets are seen on every node, under the name the server gives them', async () => {
	const [a, b] = [open(one, w.jonas, w.documentId), open(two, w.tove, w.documentId)];
	await synced(a, b);
	stand(a, 3);
	stand(b, 5);
	await until(() => seenBy(b, a.doc.clientID)?.cursor?.anchor === 3, 'Jonas’ caret on node two');
	await until(() => seenBy(a, b.doc.clientID)?.cursor?.anchor === 5, 'Tove’s caret on node one');
	expect(seenBy(b, a.doc.clientID)!.user).toEqual({
		id: w.jonas.id,
		name: 'Jonas',
		color: personColour(w.jonas.id)
	});
	stand(a, 4);
	await until(() => seenBy(b, a.doc.clientID)?.cursor?.anchor === 4, 'the caret to move');
	const client = a.doc.clientID;
	a.leave();
	await until(() => !seenBy(b, client), 'Jonas to go');
});

test('who was there before is seen by who comes later, on another node too', async () => {
	const a = open(one, w.jonas, w.documentId);
	await synced(a);
	stand(a, 1);
	const b = open(two, w.tove, w.documentId);
	await until(() => seenBy(b, a.doc.clientID)?.cursor?.anchor === 1, 'Jonas’ caret');
	expect(seenBy(b, a.doc.clientID)!.user.id).toBe(w.jonas.id);
});

test('a page that changes node is never lost from sight for a second', async () => {
	const b = open(one, w.tove, w.documentId);
	const a = open(one, w.jonas, w.documentId);
	await synced(a, b);
	stand(a, 1);
	await until(() => seenBy(b, a.doc.clientID), 'Jonas on node one');
	a.leave();
	const moved = open(two, w.jonas, w.documentId, a.doc);
	stand(moved, 2);
	const since = Date.now();
	await until(() => seenBy(b, a.doc.clientID)?.cursor?.anchor === 2, 'Jonas on node two');
	expect(Date.now() - since).toBeLessThan(1_000);
});

test('when a node goes, its people go from the others’ screens', async () => {
	// Two of its own: the others take them for gone from here on.
	const [here, there] = [await all.node(), await all.node()];
	const [a, b] = [open(here, w.jonas, w.documentId), open(there, w.tove, w.documentId)];
	await synced(a, b);
	const ids = new Set<string>();
	const ear = await listen(w.sql, (note: Note) => {
		if (note.type === 'presence') ids.add(note.by);
	});
	stand(a, 3);
	await until(() => seenBy(b, a.doc.clientID)?.cursor?.anchor === 3 && ids.size > 0, 'Jonas');
	// What the others conclude when a node has not been heard of for a while.
	for (const by of ids) await notify(w.sql, { type: 'node', by, here: false });
	await until(() => !seenBy(b, a.doc.clientID), 'Jonas to go');
	await ear.stop();
	b.type(' Videre.');
	await saved(b);
	expect(await onDisk(w)).toContain('Videre');
});

test('small edits travel in the note, large ones by number, and both nodes read the same', async () => {
	const [a, b] = [open(one, w.jonas, w.documentId), open(two, w.tove, w.documentId)];
	await synced(a, b);
	const carried: boolean[] = [];
	const ear = await listen(w.sql, (note: Note) => {
		if (note.type === 'update') carried.push(note.edits !== null && note.edits !== undefined);
	});
	a.type(' Kort.');
	await until(() => b.text().includes('Kort'), 'the short edit');
	a.type(` ${'lang '.repeat(3_000)}.`);
	await until(() => b.text() === a.text(), 'the long edit');
	await ear.stop();
	expect(carried).toEqual([true, false]);
});

test('a node whose ear was cut off reads what it missed from the log', async () => {
	const [a, b] = [open(one, w.jonas, w.documentId), open(two, w.tove, w.documentId)];
	await synced(a, b);
	for (let round = 0; round < 3; round++) {
		await w.sql`
			select pg_terminate_backend(pid) from pg_stat_activity
			where datname = current_database() and query ilike 'listen%'`;
		a.type(` a${round}`);
		b.type(` b${round}`);
		await saved(a, b);
	}
	await until(() => a.text() === b.text() && a.text().includes('b2'), 'equal texts');
	expect(await onDisk(w)).toBe(a.text());
	const fresh = new Y.Doc();
	const c = open(one, w.ove, w.documentId, fresh);
	await synced(c);
	expect(c.text()).toBe(a.text());
});

test('two nodes that write the same text at once number every edit once, without gaps', async () => {
	const pages = [one, two].flatMap((node) => [
		open(node, w.jonas, w.documentId),
		open(node, w.tove, w.documentId)
	]);
	await synced(...pages);
	for (let i = 0; i < 50; i++) pages.forEach((page, who) => page.type(`${who}${i} `));
	await saved(...pages);
	await until(() => new Set(pages.map((page) => page.text())).size === 1, 'equal texts');
	const rows = await w.sql<{ seq: number }[]>`
		select seq::int from document_updates where document_id = ${w.documentId} order by seq`;
	const first = rows[0]!.seq;
	expect(rows.map(({ seq }) => seq)).toEqual(rows.map((_, index) => first + index));
	expect(await onDisk(w)).toBe(pages[0]!.text());
});

test('a page that brings back what someone else wrote and its node has not heard yet is no forger', async () => {
	const [a, b] = [open(one, w.jonas, w.documentId), open(two, w.tove, w.documentId)];
	await synced(a, b);
	stand(a, 1);
	await until(() => seenBy(b, a.doc.clientID), 'presence');
	// Jonas’s first words reach the disk; the note of it is lost on its way to the second node.
	const before = Y.encodeStateVector(b.doc);
	const seen = new Y.Doc();
	Y.applyUpdate(seen, Y.encodeStateAsUpdate(b.doc));
	seen.clientID = a.doc.clientID;
	const words = (doc: Y.Doc) =>
		(doc.getXmlFragment('account').get(0) as Y.XmlElement).get(0) as Y.XmlText;
	words(seen).insert(words(seen).length, ' Jonas.');
	await w.sql`
		with held as (update documents set seq = seq + 1 where id = ${w.documentId} returning seq),
			whose as (insert into document_clients values (${w.documentId}, ${a.doc.clientID}, ${w.jonas.id}))
		insert into document_updates (document_id, seq, bytes, person_id)
		select ${w.documentId}, seq, ${Buffer.from(Y.encodeStateAsUpdate(seen, before))}, ${w.jonas.id}
		from held`;
	// Tove saw them elsewhere and wrote on, before this node.
	const doc = new Y.Doc();
	Y.applyUpdate(doc, Y.encodeStateAsUpdate(seen));
	words(doc).insert(words(doc).length, ' Tove.');
	const back = open(two, w.tove, w.documentId, doc);
	await synced(back);
	await saved(back);
	expect(back.codes).toEqual([]);
	expect(await onDisk(w)).toBe('Første afsnit. Jonas. Tove.');
	await until(() => b.text() === 'Første afsnit. Jonas. Tove.', 'both on the other page');
});
