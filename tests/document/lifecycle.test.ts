import { afterAll, beforeAll, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { startSyncNode, type SyncNode } from '../support/sync-node.ts';
import { headersOf, path, until, world, type Node, type World } from './world.ts';

/** Ten thousand documents, opened and left again: a node that runs for months must not grow with them. */
const DOCUMENTS = 10_000;
const AT_ONCE = 50;
const MEGABYTE = 1024 * 1024;

let w: World;
let node: SyncNode;
let ids: string[];
beforeAll(async () => {
	w = await world();
	node = await startSyncNode(w.url);
	ids = await copies(DOCUMENTS);
});
afterAll(async () => {
	await node.stop();
	await w.stop();
});

test('ten thousand documents opened and closed leave the process as it was', async () => {
	// What is made once (compiled code, pools, prepared statements) is not what is measured.
	await visit(ids.slice(0, 500));
	await until(async () => (await node.state()).rooms === 0, 'no room is left');
	const before = await node.state({ gc: true });

	const half = ids.length / 2;
	await visit(ids.slice(0, half));
	const midway = await node.state({ gc: true });
	await visit(ids.slice(half));

	await until(async () => (await node.state()).rooms === 0, 'no room is left');
	const heap = async () => (await node.state({ gc: true })).heap - before.heap;
	await until(async () => (await heap()) < 20 * MEGABYTE, 'the memory to come back');
	const after = await node.state({ gc: true });
	console.log(
		`${DOCUMENTS} documents: heap ${megabytes(after.heap - before.heap)} MB, ` +
			`rss ${megabytes(after.rss - before.rss)} MB on top, ` +
			`of which the second half ${megabytes(after.rss - midway.rss)} MB`
	);
	expect(await heap()).toBeLessThan(20 * MEGABYTE);
	// The process takes pages for its first crowds and its allocator keeps some; that ends.
	expect(after.rss - midway.rss).toBeLessThan(50 * MEGABYTE);
	const { TCPServerWrap, TCPSocketWrap = 0 } = after.resources;
	expect(TCPServerWrap).toBe(1);
	expect(TCPSocketWrap).toBeLessThanOrEqual(before.resources.TCPSocketWrap ?? 0);
	expect(after.resources.Timeout ?? 0).toBeLessThanOrEqual((before.resources.Timeout ?? 0) + 2);
	// Nothing was written by looking.
	const [{ rows }] = await w.sql<[{ rows: number }]>`
		select count(*)::int rows from document_updates where document_id = any(${ids}::uuid[])`;
	expect(rows).toBe(DOCUMENTS);
}, 240_000);

/** Opens each, hears its hello and its text, and leaves; so many at once. */
async function visit(documents: string[]): Promise<void> {
	const left = [...documents];
	const visitor = async () => {
		for (let id = left.pop(); id; id = left.pop()) await look(id);
	};
	await Promise.all(Array.from({ length: AT_ONCE }, visitor));
}

const QUESTION = Uint8Array.of(0, 0, 1, 0); // for everything: an empty state vector

function look(id: string): Promise<void> {
	const { origin, cookie } = headersOf({ origin: node.origin } as Node, w.jonas);
	return new Promise((resolve, reject) => {
		const ws = new WebSocket(`${node.url}${path(id)}`, { origin, headers: { cookie: cookie! } });
		ws.on('open', () => ws.send(QUESTION));
		ws.on('message', (data: Buffer) => {
			if (data[0] === 0 && data[1] === 1) ws.close(); // the answer that completes it
		});
		ws.on('error', reject);
		ws.on('close', (code) => (code === 1005 ? resolve() : reject(new Error(`closed: ${code}`))));
	});
}

/** As many documents with the same few bytes, each of a case of its own, made by Postgres itself. */
async function copies(count: number): Promise<string[]> {
	const rows = await w.sql<{ id: string }[]>`
		with cases as (
			insert into objects (kind, forum_id, title, phase, created_by)
			select 'case', ${w.forumId}, 'Sag ' || n, 'on_agenda', ${w.jonas.id}
			from generate_series(1, ${count}::int) n returning id
		)
		insert into documents (object_id, seq) select id, 1 from cases returning id`;
	const ids = rows.map(({ id }) => id);
	await w.sql`
		insert into document_updates (document_id, seq, bytes)
		select id, 1, (select bytes from document_updates where document_id = ${w.documentId} and seq = 1)
		from unnest(${ids}::uuid[]) id`;
	return ids;
}

const megabytes = (bytes: number) => (bytes / MEGABYTE).toFixed(1);
