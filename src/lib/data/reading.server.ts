import { once } from 'node:events';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import { Refusal, refuse } from '../base/errors.ts';
import { Reader, type Outcome, type ReadAs } from './reader.ts';

/**
 * A file is read in a thread of its own, so that nobody else's page waits for it, and one that never ends
 * or wants all the memory there is takes nothing else with it. What is not a file any more is gone with it.
 */
export type Reading = {
	outcome: Outcome;
	/** The blocks to store, a part at a time (`Reader.copy`). */
	parts: (versionId: string) => AsyncIterable<{ lines: string; cells: number }>;
};

/** From 0 to 1: how much of the file is read and understood. */
export type OnProgress = (share: number) => void;

export type Given = { bytes: Uint8Array; asked: ReadAs };
export type Told =
	| { share: number }
	| { outcome: Outcome }
	| { refused: { code: string; status: number; params: Record<string, string | number> } }
	| { part: { lines: string; cells: number } | null };

/** What a file may cost: time on the clock, and the thread's own memory beside the bytes. */
export const LIMITS = {
	seconds: (bytes: number) => 15 + (2 * bytes) / 2 ** 20,
	megabytes: (bytes: number) => Math.ceil(200 + (4 * bytes) / 2 ** 20)
};

/** A text shorter than this is read before a thread has started. What is packed may be large whatever it takes up. */
const SHORT = 32 * 1024;
const isShort = (bytes: Uint8Array) =>
	bytes.length < SHORT && !(bytes[0] === 0x50 && bytes[1] === 0x4b);

/** Files read at a time, and those that wait their turn: each may hold a connection meanwhile. */
const [AT_ONCE, WAITING] = [2, 4];
let reading = 0;
const queue: (() => void)[] = [];

/**
 * Reads the file, lets `work` have what came of it, and ends. Refuses as reading does, and with
 * `data.too_slow`, `data.too_heavy`, `data.reader_ended` and `data.busy`.
 */
export async function read<T>(
	{ bytes, asked }: Given,
	work: (reading: Reading) => Promise<T>,
	onprogress?: OnProgress,
	limits = LIMITS
): Promise<T> {
	if (isShort(bytes)) return await work(here(bytes, asked));
	await turn();
	try {
		return await away({ bytes, asked }, work, onprogress, limits);
	} finally {
		reading--;
		queue.shift()?.();
	}
}

async function turn(): Promise<void> {
	if (reading >= AT_ONCE) {
		if (queue.length >= WAITING) refuse('data.busy', { status: 503 });
		await new Promise<void>((go) => queue.push(go));
	}
	reading++;
}

function here(bytes: Uint8Array, asked: ReadAs): Reading {
	const reader = new Reader();
	return {
		outcome: reader.read(bytes, asked),
		async *parts(versionId) {
			yield* reader.copy(versionId);
		}
	};
}

/** Found by its path: the pages' bundle has no copy of it. */
const THREAD = pathToFileURL(resolve('src/lib/data/reader-thread.server.ts'));

async function away<T>(
	given: Given,
	work: (reading: Reading) => Promise<T>,
	onprogress: OnProgress | undefined,
	limits: typeof LIMITS
): Promise<T> {
	const size = given.bytes.length;
	const thread = new Worker(THREAD, {
		workerData: given,
		resourceLimits: { maxOldGenerationSizeMb: limits.megabytes(size) }
	});
	const ended = new AbortController();
	const end = (error: unknown) => ended.abort(error);
	const seconds = limits.seconds(size);
	const clock = setTimeout(
		() => end(new Refusal('data.too_slow', 422, { seconds: Math.ceil(seconds) })),
		seconds * 1000
	);
	thread.on('error', (error) => end(died(error)));
	thread.on('exit', () => end(new Refusal('data.reader_ended', 500, {})));
	const told: Told[] = [];
	let heard = () => {};
	thread.on('message', (message: Told) => {
		if ('share' in message) return onprogress?.(message.share);
		told.push(message);
		heard();
	});
	/** What the thread says next; throws when it says no more. */
	const next = async () => {
		while (told.length === 0) {
			if (ended.signal.aborted) throw ended.signal.reason;
			await Promise.race([
				new Promise<void>((go) => (heard = go)),
				once(ended.signal, 'abort').catch(() => {})
			]);
		}
		return told.shift()!;
	};
	try {
		const first = await next();
		clearTimeout(clock);
		if ('refused' in first) {
			const { code, status, params } = first.refused;
			throw new Refusal(code, status, params);
		}
		if (!('outcome' in first)) throw new Error('the thread spoke out of turn');
		return await work({
			outcome: first.outcome,
			async *parts(versionId) {
				thread.postMessage(versionId);
				for (;;) {
					const answer = await next();
					if (!('part' in answer) || answer.part === null) return;
					thread.postMessage(versionId); // the next is written while this one is stored
					yield answer.part;
				}
			}
		});
	} finally {
		clearTimeout(clock);
		thread.removeAllListeners();
		thread.on('error', () => {});
		await thread.terminate();
	}
}

function died(error: unknown): unknown {
	const { code } = error as NodeJS.ErrnoException;
	return code === 'ERR_WORKER_OUT_OF_MEMORY' ? new Refusal('data.too_heavy', 422, {}) : error;
}
