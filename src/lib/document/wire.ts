import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';

/** The messages on a document's socket. 0–3 are y-websocket's own; ours begin at 100. */
export const MESSAGE = {
	sync: 0,
	awareness: 1,
	auth: 2,
	queryAwareness: 3,
	saved: 100,
	word: 101
} as const;
/** Inside a sync message. */
export const SYNC = { step1: 0, step2: 1, update: 2 } as const;

/** Who the server says one is. */
export type Identity = { id: string; name: string; color: string };

/**
 * On disk. `frames`: of the edits this connection has sent, in order, the first so many are durable.
 * `seq`: the number in the log. `clocks`: how far the sender's own client ids are durable.
 */
export type Saved = { frames: number; seq: number; clocks: [client: number, clock: number][] };

/** The server's words to one page. */
export type Word =
	| {
			type: 'hello';
			person: Identity;
			write: boolean;
			closed: boolean;
			seq: number;
			/** Rises when the document is closed or restored: a local copy of an earlier one is set aside. */
			epoch: number;
	  }
	/** Writing to disk fails or works again. Nothing is lost: the server tries on. */
	| { type: 'trouble'; on: boolean };

export function encodeSaved({ frames, seq, clocks }: Saved): Uint8Array {
	const encoder = encoding.createEncoder();
	encoding.writeVarUint(encoder, MESSAGE.saved);
	for (const number of [frames, seq, clocks.length, ...clocks.flat()])
		encoding.writeVarUint(encoder, number);
	return encoding.toUint8Array(encoder);
}

/** Reads what follows the message number. */
export function readSaved(decoder: decoding.Decoder): Saved {
	const frames = decoding.readVarUint(decoder);
	const seq = decoding.readVarUint(decoder);
	const clocks: Saved['clocks'] = [];
	for (let left = decoding.readVarUint(decoder); left > 0; left--)
		clocks.push([decoding.readVarUint(decoder), decoding.readVarUint(decoder)]);
	return { frames, seq, clocks };
}

export function encodeWord(word: Word): Uint8Array {
	const encoder = encoding.createEncoder();
	encoding.writeVarUint(encoder, MESSAGE.word);
	encoding.writeVarString(encoder, JSON.stringify(word));
	return encoding.toUint8Array(encoder);
}

export function readWord(decoder: decoding.Decoder): Word {
	return JSON.parse(decoding.readVarString(decoder)) as Word;
}

export function encodeSync(kind: number, bytes: Uint8Array): Uint8Array {
	const encoder = encoding.createEncoder();
	encoding.writeVarUint(encoder, MESSAGE.sync);
	encoding.writeVarUint(encoder, kind);
	encoding.writeVarUint8Array(encoder, bytes);
	return encoding.toUint8Array(encoder);
}

export type Presence = { client: number; clock: number; state: string };

export function encodePresence(entries: Presence[]): Uint8Array {
	const inner = encoding.createEncoder();
	encoding.writeVarUint(inner, entries.length);
	for (const { client, clock, state } of entries) {
		encoding.writeVarUint(inner, client);
		encoding.writeVarUint(inner, clock);
		encoding.writeVarString(inner, state);
	}
	const encoder = encoding.createEncoder();
	encoding.writeVarUint(encoder, MESSAGE.awareness);
	encoding.writeVarUint8Array(encoder, encoding.toUint8Array(inner));
	return encoding.toUint8Array(encoder);
}

export function readPresence(bytes: Uint8Array): Presence[] {
	const decoder = decoding.createDecoder(bytes);
	const entries: Presence[] = [];
	for (let left = decoding.readVarUint(decoder); left > 0; left--)
		entries.push({
			client: decoding.readVarUint(decoder),
			clock: decoding.readVarUint(decoder),
			state: decoding.readVarString(decoder)
		});
	return entries;
}
