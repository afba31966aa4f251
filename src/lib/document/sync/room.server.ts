import * as Y from 'yjs';
import type { Sql } from '#lib/base/sql.server.ts';
import { encodePresence, encodeSync, encodeWord, SYNC, type Word } from '../wire.ts';
import { claim, compact, open, readAfter, type Row } from './log.server.ts';
import { Presence } from './presence.server.ts';
import { advance, encodeClocks, type Clocks } from './update.server.ts';
import type { Connection } from './connection.server.ts';
import type { Writing } from './writer.server.ts';

const COMPACT_AT = 300; // rows
const RETRY = 500;

/**
 * One open document on this node: the bytes of its log, who writes it, who listens. It holds no Y.Doc; what
 * is sent is what is on disk.
 */
export class Room {
	readonly id: string;
	readonly objectId: string;
	readonly connections = new Set<Connection>();
	readonly presence: Presence<Connection>;
	/** Whose a Yjs client id is; null is the server's. */
	readonly owners: Map<number, string | null>;
	/** How far the log goes, as this node has read it. */
	readonly clocks: Clocks = new Map();
	/** The same with what is on its way to disk. */
	readonly ahead: Clocks = new Map();
	closed: boolean;
	readonly epoch: number;
	seq = 0;
	/** Writing to disk fails just now. */
	trouble = false;

	#sql: Sql;
	#base: Row = { seq: 0, bytes: new Uint8Array([0, 0]) };
	#tail: Row[] = [];
	#rows: number;
	#compacting: Promise<void> | undefined;
	#wanted = 0;
	#catching: Promise<void> | undefined;
	#stopped = false;

	private constructor(sql: Sql, id: string, opened: NonNullable<Awaited<ReturnType<typeof open>>>) {
		this.#sql = sql;
		this.id = id;
		this.objectId = opened.objectId;
		this.closed = opened.closed;
		this.epoch = opened.epoch;
		this.owners = opened.owners;
		this.#rows = opened.rows.length;
		this.presence = new Presence((entries) => {
			const all = encodePresence(entries);
			for (const connection of this.connections) {
				const others = entries.filter((entry) => entry.client !== connection.client);
				if (others.length === entries.length) connection.send(all);
				else if (others.length > 0) connection.send(encodePresence(others));
			}
		});
		if (opened.rows.length > 0) {
			this.seq = opened.rows.at(-1)!.seq;
			this.#base = { seq: this.seq, bytes: merge(opened.rows) };
			this.#know(Y.decodeStateVector(Y.encodeStateVectorFromUpdate(this.#base.bytes)));
		}
	}

	/** Null when there is no such document. */
	static async load(sql: Sql, id: string): Promise<Room | null> {
		const opened = await open(sql, id);
		return opened && new Room(sql, id, opened);
	}

	/** The whole document as stored. */
	bytes(): Uint8Array {
		if (this.#tail.length > 0) {
			this.#base = { seq: this.seq, bytes: merge([this.#base, ...this.#tail]) };
			this.#tail = [];
		}
		return this.#base.bytes;
	}

	/** What a page with this state vector lacks. */
	answer(stateVector: Uint8Array): Uint8Array {
		const whole = this.bytes();
		return stateVector.length <= 1 ? whole : Y.diffUpdate(whole, stateVector);
	}

	/** The state vector of what is on disk. */
	stateVector(): Uint8Array {
		return encodeClocks(this.clocks);
	}

	/** Takes in what this node has just committed, then sends it on. `first` numbers the first of them. */
	async saved(writings: (Writing & { from?: Connection })[], first: number): Promise<void> {
		if (first === this.seq + 1 && !this.#catching) {
			this.#rows += writings.length;
			writings.forEach((writing, index) =>
				this.#apply({ seq: first + index, bytes: writing.bytes }, writing.from)
			);
		} else await this.catchUp(first + writings.length - 1);
		if (this.#wanted > this.seq) void this.catchUp();
		if (this.#rows >= COMPACT_AT) void this.compact();
	}

	/** Another node has written. While a write of our own is under way its outcome comes first. */
	heard(seq: number, writing: boolean): void {
		this.#wanted = Math.max(this.#wanted, seq);
		if (!writing && seq > this.seq) void this.catchUp();
	}

	/** Reads the log from where this node is, at least to `seq`; tries until it can. */
	async catchUp(seq = 0): Promise<void> {
		this.#wanted = Math.max(this.#wanted, seq);
		do {
			this.#catching ??= this.#read().finally(() => (this.#catching = undefined));
			await this.#catching;
		} while (this.seq < seq && !this.#stopped);
	}

	/** Whose these client ids are; those nobody has written with become this person's. */
	async owned(clients: number[], person: string): Promise<void> {
		const unknown = clients.filter((client) => !this.owners.has(client));
		if (unknown.length === 0) return;
		for (const [client, owner] of await claim(this.#sql, this.id, unknown, person))
			this.owners.set(client, owner);
	}

	/** Puts the log into one row. Never two at once. */
	compact(): Promise<void> {
		return (this.#compacting ??= compact(this.#sql, this.id)
			.then((row) => {
				this.#rows = 1;
				if (!row || row.seq > this.seq) return;
				this.bytes();
				// What came after the merged row is only the difference to it.
				const after = Y.diffUpdate(this.#base.bytes, Y.encodeStateVectorFromUpdate(row.bytes));
				this.#base = { seq: this.seq, bytes: Y.mergeUpdates([row.bytes, after]) };
			})
			.catch(() => {}) // the next group tries again
			.finally(() => (this.#compacting = undefined)));
	}

	stop(): void {
		this.#stopped = true;
		this.presence.stop();
	}

	tell(word: Word): void {
		for (const connection of this.connections) connection.send(encodeWord(word));
	}

	async #read(): Promise<void> {
		for (;;) {
			try {
				const rows = await readAfter(this.#sql, this.id, this.seq);
				// A second look: a write of our own may have come in meanwhile.
				for (const row of rows) if (row.seq > this.seq) this.#apply(row);
				this.#rows += rows.length;
				return;
			} catch {
				await new Promise((resolve) => setTimeout(resolve, RETRY));
				if (this.#stopped) return;
			}
		}
	}

	#apply(row: Row, from?: Connection): void {
		// A merged row repeats what was sent before it.
		const news = row.seq > this.seq + 1 ? Y.diffUpdate(row.bytes, this.stateVector()) : row.bytes;
		this.seq = row.seq;
		this.#tail.push(row);
		this.#know(Y.parseUpdateMeta(row.bytes).to);
		const frame = encodeSync(SYNC.update, news);
		for (const connection of this.connections) if (connection !== from) connection.send(frame);
	}

	#know(to: Map<number, number>): void {
		advance(this.clocks, { to });
		advance(this.ahead, { to });
	}
}

function merge(rows: Row[]): Uint8Array {
	return rows.length === 1 ? rows[0]!.bytes : Y.mergeUpdates(rows.map((row) => row.bytes));
}
