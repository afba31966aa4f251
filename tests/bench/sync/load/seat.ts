import { WebSocket } from 'ws';
import { SYNC } from '#lib/document/wire.ts';
import type { Door } from '../kinds.ts';
import { addressOf, greetingFor, NOTHING_NEW, offsetFor, wrapFor } from './words.ts';

const SYNCS = [0, 4]; // 4: Hocuspocus' answer to a question
const AWARENESS = 1;
const SAVED = 100;

/** A page as far as a server can tell, without an editor or a document behind it. */
export class Seat {
	readonly door: Door;
	/** When it began to connect, and when it had been told everything; milliseconds. */
	began = 0;
	synced = 0;
	bytes = 0;
	/** Edits ours has said are on disk. */
	saved = 0;
	/** Close code, once closed. */
	code = 0;
	onedit: (frame: Buffer) => void = () => {};
	onpresence: (frame: Buffer) => void = () => {};

	#ws: WebSocket | undefined;
	#offset: number;
	#wrap: (message: Uint8Array) => Uint8Array;

	constructor(door: Door) {
		this.door = door;
		this.#offset = offsetFor(door);
		this.#wrap = wrapFor(door);
	}

	/** Resolves when the server has answered the first question, or the socket is closed. */
	async open(): Promise<this> {
		const { url, headers } = addressOf(this.door);
		this.began = performance.now();
		this.synced = this.code = this.saved = 0;
		const ws = (this.#ws = new WebSocket(url, { headers, perMessageDeflate: false }));
		ws.on('error', () => {});
		await new Promise<void>((done) => {
			const finish = () => {
				this.synced = performance.now();
				done();
			};
			ws.on('open', () => {
				for (const message of greetingFor(this.door)) ws.send(message);
				if (this.door.kind === 'floor' && !this.door.handed) finish();
			});
			ws.on('message', (frame: Buffer) => this.#hear(frame, finish));
			ws.on('close', (code) => {
				this.code = code;
				done();
			});
		});
		return this;
	}

	send(frame: Uint8Array | string): void {
		if (this.#ws?.readyState === WebSocket.OPEN) this.#ws.send(frame);
	}

	get waiting(): number {
		return this.#ws?.bufferedAmount ?? 0;
	}

	/** Gone without a word, as by a cut. */
	cut(): void {
		this.#ws?.terminate();
	}

	async leave(): Promise<void> {
		const ws = this.#ws;
		if (!ws || ws.readyState === WebSocket.CLOSED) return;
		const closed = new Promise((done) => ws.once('close', done));
		ws.close();
		const late = setTimeout(() => ws.terminate(), 1_000);
		await closed;
		clearTimeout(late);
	}

	#hear(frame: Buffer, finish: () => void): void {
		const at = this.#offset;
		this.bytes += frame.length;
		const type = frame[at]!;
		if (SYNCS.includes(type)) {
			const kind = frame[at + 1];
			if (kind === SYNC.step1) return this.send(this.#wrap(NOTHING_NEW));
			this.onedit(frame);
			if (kind === SYNC.step2 && this.synced === 0) finish();
		} else if (type === AWARENESS) this.onpresence(frame);
		else if (type === SAVED) this.saved = varUint(frame, at + 1);
	}
}

function varUint(bytes: Uint8Array, at: number): number {
	let value = 0;
	for (let factor = 1; ; factor *= 128) {
		const byte = bytes[at++]!;
		value += (byte & 127) * factor;
		if (byte < 128) return value;
	}
}
