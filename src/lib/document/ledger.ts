import * as encoding from 'lib0/encoding';
import type { WebsocketProvider } from 'y-websocket';
import { MESSAGE, readSaved } from './wire.ts';

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

	constructor(provider: WebsocketProvider, onchange: () => void = () => {}) {
		this.#provider = provider;
		this.#onchange = onchange;
		const sync = provider.messageHandlers[MESSAGE.sync]!;
		provider.messageHandlers[MESSAGE.sync] = (encoder, decoder, ...rest) => {
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
		this.#pending.push({ version: ++this.#version, at: Date.now() });
		const { ws, wsconnected } = this.#provider;
		// The provider's own listener came first, and has sent it on the same condition.
		if (wsconnected && ws?.readyState === ws?.OPEN) this.#send();
		this.#onchange();
	};

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
