import { createServer } from 'node:http';
import { connect } from '#lib/base/sql.server.ts';
import { attach } from '#lib/document/sync/attach.server.ts';
import { report } from './report.ts';

/** Our own, as `npm start` attaches it, without the pages beside it. */
const server = createServer();
const attached = attach(server, {
	sql: connect(process.env.BENCH_DATABASE ?? ''),
	origin: process.env.BENCH_ORIGIN,
	onerror: (error) => console.error(error)
});
await attached.ready;

await report(server);
