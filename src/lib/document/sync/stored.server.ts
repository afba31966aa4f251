import * as Y from 'yjs';
import { encodeSync, SYNC } from '../wire.ts';
import { HEAVY, type Away } from './away.server.ts';
import { frame } from './frame.server.ts';
import type { Row } from './log.server.ts';
import type { Turns } from './turns.server.ts';
import { advance, encodeClocks, readDeletes, type Clocks, type Spans } from './update.server.ts';

/** A part of the log, framed as it is sent. `bytes` is a view of the frame. */
export type Part = { seq: number; bytes: Uint8Array; framed: Buffer; deletes?: Spans };

/** What completes a first synchronisation: an answer with nothing in it. */
const DONE = frame(encodeSync(SYNC.step2, new Uint8Array([0, 0])));
const EMPTY = part({ seq: 0, bytes: new Uint8Array([0, 0]) });
const DIFFERENCES = 50;

/**
 * A document's log in memory, as it stands on disk: one merged part and the edits since. Nothing is merged
 * to be sent; a page is given the parts as they are.
 */
export class Stored {
	/** The number of the last edit in it. */
	seq = 0;
	/** Bytes, which are the bytes on disk. */
	size = 0;
	/** How far it goes. */
	readonly clocks: Clocks = new Map();

	#away: Away;
	#turns: Turns;
	#base: Part = EMPTY;
	#tail: Part[] = [];
	/** The tail in one piece, until it grows. */
	#joined: Buffer | undefined;
	/** Differences to the base by state vector: many who return at once have the same. */
	#differences = new Map<string, Promise<Buffer>>();

	constructor(away: Away, turns: Turns) {
		this.#away = away;
		this.#turns = turns;
	}

	/** Edits since the merged part. */
	get rows(): number {
		return this.#tail.length;
	}

	/** Takes in a row of the log, which goes as far as `to`. One that is merged takes the place of all before it. */
	add(row: Row, to: Clocks): Part {
		const held = part(row);
		advance(this.clocks, to);
		if (row.stateVector || row.seq > this.seq + 1) this.#rebase(held);
		else {
			this.#tail.push(held);
			this.#joined = undefined;
			this.size += row.bytes.length;
		}
		this.seq = row.seq;
		return held;
	}

	/** Frames that bring a page with this state vector up to date; the last one says so. */
	async answer(stateVector: Uint8Array): Promise<Buffer[]> {
		if (this.size > HEAVY) await this.#turns.next();
		const tail = (this.#joined ??= Buffer.concat(this.#tail.map(({ framed }) => framed)));
		if (this.#base === EMPTY) return [tail, DONE];
		if (stateVector.length <= 1) return [this.#base.framed, tail, DONE];
		return [await this.#difference(stateVector), tail, DONE];
	}

	/** What is new in a row of the log to those who have all that is here. */
	async news(row: Row): Promise<Uint8Array> {
		return await this.#away.do('diff', new Uint8Array(row.bytes), encodeClocks(this.clocks));
	}

	/** What is deleted, in pieces. */
	async deletes(): Promise<Spans[]> {
		return await Promise.all(
			[this.#base, ...this.#tail].map(
				async (held) => (held.deletes ??= await this.#readDeletes(held.bytes))
			)
		);
	}

	/** All of it as one row, without what was deleted; made in a thread, and kept here in place of its parts. */
	async merge(): Promise<Row & { stateVector: Uint8Array }> {
		const { seq } = this;
		const parts = [this.#base, ...this.#tail].map(({ bytes }) => new Uint8Array(bytes));
		const merged = await this.#away.do('merge', parts);
		// A row merged further may have come meanwhile.
		if (seq >= this.#base.seq) this.#rebase(part({ seq, bytes: merged.bytes }));
		return { seq, ...merged };
	}

	#rebase(base: Part): void {
		this.#base = base;
		this.#tail = this.#tail.filter(({ seq }) => seq > base.seq);
		this.#joined = undefined;
		this.#differences.clear();
		this.size = this.#tail.reduce((sum, { bytes }) => sum + bytes.length, base.bytes.length);
	}

	async #readDeletes(bytes: Uint8Array): Promise<Spans> {
		if (bytes.length < HEAVY) return readDeletes(bytes);
		return await this.#away.do('deletes', new Uint8Array(bytes));
	}

	#difference(stateVector: Uint8Array): Promise<Buffer> {
		const { bytes } = this.#base;
		const key = Buffer.from(stateVector).toString('base64');
		let difference = this.#differences.get(key);
		if (!difference) {
			if (this.#differences.size >= DIFFERENCES) this.#differences.clear();
			const lacking =
				bytes.length > HEAVY
					? this.#away.do('diff', new Uint8Array(bytes), stateVector)
					: Promise.resolve(Y.diffUpdate(bytes, stateVector));
			difference = lacking.then((found) => frame(encodeSync(SYNC.update, found)));
			this.#differences.set(key, difference);
			difference.catch(() => this.#differences.delete(key));
		}
		return difference;
	}
}

/** How far a row of the log goes. */
export function reach(row: Row): Clocks {
	if (row.stateVector) return Y.decodeStateVector(row.stateVector);
	return Y.parseUpdateMeta(row.bytes).to;
}

function part({ seq, bytes }: { seq: number; bytes: Uint8Array }): Part {
	const framed = frame(encodeSync(SYNC.update, bytes));
	return { seq, bytes: framed.subarray(framed.length - bytes.length), framed };
}
