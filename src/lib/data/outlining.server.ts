import { once } from 'node:events';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import { Refusal, refuse } from '../base/errors.ts';
import type { Category } from './cube.ts';
import { readOutline, type Read, type Unreadable } from './geojson.ts';
import { MOST_BYTES } from './outline.ts';

/**
 * A file of outlines is read in a thread of its own: a megabyte takes a second of a core, and nobody else's
 * page waits for it. One at a time; a few wait their turn.
 */

export type ToRead = { bytes: Uint8Array; categories: Category[] };

/** What a file may cost: time on the clock and the thread's own memory. The largest takes a tenth of it. */
export const LIMITS = { seconds: 30, megabytes: 500 };

/** Read before a thread has started. */
const SHORT = 32 * 1024;

const WAITING = 4;
let waiting = 0;
let last: Promise<unknown> = Promise.resolve();

/** Outlines from a file's bytes, or why not. Refuses with `data.too_slow`, `data.too_heavy` and `data.busy`. */
export async function outlinesIn(
	{ bytes, categories }: ToRead,
	limits = LIMITS
): Promise<Read | Unreadable> {
	if (bytes.length > MOST_BYTES || bytes.length < SHORT) return readOutline(bytes, categories);
	if (waiting >= WAITING) refuse('data.busy', { status: 503, field: 'file' });
	waiting++;
	const mine = last.then(() => away({ bytes, categories }, limits));
	last = mine.catch(() => {});
	return await mine.finally(() => waiting--);
}

/** Found by its path: the pages' bundle has no copy of it. */
const THREAD = pathToFileURL(resolve('src/lib/data/outline-thread.server.ts'));

async function away(given: ToRead, { seconds, megabytes }: typeof LIMITS) {
	const thread = new Worker(THREAD, {
		workerData: given,
		resourceLimits: { maxOldGenerationSizeMb: megabytes }
	});
	const late = AbortSignal.timeout(seconds * 1000);
	try {
		// An error of the thread's rejects here too.
		const [read] = (await once(thread, 'message', { signal: late })) as [Read | Unreadable];
		return read;
	} catch (error) {
		const { code } = error as NodeJS.ErrnoException;
		if (late.aborted) throw new Refusal('data.too_slow', 422, { seconds, field: 'file' });
		if (code === 'ERR_WORKER_OUT_OF_MEMORY')
			throw new Refusal('data.too_heavy', 422, { field: 'file' });
		throw error;
	} finally {
		thread.on('error', () => {});
		await thread.terminate();
	}
}
