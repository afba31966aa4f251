import { listen } from '#lib/base/notify.server.ts';
import { connect, type Sql } from '#lib/base/sql.server.ts';
import { append } from '#lib/document/sync/log.server.ts';
import { pause, type Bench, type Line, type Table } from '../measure.ts';
import { people } from '../store.ts';

/**
 * Row k: Postgres as the bus, with no node, socket or page beside it. Writers append to a document each as
 * fast as they are answered, with the note a node sends and without; so many listen as nodes would.
 */

const WRITERS = [1, 4, 16, 32];
const NODES = 4;
const SPAN = 3_000;
const EDIT = Buffer.alloc(30, 1);

export async function bus({ store, kinds }: Bench): Promise<Table> {
	const title = `k  Postgres alone as the bus, heard by ${NODES}`;
	if (!kinds.includes('ours')) return { title, lines: [], notes: [] };
	const database = await store.fresh();
	const { rooms } = await people(database.sql, 1, Math.max(...WRITERS));
	const lines: Line[] = [];
	let heard = 0;
	const ears = Array.from({ length: NODES }, () => connect(database.url, { max: 1 }));
	await Promise.all(ears.map((ear) => listen(ear, () => heard++)));
	for (const count of WRITERS) {
		const sql = connect(database.url, { max: count });
		const some = rooms.slice(0, count);
		const told = await commits(some, (room) => tell(sql, room));
		const quiet = await commits(some, (room) => write(sql, room));
		lines.push(
			{ what: `${count} at once, with a note: commits/s`, values: { ours: told }, digits: 0 },
			{ what: `${count} at once, without: commits/s`, values: { ours: quiet }, digits: 0 }
		);
		await sql.end();
	}
	await Promise.all(ears.map((ear) => ear.end()));
	await database.drop();
	return { title, lines, notes: [`${heard} notes heard in all`] };
}

async function commits(rooms: string[], commit: (room: string) => Promise<unknown>) {
	let going = true;
	let made = 0;
	const writers = rooms.map(async (room) => {
		for (; going; made++) await commit(room);
	});
	await pause(SPAN);
	going = false;
	await Promise.all(writers);
	return made / (SPAN / 1_000);
}

const tell = (sql: Sql, room: string) =>
	append(sql, [{ document: room, person: null, bytes: EDIT }], { wait: true, carry: true });

/** The same rows, and nobody is told. */
const write = (sql: Sql, room: string) => sql`
	with held as (update documents set seq = seq + 1 where id = ${room} returning seq)
	insert into document_updates (document_id, seq, bytes, person_id)
	select ${room}, seq, ${EDIT}, null from held`;
