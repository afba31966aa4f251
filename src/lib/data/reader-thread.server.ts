import { once } from 'node:events';
import { enableCompileCache, flushCompileCache } from 'node:module';
import { parentPort, workerData } from 'node:worker_threads';
import { isRefusal } from '../base/errors.ts';
import type { Job, Order, Told } from './reading.server.ts';
import type { Kept, ReadAs } from './reader.ts';

/** The thread behind `reading.server.ts`: one file or one edition, no database and no network. */

const job = workerData as Job;
const port = parentPort!;
const tell = (told: Told) => port.postMessage(told);

// Every thread would compile the same code anew, which takes longer than reading most files.
enableCompileCache('node_modules/.cache/raadslag');
const { Reader } = await import('./reader.ts');
flushCompileCache();
const reader = new Reader();

try {
	const outcome =
		'edition' in job ? reader.restrict(job.edition) : await readFile(job.bytes, job.asked);
	copying();
	tell({ outcome });
} catch (error) {
	if (!isRefusal(error)) throw error;
	tell({ refused: { code: error.code, status: error.status, params: error.params } });
}

async function readFile(bytes: Uint8Array, asked: ReadAs) {
	let last = 0;
	const onprogress = (share: number) => {
		if (share - last < 0.01) return;
		last = share;
		tell({ share });
	};
	const shape = reader.understand(bytes, { ...asked, onprogress });
	let published: Kept[] = [];
	if (shape) {
		tell({ shape });
		const [order] = (await once(port, 'message')) as [Order];
		if ('published' in order) published = order.published;
	}
	return reader.guard(published);
}

/** Hands the cube over, a part for each time it is asked. */
function copying(): void {
	let parts: ReturnType<typeof reader.copy> | undefined;
	port.on('message', (order: Order) => {
		if (!('copy' in order)) return;
		parts ??= reader.copy(order.copy);
		const { value } = parts.next();
		tell({ part: value ?? null });
	});
}
