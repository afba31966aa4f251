import { connect } from '#lib/base/sql.server.ts';
import { peer } from '../peers.ts';
import { report } from './report.ts';

/** Hocuspocus as it comes, keeping its documents in Postgres: stored when nobody has typed for a while. */
const { Server } = await peer('@hocuspocus/server/dist/hocuspocus-server.esm.js');
const { Database } = await peer('@hocuspocus/extension-database/dist/hocuspocus-database.esm.js');
const sql = connect(process.env.BENCH_DATABASE ?? '');
await sql`create table if not exists hocuspocus (name text primary key, data bytea not null)`;

const server = new Server({
	port: 0,
	address: '127.0.0.1',
	quiet: true,
	extensions: [
		new Database({
			fetch: async ({ documentName }: { documentName: string }) => {
				const [row] = await sql<
					{ data: Buffer }[]
				>`select data from hocuspocus where name = ${documentName}`;
				return row?.data ?? null;
			},
			store: async ({ documentName, state }: { documentName: string; state: Buffer }) => {
				await sql`insert into hocuspocus (name, data) values (${documentName}, ${state})
					on conflict (name) do update set data = excluded.data`;
			}
		})
	]
});
await server.listen();

await report(server.httpServer);
