import { createServer, connect, type AddressInfo, type Socket } from 'node:net';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { Line } from '#lib/document/line.ts';
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

/** How a page comes back, and how it finds out that nobody is there. */

let w: World;
let node: Node;
let network: Awaited<ReturnType<typeof makeNetwork>>;
let line: Line | undefined;
beforeAll(async () => {
	w = await world();
	node = await w.node();
	network = await makeNetwork(Number(new URL(node.url).port));
});
afterEach(() => {
	line?.destroy();
	leaveAll();
});
afterAll(async () => {
	await network.stop();
	await w.stop();
});

function far(): Page {
	const page = open({ ...node, url: network.url }, w.jonas, w.documentId);
	line = new Line(page.provider, () => page.ledger.since);
	return page;
}
const sees = (page: Page, other: Page) =>
	page.provider.awareness.getStates().has(other.doc.clientID);

test('after a cut the page is back, and the others see it, within a second', async () => {
	const [jonas, tove] = [far(), open(node, w.tove, w.documentId)];
	jonas.provider.awareness.setLocalState({ user: {} });
	await synced(jonas, tove);
	await until(() => sees(tove, jonas), 'Tove sees Jonas');
	network.cut();
	await until(() => !sees(tove, jonas), 'Jonas is gone');
	const gone = Date.now();
	await until(() => sees(tove, jonas), 'Jonas is back');
	expect(Date.now() - gone).toBeLessThan(1_000);
});

test('a network that has gone silent is noticed while something is not saved', async () => {
	const jonas = far();
	await synced(jonas);
	network.silence();
	jonas.type(' Ud i ingenting.');
	const typed = Date.now();
	expect(jonas.ledger.unsaved).toBe(true);
	// The wires are dead; a new connection would get through.
	await new Promise<void>((done) => jonas.provider.once('connection-close', () => done()));
	expect(Date.now() - typed).toBeLessThan(9_000);
	await saved(jonas);
	expect(await onDisk(w)).toContain('Ud i ingenting.');
}, 20_000);

/** A network of our own between page and server: it can cut, or fall silent without a word. */
async function makeNetwork(to: number) {
	const pairs = new Set<[Socket, Socket]>();
	const server = createServer((near) => {
		const away = connect(to, '127.0.0.1');
		const pair: [Socket, Socket] = [near, away];
		pairs.add(pair);
		near.pipe(away);
		away.pipe(near);
		for (const socket of pair) {
			socket.on('error', () => {});
			socket.on('close', () => {
				pairs.delete(pair);
				for (const one of pair) one.destroy();
			});
		}
	});
	await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
	return {
		url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}`,
		cut: () => pairs.forEach((pair) => pair.forEach((socket) => socket.destroy())),
		silence: () =>
			pairs.forEach(([near, away]) => {
				near.unpipe(away);
				away.unpipe(near);
				near.resume();
				away.resume();
			}),
		stop: () => {
			pairs.forEach((pair) => pair.forEach((socket) => socket.destroy()));
			return new Promise<void>((done) => server.close(() => done()));
		}
	};
}
