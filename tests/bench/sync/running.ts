import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { begin, type Child } from './child.ts';
import type { Door, Kind } from './kinds.ts';
import type { Usage } from './servers/report.ts';
import { ORIGIN, people, type Database, type Store } from './store.ts';

/** One of the measured, running in a process of its own, with people and rooms to measure it with. */
export type Running = {
	kind: Kind;
	child: Child;
	/** The door of a person (by number) to a room (by number). */
	door: (room: number, person: number) => Door;
	database: Database | undefined;
	usage: () => Promise<Usage>;
	heap: () => Promise<number>;
	/** Begins again on the same store, after `child.end`. */
	again: () => Promise<void>;
	/** Another node on the same store. */
	beside: () => Promise<Running>;
	stop: () => Promise<void>;
};

export type Needs = { persons: number; rooms: number };

const FILES: Record<Kind, string> = {
	floor: 'servers/floor.ts',
	'y-websocket': 'servers/y-websocket.ts',
	'y-leveldb': 'servers/y-websocket.ts',
	hocuspocus: 'servers/hocuspocus.ts',
	ours: 'servers/ours.ts'
};

let folders = 0;

export async function start(kind: Kind, store: Store, needs: Needs): Promise<Running> {
	const database = kind === 'ours' || kind === 'hocuspocus' ? await store.fresh() : undefined;
	const folder = resolve(`.data/bench/leveldb/${process.pid}-${folders++}`);
	const env: Record<string, string> = {
		BENCH_DATABASE: database?.url ?? '',
		BENCH_ORIGIN: ORIGIN
	};
	if (kind === 'y-leveldb') {
		mkdirSync(folder, { recursive: true });
		env.YPERSISTENCE = folder;
	}
	const world =
		kind === 'ours'
			? await people(database!.sql, needs.persons, needs.rooms)
			: { tokens: [''], rooms: Array.from({ length: needs.rooms }, () => crypto.randomUUID()) };
	const node = async (): Promise<Running> => {
		let child = await begin(FILES[kind], { env });
		let port = await child.ask<number>('port');
		return {
			kind,
			get child() {
				return child;
			},
			door: (room, person) => ({
				kind,
				port,
				room: world.rooms[room]!,
				token: world.tokens[person % world.tokens.length]!
			}),
			database,
			usage: () => child.ask<Usage>('usage'),
			heap: () => child.ask<number>('heap'),
			async again() {
				child = await begin(FILES[kind], { env });
				port = await child.ask<number>('port');
			},
			beside: node,
			async stop() {
				await child.end();
				await database?.drop().catch(() => {}); // a node beside it was first
				rmSync(folder, { recursive: true, force: true });
			}
		};
	};
	return await node();
}

/** Bytes of memory a process holds just now, as the system sees it; 0 when it is gone. */
export function memoryOf(pid: number): number {
	try {
		return Number(readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ')[1]) * 4096;
	} catch {
		return 0;
	}
}
