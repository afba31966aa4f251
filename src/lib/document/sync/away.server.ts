import { resolve as path } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { Content } from '../content.ts';
import type { Spans, Update } from './update.server.ts';

/** Work on many bytes, done in a thread so that nobody else's letters wait for it. */

export type Tasks = {
	read: (bytes: Uint8Array) => Update;
	deletes: (bytes: Uint8Array) => Spans;
	diff: (bytes: Uint8Array, stateVector: Uint8Array) => Uint8Array;
	merge: (updates: Uint8Array[]) => { bytes: Uint8Array; stateVector: Uint8Array };
	text: (updates: Uint8Array[]) => Record<string, Content>;
};
export type Task = { number: number; name: keyof Tasks; given: unknown[] };
type Answer = { number: number; result?: unknown; error?: string };
type Waiting = { resolve: (result: never) => void; reject: (error: Error) => void };

/** Fewer bytes than this are read faster than they are handed over. */
export const HEAVY = 32_000;
/** Deleting an element walks into all that is in it: one message has room for 90,000, one inside another. */
const MEMORY = { maxOldGenerationSizeMb: 1024, stackSizeMb: 256 };

/** Found by its path: the pages' bundle has no copy of it. */
const THREAD = pathToFileURL(path('src/lib/document/sync/away-thread.server.ts'));

/** One thread. Should it die, the next task starts another. */
export class Away {
	#thread: Worker | undefined = this.#start();
	#waiting = new Map<number, Waiting>();
	#count = 0;

	do<Name extends keyof Tasks>(
		name: Name,
		...given: Parameters<Tasks[Name]>
	): Promise<ReturnType<Tasks[Name]>> {
		const thread = (this.#thread ??= this.#start());
		return new Promise((resolve, reject) => {
			const number = ++this.#count;
			this.#waiting.set(number, { resolve, reject });
			thread.postMessage({ number, name, given } satisfies Task);
		});
	}

	async stop(): Promise<void> {
		const thread = this.#thread;
		this.#ended(thread);
		await thread?.terminate();
	}

	#start(): Worker {
		const thread = new Worker(THREAD, { resourceLimits: MEMORY });
		thread.unref();
		thread.on('message', ({ number, result, error }: Answer) => {
			const waiting = this.#waiting.get(number);
			this.#waiting.delete(number);
			if (error === undefined) waiting?.resolve(result as never);
			else waiting?.reject(new Error(error));
		});
		thread.on('error', (error) => this.#ended(thread, error));
		thread.on('exit', () => this.#ended(thread));
		return thread;
	}

	/** Stopped, or died of memory or otherwise: what it had in hand failed. */
	#ended(thread: Worker | undefined, cause?: unknown): void {
		if (!thread || this.#thread !== thread) return;
		this.#thread = undefined;
		const left = [...this.#waiting.values()];
		this.#waiting.clear();
		for (const { reject } of left) reject(new Error('the thread ended', { cause }));
	}
}
