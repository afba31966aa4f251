import { randomUUID } from 'node:crypto';
import { LARGEST_NOTE, notify, notifyAll, type Note } from '#lib/base/notify.server.ts';
import type { Sql } from '#lib/base/sql.server.ts';
import type { Presence as Entry } from '../wire.ts';

/** What a node does when it hears from, or of, another. */
export type NodesHooks = {
	/** The documents open here. */
	documents: () => string[];
	/** Another node has opened these. Returns those open here too that it is to be told of. */
	opened: (by: string, documents: string[]) => string[];
	left: (by: string, documents: string[]) => void;
	presence: (by: string, document: string, entries: Entry[]) => void;
	/** A node is gone: nobody is there any more. */
	gone: (by: string) => void;
};

const SILENT = 16_000; // ms without a beat
const GATHER = 15; // ms: carets of all documents go out together
const PER_NOTE = 150; // document ids

/**
 * The other nodes on this Postgres, known from what they say over the bus; nothing is set up. A node alone
 * sends nothing but its beat.
 */
export class Nodes {
	readonly id = randomUUID();
	#sql: Sql;
	#hooks: NodesHooks;
	#heard = new Map<string, number>();
	#carets = new Map<string, Map<number, Entry>>();
	#timer: NodeJS.Timeout | undefined;
	/** What Postgres' clock shows beyond ours, in ms: carets of all nodes are ordered by one clock. */
	#offset = 0;
	#beaten = 0;
	#echoed = 0;

	constructor(sql: Sql, hooks: NodesHooks) {
		this.#sql = sql;
		this.#hooks = hooks;
	}

	get others(): boolean {
		return this.#heard.size > 0;
	}

	now = (): number => Date.now() + this.#offset;

	/** Says that this node lives. False when it has not heard its own last words: the bus may be cut. */
	async beat(): Promise<boolean> {
		for (const [node, at] of this.#heard) if (Date.now() - at > SILENT) this.#forget(node);
		const hears = this.#echoed === this.#beaten;
		await notify(this.#sql, { type: 'node', by: this.id, here: true });
		this.#beaten++;
		return hears;
	}

	/** The bus is there (again): others may have come, gone or spoken meanwhile. */
	async arrive(): Promise<void> {
		const [clock] = await this.#sql<{ now: number }[]>`
			select (extract(epoch from clock_timestamp()) * 1000)::float8 "now"`;
		this.#offset = Math.round(clock!.now) - Date.now();
		await this.beat();
		await this.#tell(this.#hooks.documents(), 'opened');
	}

	async leave(): Promise<void> {
		clearTimeout(this.#timer);
		await notify(this.#sql, { type: 'node', by: this.id, here: false });
	}

	open(document: string): void {
		if (this.others) void this.#tell([document], 'opened').catch(() => {});
	}

	shut(document: string): void {
		this.#carets.delete(document);
		if (this.others) void this.#tell([document], 'left').catch(() => {});
	}

	/** Sends carets to the nodes that have the document too, in a moment, with everyone else's. */
	show(document: string, entries: Entry[]): void {
		const carets = this.#carets.get(document) ?? new Map<number, Entry>();
		this.#carets.set(document, carets);
		for (const entry of entries) carets.set(entry.client, entry);
		this.#timer ??= setTimeout(() => void this.#flush().catch(() => {}), GATHER);
	}

	hear(note: Note): void {
		if (note.type !== 'node' && note.type !== 'documents' && note.type !== 'presence') return;
		if (note.by === this.id) return void (note.type === 'node' && this.#echoed++);
		if (note.type === 'node') {
			if (!note.here) this.#forget(note.by);
			else if (!this.#heard.has(note.by)) {
				this.#heard.set(note.by, Date.now());
				void this.#greet().catch(() => {});
			} else this.#heard.set(note.by, Date.now());
			return;
		}
		if (note.type === 'documents') {
			const shared = this.#hooks.opened(note.by, note.opened);
			void this.#tell(shared, 'opened').catch(() => {});
			this.#hooks.left(note.by, note.left);
			return;
		}
		const entries = note.entries.map(([client, clock, state]) => ({ client, clock, state }));
		this.#hooks.presence(note.by, note.document, entries);
	}

	/** A node that has just come has not heard of us. */
	async #greet(): Promise<void> {
		await notify(this.#sql, { type: 'node', by: this.id, here: true });
		this.#beaten++;
		await this.#tell(this.#hooks.documents(), 'opened');
	}

	#forget(node: string): void {
		if (this.#heard.delete(node)) this.#hooks.gone(node);
	}

	async #tell(documents: string[], what: 'opened' | 'left'): Promise<void> {
		const notes: Note[] = [];
		for (let i = 0; i < documents.length; i += PER_NOTE) {
			const some = documents.slice(i, i + PER_NOTE);
			notes.push({ type: 'documents', by: this.id, opened: [], left: [], [what]: some });
		}
		if (notes.length > 0) await notifyAll(this.#sql, notes);
	}

	async #flush(): Promise<void> {
		this.#timer = undefined;
		const notes = [...this.#carets].flatMap(([document, carets]) =>
			this.#notes(document, [...carets.values()])
		);
		this.#carets.clear();
		await notifyAll(this.#sql, notes);
	}

	/** As many notes as their limit asks for. */
	#notes(document: string, entries: Entry[]): Note[] {
		const notes: Note[] = [];
		let size = Infinity;
		for (const { client, clock, state } of entries) {
			const more = Buffer.byteLength(JSON.stringify(state)) + 40;
			size += more;
			if (size > LARGEST_NOTE) {
				notes.push({ type: 'presence', by: this.id, document, entries: [] });
				size = 200 + more;
			}
			const last = notes.at(-1)!;
			if (last.type === 'presence') last.entries.push([client, clock, state]);
		}
		return notes;
	}
}
