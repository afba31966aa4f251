import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as after } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { connect } from '#lib/base/sql.server.ts';
import { attach, type AttachOptions } from '#lib/document/sync/attach.server.ts';

/**
 * A sync node as a process of its own, so that it can be killed, measured and attacked. Without ORIGIN it
 * takes for its own address whatever the page asked for, so a page may come through a proxy.
 */

export type NodeState = {
	rooms: number;
	/** Bytes, after a garbage collection when asked for one. */
	heap: number;
	rss: number;
	/** The longest the event loop stood still since last asked, in ms. */
	stall: number;
	/** What keeps the process alive, counted by kind: sockets, timers. */
	resources: Record<string, number>;
};

export type SyncNode = {
	/** `ws://127.0.0.1:<port>`. */
	url: string;
	origin: string;
	port: number;
	pid: number;
	/** Everything it has written so far. */
	output: () => string;
	state: (options?: { gc?: boolean }) => Promise<NodeState>;
	kill: (signal: NodeJS.Signals) => Promise<void>;
	/** SIGTERM, and wait: it drains. */
	stop: () => Promise<void>;
	/** Resolves when it is gone, for whatever reason. */
	exited: Promise<void>;
};

type Settings = {
	url: string;
	port?: number;
	origin?: string;
	limits?: Record<string, number>;
	poolSize?: number;
};
type Ask = { start?: Settings; ask?: number; gc?: boolean };
type Answer = { address?: number; answer?: number; state?: NodeState };

const PATIENCE = 20_000;

/** Starts one on a database; `limits` are those of `attach`. */
export async function startSyncNode(
	url: string,
	options: Omit<Settings, 'url'> = {}
): Promise<SyncNode> {
	return await warmSyncNode()(url, options);
}

/** A process with everything loaded, which starts in milliseconds when it is called upon. */
export function warmSyncNode(): typeof startSyncNode {
	const child = fork(fileURLToPath(import.meta.url), [], {
		env: { ...process.env, NODE_OPTIONS: '' },
		execArgv: ['--expose-gc', '--disable-warning=ExperimentalWarning'],
		stdio: ['ignore', 'pipe', 'pipe', 'ipc']
	});
	return async (url, options) => {
		child.send({ start: { url, ...options } } satisfies Ask);
		return await handle(child);
	};
}

async function handle(child: ChildProcess): Promise<SyncNode> {
	let text = '';
	for (const stream of [child.stdout!, child.stderr!])
		stream.on('data', (chunk) => void (text += chunk));
	const exited = once(child, 'exit').then(() => {});
	const answers = new Map<number, (state: NodeState) => void>();
	let asked = 0;
	const port = await new Promise<number>((resolve, reject) => {
		child.on('message', ({ address, answer, state }: Answer) => {
			if (address) resolve(address);
			else if (state) answers.get(answer!)?.(state);
		});
		void exited.then(() => reject(new Error(`the node ended at once: ${text}`)));
	});
	const kill = async (signal: NodeJS.Signals) => {
		child.kill(signal);
		await exited;
	};
	return {
		url: `ws://127.0.0.1:${port}`,
		origin: `http://127.0.0.1:${port}`,
		port,
		pid: child.pid!,
		output: () => text,
		exited,
		kill,
		stop: () => kill('SIGTERM'),
		async state({ gc = false } = {}) {
			const ask = ++asked;
			const answer = new Promise<NodeState>((resolve) => answers.set(ask, resolve));
			child.send({ ask, gc } satisfies Ask);
			const state = await Promise.race([
				answer,
				exited,
				after(PATIENCE, undefined, { ref: false })
			]);
			answers.delete(ask);
			if (!state) throw new Error(`the node does not answer: ${text}`);
			return state;
		}
	};
}

async function run(settings: Settings): Promise<void> {
	const sql = connect(settings.url, { max: settings.poolSize ?? 10 });
	const server = createServer((_, response) => void response.end('a sync node'));
	const options: AttachOptions & { limits?: object } = {
		sql,
		origin: settings.origin,
		onerror: (error) => console.error(error)
	};
	if (settings.limits) options.limits = settings.limits;
	const attached = attach(server, options);
	await attached.ready;
	server.listen(settings.port ?? 0, '127.0.0.1');
	await once(server, 'listening');
	const delay = monitorEventLoopDelay({ resolution: 5 });
	delay.enable();
	process.on('message', async ({ ask, gc }: Ask) => {
		if (!ask) return;
		const stall = delay.max / 1e6;
		if (gc) {
			// Twice, with a breath between: what the first one frees may hold more.
			for (let i = 0; i < 2; i++) {
				globalThis.gc!();
				await after(20);
			}
		}
		delay.reset();
		const { heapUsed: heap, external, rss } = process.memoryUsage();
		const resources: Record<string, number> = {};
		for (const kind of process.getActiveResourcesInfo())
			resources[kind] = (resources[kind] ?? 0) + 1;
		const state = { rooms: attached.rooms, heap: heap + external, rss, stall, resources };
		process.send!({ answer: ask, state } satisfies Answer);
	});
	process.once('SIGTERM', async () => {
		await attached.stop();
		server.closeAllConnections();
		await sql.end({ timeout: 1 });
		process.exit(0);
	});
	process.once('disconnect', () => process.exit(1)); // the test is gone
	process.send!({ address: (server.address() as AddressInfo).port } satisfies Answer);
}

if (import.meta.main && process.send)
	process.on('message', ({ start }: Ask) => void (start && run(start).catch(fail)));

function fail(error: unknown): void {
	console.error(error);
	process.exit(1);
}
