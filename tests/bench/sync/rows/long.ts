import { eventually } from '../../../support/eventually.ts';
import type { Past } from '../load/documents.ts';
import type { Typed } from '../load/typing.ts';
import { median } from '../../load.ts';
import { atMost, pause, type Bench, type Line, type Table } from '../measure.ts';
import { start, type Running } from '../running.ts';
import { bystanders } from './documents.ts';

/**
 * Row j: a document of 260,000 edits, ours only: written while two others type elsewhere, through all the
 * merging that brings, then opened.
 */

const EDITS = 260_000;

export async function longDocument({ kinds, store, load, other }: Bench): Promise<Table> {
	const title = `j  a document of ${EDITS} edits`;
	if (!kinds.includes('ours')) return { title, lines: [], notes: [] };
	await load.ask('warm', { edits: EDITS });
	const server = await start('ours', store, { persons: 4, rooms: 2 });
	await bystanders(other, [server.door(1, 2), server.door(1, 3)], 60);
	const past = await load.ask<Past>('fill', { door: server.door(0, 0), edits: EDITS });
	await load.ask('hold', { doors: [server.door(0, 0)], edits: 0 });
	const warm: number[] = [];
	for (let i = 0; i < 7; i++)
		warm.push(await load.ask('arrive', { door: server.door(0, 1), past }));
	await load.ask('letGo');
	const stored = await merged(server);
	const typed = await other.ask<Typed>('end');
	await other.ask('leave');
	const first: number[] = [];
	for (let i = 0; i < 3; i++) {
		await server.child.end();
		await server.again();
		await pause(300);
		first.push(await load.ask('arrive', { door: server.door(0, 0), past }));
	}
	await server.stop();
	const line = (what: string, ours: number, limit?: Line['limit']): Line => ({
		what,
		values: { ours },
		...(limit ? { limit } : {})
	});
	return {
		title,
		lines: [
			line('open on the server already, ms', median(warm)),
			line('first after a restart, ms', median(first), atMost(50, ' ms')),
			line('stored, kB', stored.bytes / 1_000),
			line('rows left', stored.rows),
			line('two in another room meanwhile, p99 ms', typed.p99),
			line('two in another room meanwhile, worst ms', typed.worst, atMost(100, ' ms'))
		],
		notes: ['the limits are those of rows c and e: none is set for this one']
	};
}

type Stored = { bytes: number; rows: number };

/** What is on disk once merging has come to rest. */
async function merged(server: Running): Promise<Stored> {
	const look = async () => {
		const [row] = await server.database!.sql<Stored[]>`
			select sum(length(bytes))::float8 bytes, count(*)::int rows from document_updates
			where document_id = ${server.door(0, 0).room}`;
		return row!;
	};
	let before = await look();
	return await eventually(
		async () => {
			await pause(1_000);
			const now = await look();
			const rests = now.rows === before.rows && now.bytes === before.bytes;
			before = now;
			return rests && now;
		},
		{ within: 20_000, what: 'the log comes to rest' }
	);
}
