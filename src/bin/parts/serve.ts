import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingMessage, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pathToFileURL } from 'node:url';
import { config } from '#lib/base/config.server.ts';
import { log } from '#lib/base/log.server.ts';
import type { Sql } from '#lib/base/sql.server.ts';
import { sweep } from '#lib/data/spool.server.ts';
import { attach } from '#lib/document/sync/attach.server.ts';
import { mayBeRead } from './form-size.ts';
import { atEnd, Stop } from './life.ts';
import { readyBuild } from './built.ts';
import { startWork } from './work.ts';

/** Pages, shared editing and what goes on behind them on one port. Resolves to its address when it answers. */
export async function serve(sql: Sql): Promise<string> {
	await readyBuild();
	const { host, origin, worker } = config();
	// Kit reads these while it loads. Sizes are ours to judge (below, and where files come in).
	// Without ORIGIN the address is what the browser asked for, over http: 127.0.0.1 is as good as
	// localhost, and a foreign page's Origin still differs from it.
	Object.assign(process.env, { BODY_SIZE_LIMIT: 'Infinity' });
	if (!origin) process.env.PROTOCOL_HEADER = 'x-raadslag-protocol';
	const { handler } = await import(pathToFileURL('build/handler.js').href);

	await sweep();

	const server = createServer((request, response) => {
		if (!mayBeRead(request)) return response.writeHead(413, { connection: 'close' }).end();
		if (!origin) request.headers['x-raadslag-protocol'] = 'http';
		if (isCall(request)) request.headers['content-type'] = 'application/octet-stream';
		handler(request, response);
	});
	const sync = attach(server, { sql, origin, onerror: (error) => log.error({ err: error }) });
	await sync.ready;
	await listen(server, host);
	const work = worker ? await startWork(sql) : undefined;

	atEnd(async () => {
		const closed = new Promise((done) => server.close(done));
		process.emit('sveltekit:shutdown' as never, 'SIGTERM' as never);
		await sync.stop();
		await work?.stop();
		server.closeIdleConnections();
		await Promise.race([closed, wait(3_000)]);
		server.closeAllConnections();
	});
	return origin ?? `http://localhost:${port(server)}`;
}

async function listen(server: Server, host: string): Promise<void> {
	const wanted = config().port;
	try {
		server.listen(wanted, host);
		await once(server, 'listening');
	} catch (error) {
		const { code, message } = error as NodeJS.ErrnoException;
		const taken = `Port ${wanted} is in use by another program. Set PORT to another number.`;
		throw new Stop(code === 'EADDRINUSE' ? taken : `Could not listen on ${host}: ${message}`);
	}
}

/**
 * A file another system sends without a type, or with the one its tool puts on everything: Kit gives no body
 * without a type, and takes these for forms of a foreign page. A call shows its token; no cookie counts in it.
 */
function isCall({ method, url = '', headers }: IncomingMessage): boolean {
	const type = headers['content-type'] ?? '';
	const plain = /^(|text\/plain|application\/x-www-form-urlencoded)(;|$)/.test(type);
	return method === 'PUT' && plain && url.startsWith('/api/v1/');
}

function port(server: Server): number {
	return (server.address() as AddressInfo).port;
}

function wait(ms: number): Promise<void> {
	return new Promise((done) => setTimeout(done, ms).unref());
}
