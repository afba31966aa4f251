import type { Sql } from '#lib/base/sql.server.ts';
import { encodePresence, encodeSync, encodeWord, SYNC, type Word } from '../wire.ts';
import type { Away } from './away.server.ts';
import type { Connection } from './connection.server.ts';
import { frame } from './frame.server.ts';
import { claim, open, readAfter, replace, type Opened, type Row } from './log.server.ts';
import type { Nodes } from './nodes.server.ts';
import { Presence, type Changes } from './presence.server.ts';
import { reach, Stored, type Part } from './stored.server.ts';
import type { Turns } from './turns.server.ts';
import { advance, type Clocks } from './update.server.ts';
import type { Writing } from './writer.server.ts';

const COMPACT_AT = 1_000; // rows
/** Fewer rows than this are left as they are when the last page leaves. */
const WORTH_IT = 30;
const RETRY = 500; // ms
/** How long a gap waits for the note that fills it, before the log is read. */
const GAP = 25; // ms

/** Consecutive edits that came in one commit; `from` is who sent each, when it was a socket here. */
type Segment = { first: number; last: number; edits: Edit[] };
type Edit = { bytes: Uint8Array; to?: Clocks; from?: Connection };

export type Surroundings = {
	sql: Sql;
	away: Away;
	turns: Turns;
	nodes: Nodes;
	/** The document turned out to be closed. */
	onclosed: (room: Room) => void;
};

/** One open document on this node: its log, who writes it, who listens. It holds no Y.Doc. */
export class Room {
	readonly id: string;
	readonly objectId: string;
	readonly epoch: number;
	readonly connections = new Set<Connection>();
	readonly presence: Presence<Connection>;
	/** Whose a Yjs client id is; null is the server's. */
	readonly owners: Map<number, string | null>;
	/** The log, as far as this node has read it. */
	readonly stored: Stored;
	/** How far it goes with what is on its way to disk. */
	readonly ahead: Clocks = new Map();
	/** Other nodes that have the document open. */
	readonly elsewhere = new Set<string>();
	closed: boolean;
	/** Writing to disk fails just now. */
	trouble = false;

	#around: Surroundings;
	#early = new Map<number, Segment>();
	#gap: NodeJS.Timeout | undefined;
	#wanted = 0;
	#catching: Promise<void> | undefined;
	#compacting: Promise<void> | undefined;
	#stopped = false;

	private constructor(around: Surroundings, id: string, opened: Opened) {
		this.#around = around;
		this.id = id;
		this.objectId = opened.objectId;
		this.closed = opened.closed;
		this.epoch = opened.epoch;
		this.owners = opened.owners;
		this.presence = new Presence((changes) => this.#send([], changes), around.nodes.now);
		this.stored = new Stored(around.away, around.turns);
		for (const row of opened.rows) this.#add(row);
	}

	get away(): Away {
		return this.#around.away;
	}

	get seq(): number {
		return this.stored.seq;
	}

	/** Null when there is no such document. */
	static async load(around: Surroundings, id: string): Promise<Room | null> {
		const opened = await open(around.sql, id);
		return opened && new Room(around, id, opened);
	}

	/** Takes in what this node has just committed. `first` numbers the first of them. */
	saved(writings: (Writing & Edit)[], first: number): void {
		this.#take({ first, last: first + writings.length - 1, edits: writings });
	}

	/** Another node has written: the edits themselves, when they came along. */
	heard(seq: number, first: number | undefined, edits: Uint8Array[] | undefined): void {
		this.#wanted = Math.max(this.#wanted, seq);
		if (first !== undefined && edits)
			this.#take({ first, last: seq, edits: edits.map((bytes) => ({ bytes })) });
		else if (seq > this.seq) void this.catchUp();
	}

	/** Reads the log from where this node is, at least to `seq`; tries until it can. */
	async catchUp(seq = 0): Promise<void> {
		this.#wanted = Math.max(this.#wanted, seq);
		// One under way may have begun before what is looked for was written.
		await this.#catching;
		do {
			this.#catching ??= this.#read().finally(() => (this.#catching = undefined));
			await this.#catching;
		} while (this.seq < seq && !this.#stopped);
	}

	/** Whose these client ids are; those nobody has written with become this person's. */
	async owned(clients: number[], person: string): Promise<void> {
		const unknown = clients.filter((client) => !this.owners.has(client));
		if (unknown.length === 0) return;
		for (const [client, owner] of await claim(this.#around.sql, this.id, unknown, person))
			this.owners.set(client, owner);
	}

	/** Puts the log so far into one row, in a thread and without stopping anyone. Never two at once. */
	compact(): Promise<void> {
		return (this.#compacting ??= this.#merge()
			.catch(() => {}) // the next group tries again
			.finally(() => (this.#compacting = undefined)));
	}

	/** What is left behind when the last page leaves is one row, if that is worth the work. */
	tidy(): void {
		if (this.stored.rows >= WORTH_IT) void this.compact();
	}

	end(): void {
		this.#around.onclosed(this);
	}

	/** Nobody is here any more. */
	stop(): void {
		this.#stopped = true;
		this.presence.stop();
		clearTimeout(this.#gap);
	}

	tell(word: Word): void {
		const framed = frame(encodeWord(word));
		for (const connection of this.connections) connection.write(framed);
	}

	#take(segment: Segment): void {
		if (segment.last <= this.seq) return;
		this.#early.set(segment.first, segment);
		for (;;) {
			const next = this.#early.get(this.seq + 1);
			if (!next) break;
			this.#early.delete(next.first);
			this.#apply(next);
		}
		for (const { first, last } of this.#early.values())
			if (last <= this.seq) this.#early.delete(first);
		// What is missing is on its way in a note, as a rule.
		if (this.#early.size > 0 || this.#wanted > this.seq)
			this.#gap ??= setTimeout(() => {
				this.#gap = undefined;
				const last = Math.max(
					this.#wanted,
					...[...this.#early.values()].map((early) => early.last)
				);
				if (last > this.seq && !this.#stopped) void this.catchUp(last);
			}, GAP);
	}

	#apply({ first, edits }: Segment): void {
		const held = edits.map(({ bytes, to }, index) => this.#add({ seq: first + index, bytes }, to));
		// No echo: a page has what it sent.
		const letters = held.map(({ framed }, index) => ({ framed, from: edits[index]!.from }));
		this.#send(letters, this.presence.take());
		if (this.stored.rows >= COMPACT_AT) void this.compact();
	}

	#add(row: Row, to = reach(row)): Part {
		advance(this.ahead, to);
		return this.stored.add(row, to);
	}

	async #read(): Promise<void> {
		while (!this.#stopped) {
			try {
				const rows = await readAfter(this.#around.sql, this.id, this.seq);
				for (const row of rows) await this.#takeRow(row);
				return;
			} catch {
				await new Promise((resolve) => setTimeout(resolve, RETRY));
			}
		}
	}

	async #takeRow(row: Row): Promise<void> {
		// A second look: notes may have brought it meanwhile.
		if (row.seq === this.seq + 1 && !row.stateVector)
			return this.#take({ first: row.seq, last: row.seq, edits: [{ bytes: row.bytes }] });
		if (row.seq <= this.seq) return;
		// A merged row repeats what was sent before it: pages are sent what is new in it.
		const news = await this.stored.news(row);
		if (row.seq <= this.seq) return;
		this.#add(row);
		const framed = frame(encodeSync(SYNC.update, news));
		for (const connection of this.connections) connection.write(framed);
	}

	async #merge(): Promise<void> {
		// On disk or not (another node may have been faster): it is the same text.
		await replace(this.#around.sql, this.id, await this.stored.merge());
	}

	/**
	 * Edits, with the carets that moved meanwhile, to everyone but those they came from: made into one piece
	 * once, since what a delivery costs is the writing to each socket.
	 */
	#send(letters: { framed: Buffer; from: Connection | undefined }[], changes?: Changes): void {
		const { entries = [], fromHere = [] } = changes ?? {};
		const piece = (to?: Connection) => {
			const carets = entries.filter(({ client }) => client !== to?.client);
			const framed = letters.filter(({ from }) => !to || from !== to).map((one) => one.framed);
			if (carets.length > 0) framed.push(frame(encodePresence(carets)));
			return framed.length === 1 ? framed[0]! : Buffer.concat(framed);
		};
		const everything = piece();
		const authors = new Set(letters.map(({ from }) => from));
		const clients = new Set(entries.map(({ client }) => client));
		for (const connection of this.connections) {
			const own = authors.has(connection) || clients.has(connection.client ?? -1);
			const bytes = own ? piece(connection) : everything;
			if (bytes.length > 0) connection.write(bytes);
		}
		if (this.elsewhere.size > 0 && fromHere.length > 0) this.#around.nodes.show(this.id, fromHere);
	}
}
