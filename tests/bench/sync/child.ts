import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, openSync } from 'node:fs';
import { join } from 'node:path';

/** A process of its own that answers questions over IPC: a server under measure, or who loads it. */
export type Child = {
	pid: number;
	/** Rejects when the process is gone. */
	ask: <T>(what: string, input?: unknown) => Promise<T>;
	/** True once it has ended, whoever ended it. */
	readonly gone: boolean;
	end: (signal?: NodeJS.Signals) => Promise<void>;
};

type Answer = { id: number; value?: unknown; error?: string };

const children = new Set<Child>();

export async function begin(
	file: string,
	options: { env?: Record<string, string> } = {}
): Promise<Child> {
	mkdirSync('.data/bench', { recursive: true });
	const log = openSync('.data/bench/children.log', 'a');
	const process_ = fork(join(import.meta.dirname, file), {
		execArgv: ['--expose-gc', '--max-old-space-size=4096'],
		env: { ...process.env, ...options.env },
		serialization: 'advanced',
		stdio: ['ignore', log, log, 'ipc']
	});
	const child = wrap(process_);
	children.add(child);
	await child.ask('hello');
	return child;
}

/** Ends whatever is still running, however the bench ends. */
export async function endAll(): Promise<void> {
	await Promise.all([...children].map((child) => child.end('SIGKILL')));
}

function wrap(process_: ChildProcess): Child {
	const waiting = new Map<number, { done: (value: never) => void; failed: (e: Error) => void }>();
	let last = 0;
	let gone = false;
	const exited = once(process_, 'exit').then(() => {
		gone = true;
		children.delete(child);
		for (const { failed } of waiting.values()) failed(new Error('the process is gone'));
	});
	process_.on('message', ({ id, value, error }: Answer) => {
		const asked = waiting.get(id);
		waiting.delete(id);
		if (error) asked?.failed(new Error(error));
		else asked?.done(value as never);
	});
	process_.on('error', () => {}); // a message to a process that has just gone
	const child: Child = {
		pid: process_.pid ?? 0,
		ask: (what, input) =>
			new Promise((done, failed) => {
				if (gone || !process_.connected) return failed(new Error('the process is gone'));
				waiting.set(++last, { done, failed });
				process_.send({ id: last, what, input });
			}),
		get gone() {
			return gone;
		},
		end: async (signal = 'SIGTERM') => {
			if (!gone) process_.kill(signal);
			await exited;
		}
	};
	return child;
}
