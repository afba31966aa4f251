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
	saved: (document: string, writings: Writing[], first: number) => Promise<void>;
	/** Writing to this document fails, or works again. */
	trouble: (document: string, on: boolean) => void;
};

const GROUP = 500; // edits of one document in one append
const FIRST_WAIT = 100;
const LONGEST_WAIT = 5_000;

/**
 * Writes edits in groups: while one group commits, the next gathers, so no timer is needed. A document
 * that is locked, or whose write fails, leaves the group and goes on alone, and is tried until it works.
 */
export class Writer {
	#sql: Sql;
	#hooks: WriterHooks;
	#waiting = new Map<string, Writing[]>();
	#flying = new Set<string>();
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
		setImmediate(() => void this.#group());
	}

	async #group(): Promise<void> {
		const batch = new Map<string, Writing[]>();
		for (const document of this.#waiting.keys())
			if (!this.#flying.has(document)) batch.set(document, this.#take(document));
		if (batch.size > 0) {
			let outcomes: Map<string, Outcome> | undefined;
			try {
				outcomes = await append(this.#sql, [...batch.values()].flat(), { wait: false });
			} catch {
				// Which document was to blame is found by trying each alone.
			}
			for (const [document, writings] of batch) {
				const outcome = outcomes?.get(document) ?? { outcome: 'busy' as const };
				if (outcome.outcome === 'busy') void this.#alone(document, writings);
				else void this.#settle(document, writings, outcome);
			}
		}
		this.#grouping = false;
		if ([...this.#waiting.keys()].some((document) => !this.#flying.has(document))) this.#start();
	}

	#take(document: string): Writing[] {
		const queue = this.#waiting.get(document)!;
		const taken = queue.splice(0, GROUP);
		if (queue.length === 0) this.#waiting.delete(document);
		this.#flying.add(document);
		return taken;
	}

	async #alone(document: string, writings: Writing[]): Promise<void> {
		let failed = false;
		for (let wait = FIRST_WAIT; !this.#stopped; wait = Math.min(wait * 2, LONGEST_WAIT)) {
			try {
				const outcomes = await append(this.#sql, writings, { wait: true });
				if (failed) this.#hooks.trouble(document, false);
				return await this.#settle(document, writings, outcomes.get(document)!);
			} catch {
				if (!failed) this.#hooks.trouble(document, true);
				failed = true;
				// A little chance keeps many documents from coming back in step.
				await new Promise((resolve) => setTimeout(resolve, wait * (0.75 + Math.random() / 2)));
			}
		}
	}

	async #settle(document: string, writings: Writing[], outcome: Outcome): Promise<void> {
		if (outcome.outcome === 'appended') {
			const first = outcome.last - writings.length + 1;
			await this.#hooks.saved(document, writings, first);
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
}
