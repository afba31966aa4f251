import type { Sql } from '#lib/base/sql.server.ts';
import { append, type Entry, type Outcome } from './log.server.ts';

/** One edit on its way to disk. */
export type Writing = Entry & {
	/** On disk under this number. */
	onsaved: (seq: number) => void;
	/** Never will be: the document is closed or gone. */
	onrefused: (why: 'closed' | 'gone') => void;
};

export type WriterHooks = {
	/** All of one append for one document, in the order written, before each edit's own `onsaved`. */
	saved: (document: string, writings: Writing[], first: number) => void;
	/** Writing to this document fails, or works again. */
	trouble: (document: string, on: boolean) => void;
	/** Who writes, and whether other nodes are there to be told what. */
	node: () => { by: string; carry: boolean };
};

type Batch = Map<string, Writing[]>;

/** A group begins so long after the one before for each document in that: many rooms share a commit. Milliseconds. */
const PACE = 3;
const LONGEST_PACE = 10;
const GROUP = 500; // edits of one document in one append
const GROUP_BYTES = 4_000_000;
const FIRST_WAIT = 100;
const LONGEST_WAIT = 5_000;
/** Documents that stand in line for a lock at once, each on a connection of the pool. */
const IN_LINE = 3;
const LOCK_WAIT = 5;

/**
 * Writes edits in groups: while one group commits, the next gathers. The first edit waits for nothing. A document
 * that is locked leaves the group and stands in line for its lock; one whose write fails goes on alone, and
 * is tried until it works. When it is Postgres that fails, everything waits together: one try at a time,
 * however many documents there are.
 */
export class Writer {
	#sql: Sql;
	#hooks: WriterHooks;
	#waiting: Batch = new Map();
	#flying = new Set<string>();
	#troubled = new Set<string>();
	#inLine = 0;
	#grouping = false;
	#stopped = false;
	#idle: (() => void)[] = [];

	constructor(sql: Sql, hooks: WriterHooks) {
		this.#sql = sql;
		this.#hooks = hooks;
	}

	add(writing: Writing): void {
		const queue = this.#waiting.get(writing.document);
		if (queue) queue.push(writing);
		else this.#waiting.set(writing.document, [writing]);
		this.#start();
	}

	/** Whether anything of this document is on its way. */
	holds(document: string): boolean {
		return this.#waiting.has(document) || this.#flying.has(document);
	}

	/** Resolves when everything is written, or after `patience` milliseconds. */
	async drain(patience: number): Promise<void> {
		if (this.#waiting.size + this.#flying.size > 0)
			await new Promise<void>((resolve) => {
				this.#idle.push(resolve);
				setTimeout(resolve, patience).unref();
			});
		this.#stopped = true;
	}

	#start(): void {
		if (this.#grouping) return;
		this.#grouping = true;
		setImmediate(() => void this.#groups());
	}

	async #groups(): Promise<void> {
		for (let batch = this.#gather(); batch.size > 0; batch = this.#gather()) {
			const began = performance.now();
			await this.#together(batch);
			const pace = Math.min(PACE * batch.size, LONGEST_PACE);
			const early = pace - (performance.now() - began);
			if (early > 0) await new Promise((resolve) => setTimeout(resolve, early));
		}
		this.#grouping = false;
	}

	/** What is waiting, of documents that are not under way, up to a group's bytes. */
	#gather(): Batch {
		const batch: Batch = new Map();
		let room = GROUP_BYTES;
		for (const [document, queue] of this.#waiting) {
			if (this.#flying.has(document)) continue;
			let count = 0;
			while (count < queue.length && count < GROUP && room > 0)
				room -= queue[count++]!.bytes.length;
			batch.set(document, queue.splice(0, count));
			if (queue.length === 0) this.#waiting.delete(document);
			this.#flying.add(document);
			if (room <= 0) break;
		}
		return batch;
	}

	async #together(batch: Batch): Promise<void> {
		const outcomes = await this.#written(batch);
		if (outcomes === 'stopped') return;
		if (outcomes === 'apart') return await this.#apart(batch);
		for (const [document, writings] of batch) {
			const outcome = outcomes.get(document)!;
			if (outcome.outcome === 'busy') void this.#alone(document, writings);
			else this.#settle(document, writings, outcome);
		}
	}

	/** Tries until Postgres takes the group; `apart` when it is one of its documents that fails. */
	async #written(batch: Batch): Promise<Map<string, Outcome> | 'apart' | 'stopped'> {
		for (let wait = FIRST_WAIT; !this.#stopped; wait = next(wait)) {
			try {
				return await this.#append([...batch.values()].flat(), false);
			} catch (error) {
				for (const document of batch.keys()) this.#trouble(document, true);
				if (!everywhere(error)) return 'apart';
				await pause(wait);
			}
		}
		return 'stopped';
	}

	/** One of them is to blame: halves are tried until it is found. */
	async #apart(batch: Batch): Promise<void> {
		const entries = [...batch];
		if (entries.length === 1) return void this.#alone(...entries[0]!, FIRST_WAIT);
		const middle = entries.length >> 1;
		await this.#together(new Map(entries.slice(0, middle)));
		await this.#together(new Map(entries.slice(middle)));
	}

	/** Until it is written: in line for its lock when few are, else looking again and again. */
	async #alone(document: string, writings: Writing[], wait = 0): Promise<void> {
		for (let look = LOCK_WAIT; !this.#stopped; look = Math.min(look * 2, FIRST_WAIT)) {
			if (wait > 0) await pause(wait);
			const outcome = await this.#writtenAlone(writings);
			if (outcome === 'failed') {
				this.#trouble(document, true);
				wait = wait > 0 ? next(wait) : FIRST_WAIT;
			} else if (outcome.outcome === 'busy') await pause(look);
			else return this.#settle(document, writings, outcome);
		}
	}

	async #writtenAlone(writings: Writing[]): Promise<Outcome | 'failed'> {
		const lines = this.#inLine < IN_LINE;
		if (lines) this.#inLine++;
		try {
			return (await this.#append(writings, lines)).get(writings[0]!.document)!;
		} catch {
			return 'failed';
		} finally {
			if (lines) this.#inLine--;
		}
	}

	#append(writings: Writing[], wait: boolean): Promise<Map<string, Outcome>> {
		return append(this.#sql, writings, { wait, ...this.#hooks.node() });
	}

	#settle(document: string, writings: Writing[], outcome: Outcome): void {
		this.#trouble(document, false);
		if (outcome.outcome === 'appended') {
			const first = outcome.last - writings.length + 1;
			this.#hooks.saved(document, writings, first);
			writings.forEach((writing, index) => writing.onsaved(first + index));
		} else {
			for (const writing of writings)
				writing.onrefused(outcome.outcome === 'gone' ? 'gone' : 'closed');
		}
		this.#flying.delete(document);
		if (this.#waiting.has(document)) this.#start();
		else if (this.#waiting.size + this.#flying.size === 0)
			for (const resolve of this.#idle.splice(0)) resolve();
	}

	#trouble(document: string, on: boolean): void {
		if (this.#troubled.has(document) === on) return;
		if (on) this.#troubled.add(document);
		else this.#troubled.delete(document);
		this.#hooks.trouble(document, on);
	}
}

/**
 * Whether the error is Postgres' own state and not one document's: no connection, going down, out of disk
 * or connections, read-only. Classes 08, 53, 57 and 58, and 25006.
 */
function everywhere(error: unknown): boolean {
	const { code = '' } = error as { code?: string };
	return !/^[0-9A-Z]{5}$/.test(code) || /^(08|53|57|58)|^25006$/.test(code);
}

const next = (wait: number) => Math.min(wait * 2, LONGEST_WAIT);

/** A little chance keeps many nodes from coming back in step. */
const pause = (ms: number) =>
	new Promise((resolve) => setTimeout(resolve, ms * (0.75 + Math.random() / 2)));
