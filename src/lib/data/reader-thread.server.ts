import { parentPort, workerData } from 'node:worker_threads';
import { isRefusal } from '../base/errors.ts';
import type { Given, Told } from './reading.server.ts';
import { Reader } from './reader.ts';

/** The thread behind `reading.server.ts`: one file, no database and no network. */

const { bytes, asked } = workerData as Given;
const port = parentPort!;
const tell = (told: Told) => port.postMessage(told);

const reader = new Reader();
let parts: ReturnType<Reader['copy']> | undefined;

port.on('message', (versionId: string) => {
	parts ??= reader.copy(versionId);
	const { value } = parts.next();
	tell({ part: value ?? null });
});

try {
	let last = 0;
	const onprogress = (share: number) => {
		if (share - last < 0.01) return;
		last = share;
		tell({ share });
	};
	tell({ outcome: reader.read(bytes, { ...asked, onprogress }) });
} catch (error) {
	if (!isRefusal(error)) throw error;
	tell({ refused: { code: error.code, status: error.status, params: error.params } });
}
