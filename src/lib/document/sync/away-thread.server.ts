import { parentPort } from 'node:worker_threads';
import * as Y from 'yjs';
import { read as readText } from '../sections.ts';
import type { Task, Tasks } from './away.server.ts';
import { readDeletes, readUpdate } from './update.server.ts';

/** The thread behind `away.server.ts`: work on bytes, no sockets and no database. */

const work: Tasks = {
	read: (bytes) => readUpdate(bytes),
	deletes: (bytes) => readDeletes(bytes),
	diff: (bytes, stateVector) => Y.diffUpdate(bytes, stateVector),
	/** Through a document, so that deleted text is gone from what comes out. */
	merge(updates) {
		const doc = whole(updates);
		const merged = { bytes: Y.encodeStateAsUpdate(doc), stateVector: Y.encodeStateVector(doc) };
		doc.destroy();
		return merged;
	},
	text: (updates) => readText(whole(updates))
};

function whole(updates: Uint8Array[]): Y.Doc {
	const doc = new Y.Doc({ gc: true });
	doc.transact(() => updates.forEach((update) => Y.applyUpdate(doc, update)));
	return doc;
}

parentPort!.on('message', ({ number, name, given }: Task) => {
	try {
		const result = (work[name] as (...given: unknown[]) => unknown)(...given);
		parentPort!.postMessage({ number, result });
	} catch (error) {
		parentPort!.postMessage({ number, error: String(error) });
	}
});
