import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import type { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';
import { MESSAGE, readSaved, SYNC } from './wire.ts';

type Sent = { frame: number; version: number };

/**
 * Keeps account of which of a page's own edits the server has on disk. It counts the frames that carry
 * edits on this connection; the server says how many of them, in order, are durable.
 */
export class Ledger {
	#provider: WebsocketProvider;
	#onchange: () => void;
	/** Rises with every edit made here. */
	#version = 0;
	#durable = 0;
	#frames = 0;
	#sent: Sent[] = [];
	#pending: { version: number; at: number }[] = [];
	/** Whether the server has asked, on this connection, for all it lacks, and got it. */
	#answered = false;

	/**
	 * `stored`: since when the document holds what an earlier page could not save, if it does. The first
	 * exchange settles it: the server asks for what it lacks, and acknowledges the answer.
	 */
	constructor(
		provider: WebsocketProvider,
		onchange: () => void = () => {},
		stored: number | null = null
	) {
		this.#provider = provider;
		this.#onchange = onchange;
		if (stored !== null) this.#pending.push({ version: ++this.#version, at: stored });
		const sync = provider.messageHandlers[MESSAGE.sync]!;
		provider.messageHandlers[MESSAGE.sync] = (encoder, decoder, ...rest) => {
			const asked = askedFrom(decoder);
			if (asked) this.#compare(asked);
			sync(encoder, decoder, ...rest);
			if (encoding.length(encoder) <= 1) return; // only an answer is sent
			this.#answered = true;
			this.#send();
		};
		provider.messageHandlers[MESSAGE.saved] = (_, decoder) => this.#hear(readSaved(decoder).frames);
		provider.on('connection-close', this.#reset);
		provider.doc.on('update', this.#edit);
	}

	/** Whether something written here is not known to be on disk. */
	get unsaved(): boolean {
		return this.#durable < this.#version;
	}

	/** When the oldest of it was written; null when everything is on disk. */
	get since(): number | null {
		return this.#pending[0]?.at ?? null;
	}

	destroy(): void {
		this.#provider.doc.off('update', this.#edit);
		this.#provider.off('connection-close', this.#reset);
	}

	#edit = (_: Uint8Array, origin: unknown): void => {
		if (origin === this.#provider) return;
		this.#add();
		const { ws, wsconnected } = this.#provider;
		// The provider's own listener came first, and has sent it on the same condition.
		if (wsconnected && ws?.readyState === ws?.OPEN) this.#send();
		this.#onchange();
	};

	/** The server has said how far it goes. What goes beyond is not saved, whatever was noted or not. */
	#compare(server: Map<number, number>): void {
		if (this.unsaved) return;
		const here = Y.decodeStateVector(Y.encodeStateVector(this.#provider.doc));
		if (![...here].some(([client, clock]) => clock > (server.get(client) ?? 0))) return;
		this.#add();
		this.#onchange();
	}

	#add(): void {
		this.#pending.push({ version: ++this.#version, at: Date.now() });
	}

	#send(): void {
		// Before the answer, older edits may still be here only, so a frame promises nothing.
		const version = this.#answered ? this.#version : this.#durable;
		this.#sent.push({ frame: ++this.#frames, version });
	}

	#hear(frames: number): void {
		while (this.#sent[0] && this.#sent[0].frame <= frames)
			this.#durable = Math.max(this.#durable, this.#sent.shift()!.version);
		const left = this.#pending.findIndex(({ version }) => version > this.#durable);
		this.#pending.splice(0, left < 0 ? this.#pending.length : left);
		this.#onchange();
	}

	#reset = (): void => {
		this.#frames = 0;
		this.#sent = [];
		this.#answered = false;
		this.#onchange();
	};
}

/** How far the server goes, when the message is its question for the rest. Reads without taking. */
function askedFrom(decoder: decoding.Decoder): Map<number, number> | null {
	const copy = decoding.clone(decoder);
	if (decoding.readVarUint(copy) !== SYNC.step1) return null;
	return Y.decodeStateVector(decoding.readVarUint8Array(copy));
}
