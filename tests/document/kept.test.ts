import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { plainText } from '#lib/document/content.ts';
import { build, read } from '#lib/document/convert.server.ts';
import * as documents from '#lib/document/documents.server.ts';
import { project } from '#lib/document/projection.server.ts';
import { projectAll } from '#lib/document/projector.server.ts';
import { readAfter } from '#lib/document/sync/log.server.ts';
import { compact, leaveAll, open, saved, synced, world, type World } from './world.ts';
import { rowOf, say, words, writeTo } from './writing.ts';

let w: World;

beforeEach(async () => {
	w = await world();
});

afterEach(async () => {
	leaveAll();
	await w.stop();
});

const row = (id?: string) => rowOf(w, id);

const write = (edit: (doc: Y.Doc) => void, id?: string) => writeTo(w, edit, id);

describe('what is kept', () => {
	test('survives compaction unchanged, while what was deleted is gone from log and projection', async () => {
		await write(say(' HEMMELIGT'));
		await project(w.sql, w.documentId);
		const keepId = await w.sql.begin((tx) =>
			documents.keep(tx as never, w.jonas, w.documentId, 'circulated')
		);
		const keepRow = () =>
			w.sql`select bytes, content, seq from document_keeps where id = ${keepId}`;
		const before = await keepRow();
		await write((doc) => words(doc).delete('Første afsnit.'.length, ' HEMMELIGT'.length));
		await compact(w);
		await projectAll(w.sql);

		const log = await readAfter(w.sql, w.documentId, 0);
		expect(log.some(({ bytes }) => Buffer.from(bytes).includes('HEMMELIGT'))).toBe(false);
		expect(JSON.stringify(await row())).not.toContain('HEMMELIGT');
		expect(await keepRow()).toEqual(before);
		const kept = await documents.kept(w.sql, keepId);
		const reopened = new Y.Doc();
		Y.applyUpdate(reopened, before[0]!.bytes as Uint8Array);
		for (const section of Object.keys(kept.content)) reopened.getXmlFragment(section);
		expect(read(reopened)).toEqual(kept.content);
		expect(plainText(kept.content.account)).toBe('Første afsnit. HEMMELIGT');
		expect(kept.seq).toBe(2);
	});

	test('is the content of exactly its number, while two nodes write on', async () => {
		const [one, two] = [await w.node(), await w.node()];
		const [a, b] = [open(one, w.jonas, w.documentId), open(two, w.tove, w.documentId)];
		await synced(a, b);
		const keeps: string[] = [];
		for (let i = 0; i < 8; i++) {
			for (let n = 0; n < 10; n++) (n % 2 ? a : b).type(`${i}.${n} `);
			const keep = w.sql.begin((tx) =>
				documents.keep(tx as never, w.jonas, w.documentId, 'circulated')
			);
			a.type('imens ');
			keeps.push(await keep);
		}
		await saved(a, b);
		const log = await readAfter(w.sql, w.documentId, 0);
		for (const id of keeps) {
			const { seq, content } = await documents.kept(w.sql, id);
			const doc = build(log.filter((entry) => entry.seq <= seq).map(({ bytes }) => bytes));
			expect(read(doc)).toEqual(content);
		}
	});

	test('closing begins one new epoch, however often, and its text is projected', async () => {
		await projectAll(w.sql);
		const closing = () => w.sql.begin((tx) => documents.close(tx as never, w.jonas, w.documentId));
		await Promise.all([closing(), closing()]);
		await closing();
		const [found] = await w.sql`select epoch, closed_at from documents where id = ${w.documentId}`;
		expect(found).toMatchObject({ epoch: 2, closed_at: expect.any(Date) });
		expect(plainText((await documents.content(w.sql, w.documentId)).account)).toBe(
			'Første afsnit.'
		);
		await projectAll(w.sql);
		expect(await row()).toMatchObject({ epoch: 2, seq: 1, text: 'Første afsnit.' });
	});
});
