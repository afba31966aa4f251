import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type WebSocket } from 'ws';
import { listen } from '#lib/base/notify.server.ts';
import type { Sql } from '#lib/base/sql.server.ts';
import { CLOSING, type Closing } from '../closing.ts';
import { fromOurPages, guest, judge, judgeSchema, objectOf, tokenOf } from './door.server.ts';
import { Live } from './live.server.ts';
import { Rooms } from './rooms.server.ts';

export type AttachOptions = {
	sql: Sql;
	/** Where our pages are served from; a socket from anywhere else is refused. Without it, the host asked for. */
	origin?: string | undefined;
	/** What to do with upgrades that are not ours: leave them to others (development), or end them. */
	others?: 'leave' | 'refuse';
	/** Hears of what nobody expected. */
	onerror?: (error: unknown) => void;
};

export type Attached = {
	/** Open documents on this node. */
	readonly rooms: number;
	/** Resolves when notes from other nodes are heard. */
	ready: Promise<void>;
	/** Writes what is under way, sends everyone away to come back, stops listening. */
	stop: () => Promise<void>;
};

const LARGEST_FRAME = 8 * 1024 * 1024;
const LARGEST_QUESTION = 64 * 1024;
const BEAT = 20_000;
const BEATS_PER_ROUND = 3; // rounds in which everyone is judged again, whatever notes said
const DRAIN = 5_000;
const PATIENCE = 2_000; // for a page to answer a close

const DOCUMENT = /^\/sync\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;

/** Shared editing on `/sync/<document>` and live pages on `/live`, on an HTTP server's own port. */
export function attach(server: Server, options: AttachOptions): Attached {
	const { sql, origin, others = 'refuse', onerror = () => {} } = options;
	const rooms = new Rooms(sql);
	const live = new Live(sql);
	const documents = new WebSocketServer({ noServer: true, maxPayload: LARGEST_FRAME });
	const pages = new WebSocketServer({ noServer: true, maxPayload: LARGEST_QUESTION });
	const alive = new WeakSet<WebSocket>();
	let closing = false;

	const listening = listen(
		sql,
		(note) => {
			rooms.hear(note);
			live.hear(note);
		},
		() => void Promise.all([rooms.lookAgain(), live.lookAgain()]).catch(onerror)
	);
	const ready = listening.then(() => {});
	ready.catch(onerror);

	const upgrade = (request: IncomingMessage, socket: Duplex, head: Buffer) => {
		const url = new URL(request.url ?? '/', 'http://any');
		const ours = url.pathname === '/live' || url.pathname.startsWith('/sync/');
		if (!ours) {
			if (others === 'refuse') socket.end('HTTP/1.1 404 Not Found\r\nConnection: close\r\n\r\n');
			return;
		}
		const kind = url.pathname === '/live' ? pages : documents;
		// Accepted first, then closed with a code: a browser is told nothing about a refused upgrade.
		kind.handleUpgrade(request, socket, head, (ws) => {
			ws.on('error', () => ws.terminate());
			ws.on('pong', () => alive.add(ws));
			alive.add(ws);
			ws.pause(); // nothing is heard before the door has judged
			admit(ws, request, url)
				.catch((error): Closing => {
					onerror(error);
					return 'come_back';
				})
				.then((refusal) => {
					ws.resume();
					if (refusal) end(ws, refusal);
				});
		});
	};
	server.on('upgrade', upgrade);

	/** Origin, session, access, schema, then the room. */
	async function admit(ws: WebSocket, request: IncomingMessage, url: URL): Promise<Closing | null> {
		if (!fromOurPages(request, origin)) return 'wrong_origin';
		if (closing) return 'come_back';
		await ready;
		const token = tokenOf(request);
		const id = DOCUMENT.exec(url.pathname)?.[1] ?? null;
		const [found, objectId] = await Promise.all([
			guest(sql, token),
			id && token && objectOf(sql, id)
		]);
		if (!found) return 'sign_in';
		if (url.pathname === '/live') {
			live.enter(ws, found);
			return null;
		}
		if (!id || !objectId) return 'not_found';
		const admitted = await judge(sql, found, objectId);
		if (typeof admitted === 'string') return admitted;
		return judgeSchema(url.searchParams.get('schema')) ?? (await rooms.enter(ws, id, admitted));
	}

	let beats = 0;
	const heart = setInterval(() => {
		for (const ws of [...documents.clients, ...pages.clients]) {
			if (!alive.has(ws)) ws.terminate(); // half open: nobody is there
			alive.delete(ws);
			ws.ping();
		}
		void rooms.beat();
		if (++beats % BEATS_PER_ROUND === 0)
			void Promise.all([rooms.judgeAll(), live.judgeAll()]).catch(onerror);
	}, BEAT);
	heart.unref();

	return {
		get rooms() {
			return rooms.size;
		},
		ready,
		async stop() {
			closing = true;
			clearInterval(heart);
			await rooms.close(DRAIN);
			live.close();
			await (await listening).stop().catch(onerror);
			server.off('upgrade', upgrade);
			const left = [...documents.clients, ...pages.clients];
			const patience = setTimeout(() => left.forEach((ws) => ws.terminate()), PATIENCE);
			await Promise.all(
				left.map(
					(ws) => ws.readyState === ws.CLOSED || new Promise((done) => ws.once('close', done))
				)
			);
			clearTimeout(patience);
		}
	};
}

function end(ws: WebSocket, why: Closing): void {
	ws.close(CLOSING[why], why);
	setTimeout(() => ws.terminate(), PATIENCE).unref();
}
