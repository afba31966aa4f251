import type { Past } from '../load/documents.ts';
import type { Spread } from '../load/figures.ts';
import type { Typed } from '../load/typing.ts';
import { KEEPERS, type Door } from '../kinds.ts';
import { atMost, pause, type Bench, type Table, type Values } from '../measure.ts';
import { start, type Running } from '../running.ts';
import { median } from '../../load.ts';

/** Rows c, d and e: a document with a past, many small ones, and many people at once. */

const EDITS = 100_000;
const SETTLE = 3_000; // the slowest of them stores two seconds after the last word

export async function opening({ kinds, store, load }: Bench): Promise<Table> {
	const [warm, first]: [Values, Values] = [{}, {}];
	await load.ask('warm', { edits: EDITS });
	for (const kind of kinds) {
		const server = await start(kind, store, { persons: 2, rooms: 2 });
		const { past, door } = await written(load, server);
		await load.ask('hold', { doors: [server.door(0, 1)], edits: 0 }); // someone has it open
		const took: number[] = [];
		for (let i = 0; i < 15; i++) took.push(await load.ask('arrive', { door: door(0), past }));
		warm[kind] = median(took);
		await load.ask('letGo');
		if (KEEPERS.includes(kind) && kind !== 'y-websocket') {
			const fresh: number[] = [];
			for (let i = 0; i < 3; i++) {
				await pause(SETTLE / 3);
				await server.child.end();
				await server.again();
				await pause(300);
				fresh.push(await load.ask('arrive', { door: door(0), past }));
			}
			first[kind] = median(fresh);
		}
		await server.stop();
	}
	return {
		title: `c  a document of ${EDITS} edits: from connecting to everything there`,
		lines: [
			{ what: 'open on the server already, ms', values: warm, limit: atMost(5, ' ms') },
			{ what: 'first after a restart, ms', values: first, limit: atMost(50, ' ms') }
		],
		notes: [FLOOR]
	};
}

const FLOOR = 'floor: the relay hands out bytes it was given, to anyone, without a question';

/** Writes the document into the first room. Returns what is in it, and each person's door to it. */
async function written(load: Bench['load'], server: Running) {
	const first = server.door(0, 0);
	const how = first.kind === 'floor' ? 'give' : 'fill';
	const past = await load.ask<Past>(how, { door: first, edits: EDITS });
	const door = (person: number): Door =>
		first.kind === 'floor' ? { ...first, handed: true } : server.door(0, person);
	return { past, door };
}

const MANY = 1_000;
const TEXT = 1_000; // edits in each: a page or so, by four people

export async function memory({ kinds, store, load }: Bench): Promise<Table> {
	const [open, closed]: [Values, Values] = [{}, {}];
	for (const kind of kinds.filter((one) => KEEPERS.includes(one))) {
		const server = await start(kind, store, { persons: 60, rooms: MANY * 2 });
		const doors = Array.from({ length: MANY * 2 }, (_, room) => server.door(room, room));
		await load.ask('hold', { doors: doors.slice(MANY), edits: TEXT }); // everything has run once
		await load.ask('letGo');
		await pause(SETTLE);
		const before = await server.heap();
		await load.ask('hold', { doors: doors.slice(0, MANY), edits: TEXT });
		await pause(SETTLE);
		const during = await server.heap();
		await load.ask('letGo');
		await pause(SETTLE);
		const after = await server.heap();
		open[kind] = (during - before) / MANY / 1_000;
		closed[kind] = (after - before) / MANY / 1_000;
		await server.stop();
	}
	return {
		title: `d  ${MANY} documents of ${TEXT} edits, one page open in each`,
		lines: [
			{ what: 'live heap per open document, kB', values: open, limit: atMost(20, ' kB') },
			{ what: 'live heap per closed document, kB', values: closed, limit: atMost(1, ' kB') }
		],
		notes: ['heap: objects and the buffers they point to, after collection']
	};
}

const JOINERS = 200;

export async function joining({ kinds, store, load, other }: Bench): Promise<Table> {
	const [p99, worst]: [Values, Values] = [{}, {}];
	const notes: string[] = [];
	for (const kind of kinds) {
		const server = await start(kind, store, { persons: JOINERS + 2, rooms: 2 });
		const { door } = await written(load, server);
		await load.ask('hold', { doors: [server.door(0, 1)], edits: 0 });
		await bystanders(other, [server.door(1, JOINERS), server.door(1, JOINERS + 1)]);
		const doors = Array.from({ length: JOINERS }, (_, person) => door(person));
		const joined = await load.ask<Spread & { failed: number }>('join', { doors });
		const typed = await other.ask<Typed>('end');
		p99[kind] = joined.p99;
		worst[kind] = typed.worst;
		if (joined.failed + typed.missing > 0)
			notes.push(`${kind}: ${joined.failed} did not get in, ${typed.missing} edits never came`);
		await other.ask('leave');
		await load.ask('letGo');
		await server.stop();
	}
	return {
		title: `e  ${JOINERS} people open a document of ${EDITS} edits at once`,
		lines: [
			{ what: 'until they have it, p99 ms', values: p99, limit: atMost(250, ' ms') },
			{ what: 'two in another room, worst ms', values: worst, limit: atMost(100, ' ms') }
		],
		notes: [FLOOR, ...notes]
	};
}

/** Two people in a room, one of whom types fifty times a second, measured from a process of their own. */
export async function bystanders(
	load: Bench['load'],
	doors: ReturnType<Awaited<ReturnType<typeof start>>['door']>[],
	seconds = 20
): Promise<void> {
	await load.ask('sit', { rooms: [{ doors, writing: 1 }], rate: 50, seconds });
	await load.ask('type');
	await pause(500);
	await load.ask('count');
}
