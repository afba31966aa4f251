import type { Typed } from '../load/typing.ts';
import type { Child } from '../child.ts';
import { KEEPERS, type Kind } from '../kinds.ts';
import { atMost, pause, type Bench, type Table, type Values } from '../measure.ts';
import { start } from '../running.ts';

/** Rows f and g: a server that dies while people type, and a network that is cut. */

const WRITERS = 8;
const RATE = 8;
const SPAN = 15_000; // Hocuspocus stores every ten seconds while people type

export async function killing({ kinds, store, load, other }: Bench): Promise<Table> {
	const [lost, saved]: [Values, Values] = [{}, {}];
	const notes: string[] = [];
	const kill = async (kind: Kind, by: Child) => {
		const server = await start(kind, store, { persons: WRITERS + 4, rooms: 1 });
		const doors = Array.from({ length: WRITERS + 4 }, (_, person) => server.door(0, person));
		const plan = { rooms: [{ doors, writing: WRITERS }], rate: RATE, seconds: SPAN / 1_000 + 4 };
		await by.ask('sit', plan);
		await by.ask('type');
		await by.ask('count');
		await pause(SPAN);
		await server.child.end('SIGKILL');
		const typed = await by.ask<Typed>('end');
		await by.ask('leave');
		await server.again();
		const there = new Set(
			await by.ask<string[]>('marks', { door: server.door(0, 0), wait: 2_000 })
		);
		lost[kind] = typed.seen.filter((mark) => !there.has(mark)).length;
		// Every page's answer to the first question counts as an edit that is on disk.
		if (kind === 'ours') saved.ours = Math.max(0, typed.saved - doors.length - there.size);
		notes.push(`${kind}: ${typed.seen.length} seen by others, ${there.size} found again`);
		await server.stop();
	};
	// Nothing is timed here: two at once, each with a load generator of its own.
	const waiting = kinds.filter((one) => KEEPERS.includes(one));
	const turns = async (by: Child) => {
		for (let kind = waiting.shift(); kind; kind = waiting.shift()) await kill(kind, by);
	};
	await Promise.all([turns(load), turns(other)]);
	return {
		title: `f  SIGKILL of the server while ${WRITERS} people type ${RATE}/s`,
		lines: [
			{ what: 'lost, though others had seen it', values: lost, digits: 0, limit: atMost(0) },
			{ what: 'lost, though the page said saved', values: saved, digits: 0, limit: atMost(0) }
		],
		notes
	};
}

export async function cutting({ kinds, store, load }: Bench): Promise<Table> {
	const away: Values = {};
	await Promise.all(
		kinds
			.filter((one) => KEEPERS.includes(one))
			.map(async (kind) => {
				const server = await start(kind, store, { persons: 2, rooms: 1 });
				const doors = { one: server.door(0, 0), other: server.door(0, 1) };
				away[kind] = (await load.ask<number>('cut', doors)) / 1_000;
				await server.stop();
			})
	);
	return {
		title: 'g  a page whose network was cut is back',
		lines: [
			{ what: 'still invisible to others, s', values: away, digits: 2, limit: atMost(1, ' s') }
		],
		notes: []
	};
}
