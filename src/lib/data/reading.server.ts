import { once } from 'node:events';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import { Refusal, refuse } from '../base/errors.ts';
import type { CubeShape } from './cube.ts';
import {
	Reader,
	type Edition,
	type Kept,
	type Outcome,
	type ReadAs,
	type Stricter
} from './reader.ts';

/**
 * A file is read in a thread of its own, so that nobody else's page waits for it, and one that never ends
 * or wants all the memory there is takes nothing else with it. What is not a file any more is gone with it.
 */
export type Reading<Of = Outcome> = {
	outcome: Of;
	/** The blocks to store, a part at a time (`Reader.copy`). */
	parts: (versionId: string) => AsyncIterable<{ lines: string; cells: number }>;
};

/** From 0 to 1: how much of the file is read and understood. */
export type OnProgress = (share: number) => void;

export type Given = {
	bytes: Uint8Array;
	asked: ReadAs;
	/** Asked for once the file is understood: what its owner published before about the same cells, newest first. */
	published?: (shape: CubeShape) => Promise<Kept[]>;
};

/** What the thread is begun with, told on the way, and tells. */
export type Job = Pick<Given, 'bytes' | 'asked'> | { edition: Edition };
export type Order = { published: Kept[] } | { copy: string };
export type Told =
	| { share: number }
	| { shape: CubeShape }
	| { outcome: Outcome | Stricter }
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
	given: Given,
	work: (reading: Reading) => Promise<T>,
	onprogress?: OnProgress,
	limits = LIMITS
): Promise<T> {
	const { bytes, asked, published = async () => [] } = given;
	if (isShort(bytes)) return await work(await here(given, published));
	await turn(WAITING);
	try {
		return await away<T, Outcome>({ bytes, asked }, bytes.length, work, {
			published,
			onprogress,
			limits
		});
	} finally {
		done();
	}
}

/** Makes a stored edition stricter, in such a thread as well. Waits its turn however many do. */
export async function restrict<T>(
	edition: Edition,
	work: (reading: Reading<Stricter>) => Promise<T>,
	limits = LIMITS
): Promise<T> {
	await turn(Infinity);
	try {
		const size = edition.kept.blocks.reduce((sum, { numbers }) => sum + numbers.length, 0);
		return await away<T, Stricter>({ edition }, size, work, { limits });
	} finally {
		done();
	}
}

async function turn(waiting: number): Promise<void> {
	if (reading < AT_ONCE) return void reading++;
	if (queue.length >= waiting) refuse('data.busy', { status: 503 });
	await new Promise<void>((go) => queue.push(go));
}

/** The place goes to whoever has waited longest. */
function done(): void {
	const next = queue.shift();
	if (next) next();
	else reading--;
}

async function here(
	{ bytes, asked }: Given,
	published: NonNullable<Given['published']>
): Promise<Reading> {
	const reader = new Reader();
	const shape = reader.understand(bytes, asked);
	return {
		outcome: reader.guard(shape ? await published(shape) : []),
		async *parts(versionId) {
			yield* reader.copy(versionId);
		}
	};
}

/** Found by its path: the pages' bundle has no copy of it. */
const THREAD = pathToFileURL(resolve('src/lib/data/reader-thread.server.ts'));

async function away<T, Of extends Outcome | Stricter>(
	job: Job,
	size: number,
	work: (reading: Reading<Of>) => Promise<T>,
	{
		published,
		onprogress,
		limits
	}: Pick<Given, 'published'> & { onprogress?: OnProgress; limits: typeof LIMITS }
): Promise<T> {
	const thread = new Worker(THREAD, {
		workerData: job,
		resourceLimits: { maxOldGenerationSizeMb: limits.megabytes(size) }
	});
	const order = (what: Order) => thread.postMessage(what);
	const ended = new AbortController();
	const end = (error: unknown) => ended.abort(error);
	const seconds = limits.seconds(size);
	const clock = new Clock(seconds, () =>
		end(new Refusal('data.too_slow', 422, { seconds: Math.ceil(seconds) }))
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
		clock.go();
		let first = await next();
		if ('shape' in first) {
			// Asking the database is none of the file's time.
			clock.stop();
			order({ published: (await published?.(first.shape)) ?? [] });
			clock.go();
			first = await next();
		}
		clock.stop();
		if ('refused' in first) {
			const { code, status, params } = first.refused;
			throw new Refusal(code, status, params);
		}
		if (!('outcome' in first)) throw new Error('the thread spoke out of turn');
		return await work({
			outcome: first.outcome as Of,
			async *parts(versionId) {
				order({ copy: versionId });
				for (;;) {
					const answer = await next();
					if (!('part' in answer) || answer.part === null) return;
					order({ copy: versionId }); // the next is written while this one is stored
					yield answer.part;
				}
			}
		});
	} finally {
		clock.stop();
		thread.removeAllListeners();
		thread.on('error', () => {});
		await thread.terminate();
	}
}

/** Counts down only while the thread is at work. */
class Clock {
	#left: number;
	readonly #ring: () => void;
	#since = 0;
	#timer: NodeJS.Timeout | undefined;

	constructor(seconds: number, ring: () => void) {
		this.#left = seconds * 1000;
		this.#ring = ring;
	}

	go(): void {
		this.#since = performance.now();
		this.#timer = setTimeout(this.#ring, Math.max(0, this.#left));
	}

	stop(): void {
		if (!this.#timer) return;
		clearTimeout(this.#timer);
		this.#timer = undefined;
		this.#left -= performance.now() - this.#since;
	}
}

function died(error: unknown): unknown {
	const { code } = error as NodeJS.ErrnoException;
	return code === 'ERR_WORKER_OUT_OF_MEMORY' ? new Refusal('data.too_heavy', 422, {}) : error;
}
