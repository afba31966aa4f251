import type { Kind } from '../kinds.ts';
import { spread } from '../load/figures.ts';
import type { Plan, Typed } from '../load/typing.ts';
import { pause, times, type Bench, type Table, type Values } from '../measure.ts';
import { start, type Running } from '../running.ts';

/** Rows a and b: people who type; how late others see it, and what it costs the server. */

const FIRST = 2_500; // ms of typing before anything is measured
const AGAIN = 300;
/** Everyone is measured in turn, several times: what else the machine does is spread over all. */
const TURNS = 3;
const SPAN = 3_000;

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
type Sum = { cpu: number; postgres: number; stall: number; load: number };

async function typing({ kinds, store, load }: Bench, shape: Shape): Promise<Found> {
	const servers = new Map<Kind, Running>();
	const sums = new Map<Kind, Sum>();
	const last = new Map<Kind, Typed>();
	for (const kind of kinds) {
		const server = await start(kind, store, { persons: shape.each, rooms: shape.rooms });
		await load.ask('sit', { name: kind, ...planFor(server, shape) });
		servers.set(kind, server);
		sums.set(kind, { cpu: 0, postgres: 0, stall: 0, load: 0 });
	}
	const commits: number[] = [];
	for (let turn = 0; turn < TURNS; turn++) {
		commits.push(...(await store.commits(100)));
		for (const [kind, server] of servers) {
			await load.ask('type', kind);
			await pause(turn === 0 ? FIRST : AGAIN);
			const look = async () => ({
				...(await server.usage()),
				postgres: store.cpu(),
				load: await load.ask<number>('cpu')
			});
			const profile = kind === 'ours' && turn === TURNS - 1 && process.env.BENCH_PROFILE;
			if (profile) await server.child.ask('profile', profile);
			const before = await look();
			await load.ask('count', kind);
			await pause(SPAN);
			const after = await look();
			if (profile) await server.child.ask('profile', profile);
			last.set(kind, await load.ask<Typed>('end', kind));
			const sum = sums.get(kind)!;
			for (const what of ['cpu', 'postgres', 'load'] as const)
				sum[what] += after[what] - before[what];
			sum.stall = Math.max(sum.stall, after.stall);
		}
	}
	const found: Found = { p50: {}, p99: {}, cpu: {}, postgres: {}, stall: {}, notes: [] };
	const alone = spread(commits);
	found.notes.push(
		`a durable commit alone, meanwhile: p50 ${alone.p50.toFixed(1)}, p99 ${alone.p99.toFixed(1)} ms`
	);
	for (const [kind, server] of servers) {
		const [typed, sum] = [last.get(kind)!, sums.get(kind)!];
		const thousands = typed.deliveries / 1_000;
		found.p50[kind] = typed.p50;
		found.p99[kind] = typed.p99;
		found.cpu[kind] = sum.cpu / thousands;
		if (server.database) found.postgres[kind] = sum.postgres / thousands;
		found.stall[kind] = sum.stall;
		if (typed.missing > 0 || typed.closed > 0)
			found.notes.push(`${kind}: ${typed.missing} deliveries never came, ${typed.closed} closed`);
		const busy = sum.load / ((TURNS * SPAN) / 1_000);
		if (busy > 0.7) found.notes.push(`${kind}: the load was ${(busy * 100).toFixed(0)} % busy`);
		await load.ask('leave', kind);
		await server.stop();
	}
	return found;
}

function planFor(server: Running, shape: Shape): Plan {
	return {
		rooms: Array.from({ length: shape.rooms }, (_, room) => ({
			doors: Array.from({ length: shape.each }, (_, person) => server.door(room, person)),
			writing: shape.writing(room)
		})),
		rate: 4,
		seconds: (FIRST + TURNS * (AGAIN + SPAN)) / 1_000 + 2
	};
}
