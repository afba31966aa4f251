import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type WebSocket } from 'ws';
import { listen } from '#lib/base/notify.server.ts';
import type { Sql } from '#lib/base/sql.server.ts';
import { CLOSING, type Closing } from '../closing.ts';
import { fromOurPages, guest, judge, judgeSchema, objectOf, tokenOf } from './door.server.ts';
import type { Line } from './connection.server.ts';
import { LIMITS, type Limits } from './limits.server.ts';
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
	limits?: Partial<Limits>;
};

export type Attached = {
	/** Open documents on this node. */
	readonly rooms: number;
	/** Resolves when notes from other nodes are heard. */
	ready: Promise<void>;
	/** Writes what is under way, sends everyone away to come back, stops listening. */
	stop: () => Promise<void>;
};

const LARGEST_QUESTION = 64 * 1024; // bytes on /live
const NODE_BEAT = 5_000;
const BEAT = 10_000;
const ROUND = 60_000; // everyone is judged again, whatever notes said
const WARM = 4; // connections
const DRAIN = 5_000;
const RETRY = 250;
const PATIENCE = 2_000; // for a page to answer a close

const DOCUMENT = /^\/sync\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;

/** What an upgrade asks for, without the request itself: that is not kept as long as the socket. */
type Asked = {
	live: boolean;
	document: string | null;
	schema: string | null;
	/** The epoch of the text the page has, if it has one. */
	epoch: string | null;
	token: string | null;
	ours: boolean;
};

/** Shared editing on `/sync/<document>` and live pages on `/live`, on an HTTP server's own port. */
export function attach(server: Server, options: AttachOptions): Attached {
	const { sql, origin, others = 'refuse', onerror = () => {} } = options;
	const limits = { ...LIMITS, ...options.limits };
	const rooms = new Rooms(sql, limits);
	const live = new Live(sql);
	// A page sends a message in one piece; a browser may part a large one.
	const pieces = { maxFragments: 256, maxBufferedChunks: 4_096, noServer: true };
	const documents = new WebSocketServer({ ...pieces, maxPayload: limits.frame });
	const pages = new WebSocketServer({ ...pieces, maxPayload: LARGEST_QUESTION });
	const alive = new WeakSet<WebSocket>();
	let entering = 0;
	let closing = false;

	/** Notes may have been missed. Tried until it works: nothing else would ever tell of them. */
	const lookAgain = async (arriving: boolean): Promise<void> => {
		while (!closing) {
			try {
				if (arriving) await rooms.nodes.arrive();
				await Promise.all([rooms.lookAgain(), live.lookAgain()]);
				return;
			} catch (error) {
				onerror(error);
				await new Promise((resolve) => setTimeout(resolve, RETRY));
			}
		}
	};
	const listening = listen(
		sql,
		(note) => {
			rooms.hear(note);
			live.hear(note);
		},
		() => void lookAgain(true),
		rooms.nodes.id
	);
	// The first who come need not wait for connections to be made.
	const warm = () => Promise.all(Array.from({ length: WARM }, () => sql`select 1`));
	const ready = listening.then(warm).then(() => {});
	ready.catch(onerror);

	const upgrade = (request: IncomingMessage, stream: Duplex, head: Buffer) => {
		const url = new URL(request.url ?? '/', 'http://any');
		const asked = read(url, request, origin);
		if (!asked) {
			if (others === 'refuse') stream.end('HTTP/1.1 404 Not Found\r\nConnection: close\r\n\r\n');
			return;
		}
		if (entering >= limits.entering || (!asked.token && tooManyStrangers()))
			return void stream.destroy();
		// Accepted first, then closed with a code: a browser is told nothing about a refused upgrade.
		const kind = asked.live ? pages : documents;
		kind.handleUpgrade(request, stream, head, (ws) => receive({ ws, stream }, asked));
	};
	server.on('upgrade', upgrade);

	function receive(line: Line, asked: Asked): void {
		const { ws } = line;
		entering++;
		ws.on('error', failed);
		ws.on('pong', hearPong);
		alive.add(ws);
		ws.pause(); // nothing is heard before the door has judged
		void admit(line, asked)
			.catch((error): Closing => {
				onerror(error);
				return 'come_back';
			})
			.then((refusal) => {
				entering--;
				ws.resume();
				if (refusal) end(ws, refusal);
			});
	}

	let strangers = 0;
	let second = 0;
	/** Those without a session are told why they are not let in, up to so many in a second. */
	function tooManyStrangers(): boolean {
		const now = Math.floor(Date.now() / 1_000);
		if (now !== second) [second, strangers] = [now, 0];
		return ++strangers > limits.strangers;
	}

	function hearPong(this: WebSocket): void {
		alive.add(this);
	}

	/** Origin, session, access, schema, then the room. */
	async function admit(line: Line, asked: Asked): Promise<Closing | null> {
		if (!asked.ours) return 'wrong_origin';
		if (closing) return 'come_back';
		if (!asked.token) return 'sign_in';
		await ready;
		const judged = rooms.changes;
		const id = asked.document;
		const [found, objectId] = await Promise.all([guest(sql, asked.token), id && objectOf(sql, id)]);
		if (!found) return 'sign_in';
		if (asked.live) {
			live.enter(line.ws, found);
			return null;
		}
		if (!id || !objectId) return 'not_found';
		const admitted = await judge(sql, found, objectId);
		if (typeof admitted === 'string') return admitted;
		return (
			judgeSchema(asked.schema) ??
			(await rooms.enter({ ...line, epoch: asked.epoch }, id, admitted, judged))
		);
	}

	const nodeHeart = setInterval(() => {
		rooms.nodes
			.beat()
			.then((hears) => (hears ? undefined : lookAgain(false))) // deaf: looks for itself until it hears
			.catch(() => {}); // Postgres is away; the bus looks again when it is back
	}, NODE_BEAT);
	const heart = setInterval(() => {
		for (const ws of [...documents.clients, ...pages.clients]) {
			if (ws.isPaused) continue; // it is we who do not listen
			if (!alive.has(ws)) ws.terminate(); // half open: nobody is there
			alive.delete(ws);
			ws.ping();
		}
		rooms.beat();
	}, BEAT);
	const round = setInterval(() => {
		void rooms.judgeAll().catch(onerror);
		void live.judgeAll().catch(onerror);
	}, ROUND);
	for (const timer of [nodeHeart, heart, round]) timer.unref();

	return {
		get rooms() {
			return rooms.size;
		},
		ready,
		async stop() {
			closing = true;
			for (const timer of [nodeHeart, heart, round]) clearInterval(timer);
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

/** Null when the upgrade is not for us. */
function read(url: URL, request: IncomingMessage, origin: string | undefined): Asked | null {
	const live = url.pathname === '/live';
	if (!live && !url.pathname.startsWith('/sync/')) return null;
	return {
		live,
		document: DOCUMENT.exec(url.pathname)?.[1] ?? null,
		schema: url.searchParams.get('schema'),
		epoch: url.searchParams.get('epoch'),
		token: tokenOf(request),
		ours: fromOurPages(request, origin)
	};
}

/** What `ws` cannot read it answers with a code of the protocol; the page gets a moment to hear it. */
function failed(this: WebSocket): void {
	setTimeout(() => this.terminate(), PATIENCE).unref();
}

function end(ws: WebSocket, why: Closing): void {
	ws.close(CLOSING[why], why);
	setTimeout(() => ws.terminate(), PATIENCE).unref();
}
