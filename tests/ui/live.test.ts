import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { WebSocketServer, type WebSocket } from 'ws';
import { live, type Live } from '#lib/ui/live.ts';
import { eventually } from '../support/eventually.ts';

let server: WebSocketServer;
let page: Live | undefined;
let port = 0;
let asked: string[][];
let sockets: WebSocket[];
let changed: string[];

async function serve(on = 0) {
	server = new WebSocketServer({ host: '127.0.0.1', port: on });
	server.on('connection', (socket) => {
		sockets.push(socket);
		socket.on('message', (data) => asked.push(JSON.parse(String(data)).subscribe));
	});
	await once(server, 'listening');
	port = (server.address() as AddressInfo).port;
}

function open(onended?: () => void) {
	page = live({
		url: `ws://127.0.0.1:${port}/live`,
		onchange: (topic) => changed.push(topic),
		onended,
		wait: 5,
		longest: 20
	});
	return page;
}

beforeEach(async () => {
	[asked, sockets, changed] = [[], [], []];
	await serve();
});
afterEach(async () => {
	page?.stop();
	for (const socket of sockets) socket.terminate();
	await new Promise((closed) => server.close(closed));
});

test('a page with nothing to follow opens no socket', async () => {
	const idle = open();
	idle.follow([]);
	const second = open();
	second.follow(['a']);
	await eventually(() => asked.length > 0);
	expect(sockets).toHaveLength(1);
	idle.stop();
});

test('a change to what is shown is heard, and nothing else is', async () => {
	open().follow(['a', 'b']);
	await eventually(() => asked.length === 1);
	expect(asked[0]).toEqual(['a', 'b']);
	for (const text of [
		'not json',
		'{}',
		'null',
		'{"topic":"other"}',
		'{"topic":7}',
		'{"topic":"b"}'
	])
		sockets[0]!.send(text);
	await eventually(() => changed.length > 0);
	expect(changed).toEqual(['b']);
});

test('a page says what it had seen when it was made, so that what changed since is told', async () => {
	const heard: unknown[] = [];
	server.on('connection', (socket) =>
		socket.on('message', (data) => heard.push(JSON.parse(String(data))))
	);
	const { follow } = open();
	follow(['a'], '700:705:701');
	await eventually(() => heard.length === 1);
	follow(['b'], null);
	await eventually(() => heard.length === 2);
	expect(heard).toEqual([{ subscribe: ['a'], seen: '700:705:701' }, { subscribe: ['b'] }]);
});

test('the next page is followed on the same socket', async () => {
	const { follow } = open();
	follow(['a']);
	await eventually(() => asked.length === 1);
	follow(['a']);
	follow(['c']);
	await eventually(() => asked.length === 2);
	expect(asked[1]).toEqual(['c']);
	expect(sockets).toHaveLength(1);
});

test('after a break it comes back and looks at everything again', async () => {
	open().follow(['a', 'b']);
	await eventually(() => asked.length === 1);
	sockets[0]!.terminate();
	await eventually(() => asked.length === 2);
	await eventually(() => changed.length === 2);
	expect(changed).toEqual(['a', 'b']);
});

test('it keeps trying while the server is away', async () => {
	open().follow(['a']);
	await eventually(() => asked.length === 1);
	const before = port;
	for (const socket of sockets) socket.terminate();
	await new Promise((closed) => server.close(closed));
	await serve(before);
	await eventually(() => asked.length === 2);
	expect(changed).toContain('a');
});

test('when the session is ended it says so once and stays away', async () => {
	let ended = 0;
	open(() => (ended += 1)).follow(['a']);
	await eventually(() => asked.length === 1);
	sockets[0]!.close(4401, 'signed out');
	await eventually(() => ended === 1);
	page!.follow(['a']);
	expect(sockets).toHaveLength(1);
	expect(changed).toEqual([]);
});

test('told to come back, it does', async () => {
	open(() => expect.fail('not ended')).follow(['a']);
	await eventually(() => asked.length === 1);
	sockets[0]!.close(4503, 'access may have changed');
	await eventually(() => asked.length === 2);
	expect(sockets).toHaveLength(2);
});
