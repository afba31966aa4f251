import type { Typed } from '../load/typing.ts';
import { pause, type Bench, type Line, type Table } from '../measure.ts';
import { start, type Running } from '../running.ts';

/**
 * Row i: any number of nodes on one Postgres, everyone of a room on another node. Rooms are added until
 * edits are late; the last step before that is what so many nodes sustain here.
 */

const NODES = [1, 2, 4];
const ROOMS = [2, 4, 8, 12, 16, 24, 32, 48, 64, 96, 128];
const EACH = 4; // people in a room, all of whom type
const RATE = 8;
const WARM = 1_500;
const SPAN = 3_000;
const IN_TIME = 50; // ms

type Step = {
	rate: number;
	p99: number;
	commits: number;
	nodes: number;
	postgres: number;
	load: number;
};

export async function severalNodes(bench: Bench): Promise<Table> {
	const lines: Line[] = [];
	const notes: string[] = [];
	for (const count of bench.kinds.includes('ours') ? NODES : []) {
		const first = await start('ours', bench.store, { persons: 100, rooms: ROOMS.at(-1)! });
		const nodes = [first];
		while (nodes.length < count) nodes.push(await first.beside());
		await pause(500); // they have heard of each other
		let best: Step | undefined;
		for (const rooms of ROOMS) {
			let step = await climb(bench, nodes, rooms);
			// Once more: something else on the machine may have been in the way.
			if (!(step.p99 < IN_TIME)) step = await climb(bench, nodes, rooms);
			if (!(step.p99 < IN_TIME)) {
				notes.push(`${count}: late at ${said(step)}`);
				break;
			}
			best = step;
		}
		const what = `${count} node${count === 1 ? '' : 's'}: edits/s with p99 < ${IN_TIME} ms`;
		lines.push({ what, values: { ours: best?.rate ?? 0 }, digits: 0 });
		if (best) notes.push(`${count}: in time at ${said(best)}`);
		for (const node of nodes.reverse()) await node.stop();
	}
	return { title: 'i  several nodes, each room spread over all of them', lines, notes };
}

function said({ rate, p99, commits, nodes, postgres, load }: Step): string {
	const busy = (share: number) => `${(share * 100).toFixed(0)} %`;
	return (
		`${rate.toFixed(0)} edits/s: p99 ${p99.toFixed(0)} ms, ${commits.toFixed(0)} commits/s; ` +
		`CPU nodes ${busy(nodes)}, Postgres ${busy(postgres)}, load ${busy(load)}`
	);
}

async function climb({ load, store }: Bench, nodes: Running[], rooms: number): Promise<Step> {
	const plan = {
		rooms: Array.from({ length: rooms }, (_, room) => ({
			doors: Array.from({ length: EACH }, (_, person) =>
				nodes[(room + person) % nodes.length]!.door(room, room * EACH + person)
			),
			writing: EACH
		})),
		rate: RATE,
		seconds: (WARM + SPAN) / 1_000 + 1
	};
	await load.ask('sit', plan);
	await load.ask('type');
	await pause(WARM);
	const before = await counters();
	await load.ask('count');
	await pause(SPAN);
	const after = await counters();
	const typed = await load.ask<Typed>('end');
	await load.ask('leave');
	const seconds = (after.at - before.at) / 1_000;
	const rate = (what: Exclude<keyof typeof before, 'at'>) => (after[what] - before[what]) / seconds;
	return {
		rate: typed.sent / seconds,
		p99: typed.missing > 0 ? Infinity : typed.p99,
		commits: rate('commits'),
		nodes: rate('nodes'),
		postgres: rate('postgres'),
		load: rate('load')
	};

	async function counters() {
		const usages = await Promise.all(nodes.map((node) => node.usage()));
		const [row] = await nodes[0]!.database!.sql<{ commits: number }[]>`
			select xact_commit::float8 commits from pg_stat_database where datname = current_database()`;
		return {
			at: performance.now(),
			nodes: usages.reduce((sum, { cpu }) => sum + cpu, 0),
			commits: row!.commits,
			postgres: store.cpu(),
			load: await load.ask<number>('cpu')
		};
	}
}
