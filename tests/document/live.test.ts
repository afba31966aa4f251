import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { notify } from '#lib/base/notify.server.ts';
import { record } from '#lib/base/events.server.ts';
import type { Tx } from '#lib/base/sql.server.ts';
import type { Person } from '#lib/people/person.ts';
import { headersOf, raw, until, world, type Node, type World } from './world.ts';

/** A page is made, and begins to listen a moment later: what changed in between is told then. */

let w: World;
let node: Node;
const sockets: { close: () => void }[] = [];
beforeAll(async () => {
	w = await world();
	node = await w.node();
});
afterEach(() => sockets.splice(0).forEach((socket) => socket.close()));
afterAll(() => w.stop());

const snapshot = async () =>
	(await w.sql<{ seen: string }[]>`select pg_current_snapshot()::text seen`)[0]!.seen;
const change = (tx: unknown, topic: { object?: string; forum?: string }) =>
	record(tx as Tx, { person: w.jonas.id, verb: 'case.circulated', kind: 'case', ...topic });

/** Listens to the case and the forum. Something in the forum changed in each test: once that is told, all is. */
async function listen(person: Person, seen?: string) {
	const { ws, frames } = await raw(node, headersOf(node, person), '/live');
	sockets.push(ws);
	ws.send(JSON.stringify({ subscribe: [w.caseId, w.forumId], seen }));
	const told = () => frames.map((frame) => JSON.parse(Buffer.from(frame).toString()).topic);
	return {
		told,
		async settled() {
			await until(() => told().includes(w.forumId), 'the answer');
			return told().includes(w.caseId);
		}
	};
}

test('what changed between the page’s making and its listening is told, and nothing else is', async () => {
	await w.sql.begin((tx) => change(tx, { object: w.caseId, forum: w.forumId }));
	const seen = await snapshot();
	await w.sql.begin((tx) => change(tx, { forum: w.forumId }));
	expect(await (await listen(w.jonas, seen)).settled()).toBe(false);
	await w.sql.begin((tx) => change(tx, { object: w.caseId }));
	expect(await (await listen(w.jonas, seen)).settled()).toBe(true);
});

test('an act that had begun before the page was made, and ended after, is told', async () => {
	let seen = '';
	await w.sql.begin(async (tx) => {
		await change(tx, { object: w.caseId, forum: w.forumId });
		seen = await snapshot(); // on another connection: it does not see the act
	});
	expect(await (await listen(w.jonas, seen)).settled()).toBe(true);
});

test('someone outside is told nothing of what changed', async () => {
	const seen = await snapshot();
	await w.sql.begin((tx) => change(tx, { object: w.caseId, forum: w.forumId }));
	const outside = await listen(w.nina, seen);
	expect(await (await listen(w.jonas, seen)).settled()).toBe(true);
	expect(outside.told()).toEqual([]);
});

test('a page that says nothing of what it saw is told only of what comes', async () => {
	await w.sql.begin((tx) => change(tx, { object: w.caseId, forum: w.forumId }));
	const page = await listen(w.jonas);
	await until(async () => {
		await notify(w.sql, { type: 'topic', topic: w.forumId });
		return page.told().includes(w.forumId);
	}, 'what comes');
	expect(page.told()).not.toContain(w.caseId);
});

test('what is no snapshot, though it looks like one, makes the page look again', async () => {
	expect(await (await listen(w.jonas, '9:1:')).settled()).toBe(true);
});
