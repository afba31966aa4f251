import { ATTACKS } from '../../../support/hostile.ts';
import { begin, type Child } from '../child.ts';
import type { Kind } from '../kinds.ts';
import type { Seen } from '../load/victim.ts';
import type { Typed } from '../load/typing.ts';
import { atMost, pause, type Bench, type Line, type Table, type Values } from '../measure.ts';
import { memoryOf, start, type Running } from '../running.ts';
import { bystanders } from './documents.ts';

/**
 * Row h: every kind of hostile input, each against a server just begun, by someone who may write in the
 * room. Two others type in another room meanwhile, one writes in the same.
 */

const MEGABYTE = 1_000_000;
const PATIENCE = 15_000;
const TIDY = 2_000;
const AFTER = 500; // ms the server gets to come to itself

type Harm = {
	down: boolean;
	/** Longest anyone in the other room waited; milliseconds. */
	stall: number;
	/** Bytes on top of what it held before: at most, and when all was over. */
	peak: number;
	rest: number;
	seen: Seen;
};

export async function attacks(bench: Bench): Promise<Table> {
	const attacker = await begin('attacker.ts');
	const harms: Harms = new Map();
	// y-leveldb takes in what the network brings by the same code as y-websocket.
	const kinds = bench.kinds.filter((one) => one !== 'floor' && one !== 'y-leveldb');
	for (const kind of kinds) {
		const server = await start(kind, bench.store, { persons: 6, rooms: ATTACKS.length * 2 });
		for (const [number, { name }] of ATTACKS.entries()) {
			if (number > 0) await server.again();
			const harm = await suffer(bench, server, attacker, number);
			harms.set(name, { ...harms.get(name), [kind]: harm });
			await server.child.end('SIGKILL');
		}
		await server.stop();
	}
	await attacker.end();
	return table(harms, kinds);
}

async function suffer(
	{ load, other }: Bench,
	server: Running,
	attacker: Child,
	number: number
): Promise<Harm> {
	const [room, elsewhere] = [number * 2, number * 2 + 1];
	await other.ask('paste', { door: server.door(room, 0), bytes: MEGABYTE });
	const victim = await other.ask('stand', {
		one: server.door(room, 1),
		other: server.door(room, 2)
	});
	const { name } = ATTACKS[number]!;
	await attacker.ask('prepare', { name, door: server.door(room, 3), victim });
	await bystanders(load, [server.door(elsewhere, 4), server.door(elsewhere, 5)]);
	const { pid } = server.child;
	const before = memoryOf(pid);
	let peak = before;
	const look = setInterval(() => (peak = Math.max(peak, memoryOf(pid))), 50);
	await Promise.race([attacker.ask('act'), pause(PATIENCE)]);
	await pause(AFTER);
	clearInterval(look);
	const typed = await load.ask<Typed>('end');
	await load.ask('leave');
	const seen = await other.ask<Seen>('tell');
	const rest = await settled(server, before);
	return { down: server.child.gone, stall: typed.worst, peak: peak - before, rest, seen };
}

/** What it still holds on top, after it has had a while to tidy up. */
async function settled(server: Running, before: number): Promise<number> {
	const until = Date.now() + TIDY;
	const { pid } = server.child;
	for (;;) {
		await server.heap().catch(() => {}); // collects
		const rest = memoryOf(pid) - before;
		if (server.child.gone) return 0;
		if (rest < 20 * MEGABYTE || Date.now() > until) return rest;
		await pause(250);
	}
}

type Harms = Map<string, Partial<Record<Kind, Harm>>>;

function table(harms: Harms, kinds: Kind[]): Table {
	/** One figure per kind, out of all it suffered. */
	const over = (figure: (all: Harm[]) => number): Values => {
		const values: Values = {};
		for (const kind of kinds) {
			const all = [...harms.values()].flatMap((harm) => harm[kind] ?? []);
			if (all.length > 0) values[kind] = figure(all);
		}
		return values;
	};
	const count = (is: (harm: Harm) => boolean) => over((all) => all.filter(is).length);
	const most = (of: (harm: Harm) => number) => over((all) => Math.max(...all.map(of)));
	const up = (harm: Harm) => (harm.down ? 0 : 1);
	const summary: Line[] = [
		{ what: 'took the server down', values: count((h) => h.down), limit: atMost(0) },
		{
			what: 'worst stall of others where it stayed up, ms',
			values: most((h) => h.stall * up(h)),
			limit: atMost(100, ' ms')
		},
		{ what: 'forged presence shown', values: count((h) => h.seen.presence), limit: atMost(0) },
		{ what: 'forged edits shown', values: count((h) => h.seen.edit), limit: atMost(0) },
		{ what: 'honest ones of the room sent away', values: count((h) => h.seen.closed && !h.down) },
		{ what: 'most memory on top, MB', values: most((h) => h.peak / MEGABYTE) },
		{ what: 'memory kept when it was over, MB', values: most((h) => (h.rest * up(h)) / MEGABYTE) }
	];
	const each = [...harms].map(([name, harm]): Line => {
		const values: Values = {};
		for (const kind of kinds)
			if (harm[kind]) values[kind] = harm[kind].down ? Infinity : harm[kind].stall;
		return { what: `  stall by ${name}, ms`, values };
	});
	return {
		title: `h  ${harms.size} kinds of hostile input`,
		lines: [...summary, ...each].map((line) => ({ ...line, digits: 0 })),
		notes: ['Infinity: it went down', ...blame(harms)]
	};
}

/** Which of them did ours most harm. */
function blame(harms: Harms): string[] {
	const figures = {
		'worst stall': 'stall',
		'most memory on top': 'peak',
		'most kept': 'rest'
	} as const;
	const ours = [...harms].flatMap(([name, { ours: harm }]) => (harm ? [{ name, ...harm }] : []));
	if (ours.length === 0) return [];
	return Object.entries(figures).map(([said, figure]) => {
		const [first] = ours.toSorted((a, b) => b[figure] - a[figure]);
		return `ours, ${said}: ${first!.name}`;
	});
}
