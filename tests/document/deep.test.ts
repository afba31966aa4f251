import { afterAll, beforeAll, expect, test } from 'vitest';
import { plainText } from '#lib/document/content.ts';
import { build } from '#lib/document/convert.server.ts';
import * as documents from '#lib/document/documents.server.ts';
import { project } from '#lib/document/projection.server.ts';
import { append, readAfter } from '#lib/document/sync/log.server.ts';
import { abyss, deletion } from '../support/hostile-frames.ts';
import { world, type World } from './world.ts';
import { rowOf } from './writing.ts';

/** What somebody nested far deeper than this thread's stack and took away again, before any node has compacted it. */

const ME = 5;
const DEEP = 5_000; // the thread itself is shown to do 90,000 in away.test.ts

let w: World;
beforeAll(async () => {
	w = await world();
});
afterAll(() => w.stop());

test('a text in which something was that deep is shown, kept, projected and written on', async () => {
	const shown = async () => plainText((await documents.content(w.sql, w.documentId)).account);
	expect(await shown(), 'held in memory from before').toContain('Første afsnit.');
	for (const bytes of [abyss(ME, DEEP), deletion(ME, 0, 1)])
		await append(w.sql, [{ document: w.documentId, person: w.tove.id, bytes }], { wait: true });
	const log = (await readAfter(w.sql, w.documentId, 0)).map(({ bytes }) => bytes);
	// The stack's end, or what Yjs finds half done where it met it.
	expect(() => build(log), 'more than this thread can do').toThrow();

	expect(await shown()).toContain('Første afsnit.');
	const section = await documents.fragments(w.sql, w.documentId);
	expect(section('account')!.toString()).toContain('Første afsnit.');
	const keepId = await w.sql.begin((tx) =>
		documents.keep(tx as never, w.jonas, w.documentId, 'circulated')
	);
	expect(plainText((await documents.kept(w.sql, keepId)).content.account)).toContain('Første');
	await w.sql.begin((tx) => documents.addSection(tx as never, w.documentId, 'next', 'Og så.'));
	const after = await documents.content(w.sql, w.documentId);
	expect(plainText(after.next)).toBe('Og så.');
	await project(w.sql, w.documentId);
	expect((await rowOf(w))!.content).toEqual(after);
});
