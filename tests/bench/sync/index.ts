import { loadavg } from 'node:os';
import { begin, endAll } from './child.ts';
import { KINDS, type Kind } from './kinds.ts';
import type { Bench, Table } from './measure.ts';
import { readyPeers } from './peers.ts';
import { kept, print } from './print.ts';
import { attacks } from './rows/attacks.ts';
import { bus } from './rows/bus.ts';
import { joining, memory, opening } from './rows/documents.ts';
import { cutting, killing } from './rows/faults.ts';
import { longDocument } from './rows/long.ts';
import { severalNodes } from './rows/nodes.ts';
import { manyRooms, oneRoom } from './rows/typing.ts';
import { startStore } from './store.ts';

/**
 * Shared editing beside its peers, all in one run: `npm run bench -- sync [row …] [--only ours,floor]`.
 * Each server runs in a process of its own, so does the load. Rows are named as in the README.
 */
const ROWS: Record<string, (bench: Bench) => Promise<Table>> = {
	a: oneRoom,
	b: manyRooms,
	c: opening,
	d: memory,
	e: joining,
	f: killing,
	g: cutting,
	h: attacks,
	i: severalNodes,
	j: longDocument,
	k: bus
};

export async function measureSync(words: string[]): Promise<void> {
	const only = words.find((word) => word.startsWith('--only'));
	const list = only?.split('=')[1] ?? (only && words[words.indexOf(only) + 1]);
	const kinds = list ? KINDS.filter((kind) => list.split(',').includes(kind)) : [...KINDS];
	const rows = words.filter((word) => word in ROWS);
	if (kinds.some((kind: Kind) => kind !== 'ours' && kind !== 'floor')) readyPeers();
	const store = await startStore();
	try {
		const bench: Bench = {
			kinds,
			store,
			load: await begin('load.ts'),
			other: await begin('load.ts')
		};
		const missed: string[] = [];
		for (const row of rows.length > 0 ? rows : Object.keys(ROWS)) {
			const [load] = loadavg();
			const table = await ROWS[row]!(bench);
			table.notes.push(`(the machine's load before: ${load!.toFixed(1)})`);
			print(table);
			if (!kept(table)) missed.push(row);
		}
		if (missed.length > 0) console.log(`Limits missed in: ${missed.join(', ')}`);
		else if (kinds.includes('ours')) console.log('Every limit holds.');
	} finally {
		await endAll();
		await store.stop();
	}
}
