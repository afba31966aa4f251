import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Session } from 'node:inspector/promises';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { answer } from '../answer.ts';

/** What every server under measure tells of itself. */
export type Usage = {
	/** Seconds of CPU since it began, threads of its own included. */
	cpu: number;
	/** Bytes. */
	rss: number;
	/** Worst hold-up of the event loop since last asked; milliseconds. */
	stall: number;
};

export async function report(server: Server): Promise<void> {
	if (!server.listening) {
		server.listen(0, '127.0.0.1');
		await once(server, 'listening');
	}
	process.on('SIGTERM', () => process.exit(0)); // a profile is written on the way out
	const delay = monitorEventLoopDelay({ resolution: 5 });
	delay.enable();
	answer({
		port: () => (server.address() as AddressInfo).port,
		usage: (): Usage => {
			const { user, system } = process.cpuUsage();
			const stall = delay.max / 1e6;
			delay.reset();
			return { cpu: (user + system) / 1e6, rss: process.memoryUsage.rss(), stall };
		},
		heap,
		profile
	});
}

/** Bytes in use after everything unused has gone: objects, and the bytes they point to. */
async function heap(): Promise<number> {
	const gc = (globalThis as { gc?: () => void }).gc!;
	for (let round = 0; round < 4; round++) {
		gc();
		await new Promise((done) => setTimeout(done, 50));
	}
	const { heapUsed, arrayBuffers } = process.memoryUsage();
	return heapUsed + arrayBuffers;
}

let session: Session | undefined;

/** Between two calls the main thread is profiled; the second writes it to the file. */
async function profile(file: string): Promise<null> {
	if (!session) {
		session = new Session();
		session.connect();
		await session.post('Profiler.enable');
		await session.post('Profiler.start');
		return null;
	}
	const { profile } = await session.post('Profiler.stop');
	await writeFile(file, JSON.stringify(profile));
	session.disconnect();
	session = undefined;
	return null;
}
