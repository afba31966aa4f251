import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import * as documents from '#lib/document/documents.server.ts';
import { plainText } from '#lib/document/content.ts';
import { leaveAll, onDisk, open, saved, synced, until, world, type World } from './world.ts';

let w: World;
beforeEach(async () => {
	w = await world();
});
afterEach(async () => {
	leaveAll();
	await w.stop();
});

describe('writing together', () => {
	test('two pages that type at once end with the same text, and so does a third', async () => {
		const node = await w.node();
		const [a, b] = [open(node, w.jonas, w.documentId), open(node, w.tove, w.documentId)];
		await synced(a, b);
		for (let i = 0; i < 20; i++) {
			a.type(`a${i} `);
			b.type(`b${i} `);
		}
		await until(
			() => a.text() === b.text() && a.text().includes('b19') && a.text().includes('a19'),
			'equal texts'
		);
		const c = open(node, w.ove, w.documentId);
		await synced(c);
		expect(c.text()).toBe(a.text());
		expect(await onDisk(w)).toBe(a.text());
	});

	test('two who begin in an empty section write in the same paragraph', async () => {
		const node = await w.node();
		const [a, b] = [open(node, w.jonas, w.documentId), open(node, w.tove, w.documentId)];
		await synced(a, b);
		a.type('for', 'risk');
		b.type('imod', 'risk');
		await until(
			() => a.text('risk').length === 7 && b.text('risk') === a.text('risk'),
			'equal texts'
		);
		expect(a.doc.getXmlFragment('risk').length).toBe(1);
	});

	test('a server that starts anew has everything', async () => {
		const first = await w.node();
		const a = open(first, w.jonas, w.documentId);
		await synced(a);
		a.type(' Mere.');
		await saved(a);
		a.leave();
		await first.stop();
		const b = open(await w.node(), w.tove, w.documentId);
		await synced(b);
		expect(b.text()).toBe('Første afsnit. Mere.');
	});

	test('edits made without a network merge when it is back', async () => {
		const node = await w.node();
		const [a, b] = [open(node, w.jonas, w.documentId), open(node, w.tove, w.documentId)];
		await synced(a, b);
		a.provider.disconnect();
		a.type(' Uden net.');
		b.type(' Imens.');
		await saved(b);
		a.provider.connect();
		await until(() => a.text() === b.text() && a.text().includes('Uden net'), 'equal texts');
		expect(a.text()).toContain('Imens');
		await saved(a);
		expect(await onDisk(w)).toBe(a.text());
	});

	test('a page that returns with nothing new adds nothing to the log', async () => {
		const node = await w.node();
		const a = open(node, w.jonas, w.documentId);
		await synced(a);
		a.type(' Slettes.');
		(a.doc.getXmlFragment('account').get(0) as Y.XmlElement).delete(0, 1);
		await saved(a);
		const before = await documents.ofObject(w.sql, w.caseId);
		a.provider.disconnect();
		a.provider.connect();
		await synced(a);
		a.type(' Nyt.'); // its acknowledgement comes after whatever the return made
		await saved(a);
		await until(
			async () => (await documents.ofObject(w.sql, w.caseId))!.seq > before!.seq,
			'the edit'
		);
		expect(await documents.ofObject(w.sql, w.caseId)).toEqual({ ...before, seq: before!.seq + 1 });
	});
});

describe('saved means on disk', () => {
	test('nothing is acknowledged, and nobody sees it, before the commit', async () => {
		const node = await w.node();
		const [a, b] = [open(node, w.jonas, w.documentId), open(node, w.tove, w.documentId)];
		await synced(a, b);
		let release!: () => void;
		const held = new Promise<void>((resolve) => (release = resolve));
		let locked!: () => void;
		const holding = new Promise<void>((resolve) => (locked = resolve));
		const slow = w.sql.begin(async (tx) => {
			await tx`select 1 from documents where id = ${w.documentId} for update`;
			locked();
			await held;
		});
		await holding;
		a.type(' Langsomt.');
		const waits = async () =>
			(
				await w.sql`select 1 from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()`
			).length > 0;
		await until(waits, 'the append to stand in line');
		expect(a.ledger.unsaved).toBe(true);
		expect(b.text()).toBe('Første afsnit.');
		release();
		await slow;
		await until(() => !a.ledger.unsaved && b.text().includes('Langsomt'), 'the commit');
		expect(await onDisk(w)).toContain('Langsomt');
	});

	test('what another person sees is on disk when they see it', async () => {
		const node = await w.node();
		const [a, b] = [open(node, w.jonas, w.documentId), open(node, w.tove, w.documentId)];
		await synced(a, b);
		const seen: Promise<boolean>[] = [];
		b.doc.on('update', () => {
			const now = b.text();
			seen.push(onDisk(w).then((disk) => disk.length >= now.length));
		});
		for (let i = 0; i < 30; i++) {
			a.type(`${i} `);
			await saved(a);
		}
		await until(() => b.text() === a.text(), 'equal texts');
		expect(seen.length).toBeGreaterThan(0);
		expect(await Promise.all(seen)).not.toContain(false);
	});

	test('a failed write is kept, told, and tried until it works', async () => {
		const node = await w.node();
		const a = open(node, w.jonas, w.documentId);
		await synced(a);
		await w.sql`alter table document_updates add constraint full_disk check (length(bytes) < 1) not valid`;
		a.type(' Trods alt.');
		await until(
			() => a.words.some((word) => word.type === 'trouble' && word.on),
			'a word of trouble'
		);
		expect(a.ledger.unsaved).toBe(true);
		await w.sql`alter table document_updates drop constraint full_disk`;
		await saved(a);
		expect(a.words.at(-1)).toEqual({ type: 'trouble', on: false });
		expect(await onDisk(w)).toContain('Trods alt');
	});
});

describe('closing and keeping', () => {
	test('a closed document is read-only at once, and an offline writer is told', async () => {
		const node = await w.node();
		const [a, b] = [open(node, w.jonas, w.documentId), open(node, w.tove, w.documentId)];
		await synced(a, b);
		b.provider.disconnect();
		b.type(' For sent.');
		await w.sql.begin((tx) => documents.close(tx as never, w.jonas, w.documentId));
		const isClosed = (page: typeof a) =>
			page.words.some((word) => word.type === 'hello' && word.closed && !word.write);
		await until(() => isClosed(a), 'the word that it is closed');
		b.provider.connect();
		await until(() => isClosed(b) && b.provider.synced, 'the word that it is closed');
		expect(await onDisk(w)).toBe('Første afsnit.');
		a.type(' Trods.');
		await until(() => a.codes.includes('closed'), 'the close code');
		expect(await onDisk(w)).toBe('Første afsnit.');
	});

	test('a closed document never fails its group', async () => {
		const node = await w.node();
		const other = await w.sql<{ id: string }[]>`
			insert into objects (kind, forum_id, title, phase, created_by)
			values ('case', ${w.forumId}, 'En anden', 'on_agenda', ${w.jonas.id}) returning id`;
		const second = await w.sql.begin((tx) =>
			documents.create(tx as never, w.jonas, other[0]!.id, { account: 'Anden.' })
		);
		const [a, b] = [open(node, w.jonas, w.documentId), open(node, w.tove, second)];
		await synced(a, b);
		// Closed behind the nodes' back: no note, so the append is the one to find out.
		await w.sql`update documents set closed_at = now() where id = ${w.documentId}`;
		a.type(' Nej.');
		b.type(' Ja.');
		await until(() => !b.ledger.unsaved && a.codes.length > 0, 'both outcomes');
		expect(a.codes[0]).toBe('come_back');
		expect(a.ledger.unsaved).toBe(true);
		expect(await onDisk(w)).toBe('Første afsnit.');
	});

	test('what is kept is exactly what was acknowledged', async () => {
		const node = await w.node();
		const a = open(node, w.jonas, w.documentId);
		await synced(a);
		let [typing, before] = [true, 0];
		const writer = (async () => {
			for (let i = 0; typing; i++) {
				a.type(`${i};`);
				if (i % 10 === 9) await saved(a).then(() => (before = i + 1));
				await new Promise((resolve) => setImmediate(resolve));
			}
		})();
		await until(() => before >= 20, 'some edits');
		const acknowledged = before;
		const keepId = await w.sql.begin((tx) =>
			documents.keep(tx as never, w.jonas, w.documentId, 'circulated')
		);
		typing = false;
		await writer;
		await until(() => onDisk(w).then((disk) => disk === a.text()), 'everything on disk');
		const keep = await documents.kept(w.sql, keepId);
		const words = plainText(keep.content.account);
		expect(a.text().startsWith(words)).toBe(true);
		expect(words.split(';').length - 1).toBeGreaterThanOrEqual(acknowledged);
		const rows = await w.sql<{ bytes: Uint8Array }[]>`
			select bytes from document_updates where document_id = ${w.documentId} and seq <= ${keep.seq} order by seq`;
		const doc = new Y.Doc();
		for (const row of rows) Y.applyUpdate(doc, row.bytes);
		expect(
			doc
				.getXmlFragment('account')
				.toString()
				.replace(/<[^>]+>/g, '')
		).toBe(words);
	});
});

describe('another epoch', () => {
	test('what a page of an earlier epoch sends before it has heard is neither stored nor called saved', async () => {
		const node = await w.node();
		const a = open(node, w.jonas, w.documentId);
		await synced(a);
		a.provider.params.epoch = '1';
		a.provider.disconnect();
		a.type(' Fra før.');
		await until(() => node.attached.rooms === 0, 'the room to be left');
		await w.sql`update documents set epoch = 2`; // as after a backup was restored
		a.provider.connect();
		const told = () => a.words.some((word) => word.type === 'hello' && word.epoch === 2);
		await until(told, 'the word of the new epoch');
		const b = open(node, w.tove, w.documentId);
		await synced(b);
		b.type(' Nyt.');
		await saved(b);
		await until(() => a.text().includes('Nyt'), 'the edit of the new epoch');
		expect(a.ledger.unsaved).toBe(true);
		expect(await onDisk(w)).toBe('Første afsnit. Nyt.');
	});
});

describe('several nodes', () => {
	test('two nodes on one Postgres see each other’s edits', async () => {
		const [one, two] = [await w.node(), await w.node()];
		const [a, b] = [open(one, w.jonas, w.documentId), open(two, w.tove, w.documentId)];
		await synced(a, b);
		for (let i = 0; i < 30; i++) {
			a.type(`a${i} `);
			b.type(`b${i} `);
			if (i % 5 === 0) await saved(a);
		}
		await until(
			() => a.text() === b.text() && a.text().includes('a29') && a.text().includes('b29'),
			'equal texts'
		);
		expect(await onDisk(w)).toBe(a.text());
		const seqs = await w.sql<
			{ seq: number }[]
		>`select seq::int from document_updates where document_id = ${w.documentId} order by seq`;
		expect(seqs.map((row) => row.seq)).toEqual(seqs.map((_, index) => index + 1));
	});

	test('a page that changes node with others’ text in hand is believed', async () => {
		const [one, two] = [await w.node(), await w.node()];
		const a = open(one, w.jonas, w.documentId);
		const c = open(two, w.ove, w.documentId);
		const b = open(one, w.tove, w.documentId);
		await synced(a, b, c);
		a.type(' Jonas.');
		await until(() => b.text().includes('Jonas'), 'the edit');
		b.leave();
		const moved = open(two, w.tove, w.documentId, b.doc);
		moved.type(' Tove.');
		await until(() => !moved.ledger.unsaved && c.text() === moved.text(), 'equal texts');
		expect(moved.codes).toEqual([]);
		expect(c.text()).toContain('Jonas. Tove.');
	});
});
