import type { Typed } from '../load/typing.ts';
import type { Plan } from '../load/typing.ts';
import { pause, times, type Bench, type Table, type Values } from '../measure.ts';
import { start } from '../running.ts';

/** Rows a and b: people who type; how late others see it, and what it costs the server. */

const WARM = 2_000;
const SPAN = 10_000;

export async function oneRoom(bench: Bench): Promise<Table> {
	const shape = { rooms: 1, each: 60, writing: () => 15 };
	const found = await typing(bench, shape);
	return {
		title: 'a  one room, 60 people, 15 writing 4/s',
		lines: [
			{ what: 'edit → other screen, p50 ms', values: found.p50 },
			{
				what: 'edit → other screen, p99 ms',
				values: found.p99,
				limit: times(found.p99, 'y-leveldb', 1.5)
			},
			...costs(found)
		],
		notes: found.notes
	};
}

export async function manyRooms(bench: Bench): Promise<Table> {
	const shape = { rooms: 20, each: 10, writing: (room: number) => 2 + (room % 2) };
	const found = await typing(bench, shape);
	return {
		title: 'b  20 rooms of 10 people, 2–3 writing 4/s',
		lines: [{ what: 'edit → other screen, p99 ms', values: found.p99 }, ...costs(found)],
		notes: found.notes
	};
}

function costs(found: Found): Table['lines'] {
	return [
		{
			what: 'server CPU per 1,000 deliveries, s',
			values: found.cpu,
			digits: 4,
			limit: times(found.cpu, 'y-websocket', 1, 4)
		},
		{ what: "Postgres' CPU per 1,000 deliveries, s", values: found.postgres, digits: 4 },
		{ what: 'worst hold-up of the event loop, ms', values: found.stall }
	];
}

type Found = Record<'p50' | 'p99' | 'cpu' | 'postgres' | 'stall', Values> & { notes: string[] };
type Shape = { rooms: number; each: number; writing: (room: number) => number };

async function typing({ kinds, store, load }: Bench, shape: Shape): Promise<Found> {
	const found: Found = { p50: {}, p99: {}, cpu: {}, postgres: {}, stall: {}, notes: [] };
	for (const kind of kinds) {
		const server = await start(kind, store, { persons: shape.each, rooms: shape.rooms });
		const plan: Plan = {
			rooms: Array.from({ length: shape.rooms }, (_, room) => ({
				doors: Array.from({ length: shape.each }, (_, person) => server.door(room, person)),
				writing: shape.writing(room)
			})),
			rate: 4,
			seconds: (WARM + SPAN) / 1_000 + 2
		};
		await load.ask('sit', plan);
		await load.ask('type');
		await pause(WARM);
		const [before, pgBefore, loadBefore] = [
			await server.usage(),
			store.cpu(),
			await load.ask<number>('cpu')
		];
		await load.ask('count');
		await pause(SPAN);
		const [after, pgAfter, loadAfter] = [
			await server.usage(),
			store.cpu(),
			await load.ask<number>('cpu')
		];
		const typed = await load.ask<Typed>('end');
		const thousands = typed.deliveries / 1_000;
		found.p50[kind] = typed.p50;
		found.p99[kind] = typed.p99;
		found.cpu[kind] = (after.cpu - before.cpu) / thousands;
		if (server.database) found.postgres[kind] = (pgAfter - pgBefore) / thousands;
		found.stall[kind] = after.stall;
		if (typed.missing > 0 || typed.closed > 0)
			found.notes.push(`${kind}: ${typed.missing} deliveries never came, ${typed.closed} closed`);
		const busy = (loadAfter - loadBefore) / (SPAN / 1_000);
		if (busy > 0.7)
			found.notes.push(`${kind}: the load generator was ${(busy * 100).toFixed(0)} % busy`);
		await load.ask('leave');
		await server.stop();
	}
	return found;
}
