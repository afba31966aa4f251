import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { eventually } from './eventually.ts';

export type App = {
	/** Where it answers: http://localhost:<a free port>. */
	url: string;
	pid: number;
	/** Everything it has written so far: its log, and what it must never hold. */
	output: () => string;
	stop: () => Promise<void>;
};

/** The real built server, in a process of its own, on a test's database. */
export async function startApp(
	databaseUrl: string,
	env: Record<string, string> = {}
): Promise<App> {
	const child = spawn(process.execPath, ['src/bin/server.ts'], {
		env: { ...process.env, DATABASE_URL: databaseUrl, PORT: '0', HOST: '127.0.0.1', ...env },
		stdio: ['ignore', 'pipe', 'pipe']
	});
	const exited = once(child, 'exit');
	let text = '';
	for (const stream of [child.stdout, child.stderr])
		stream.on('data', (chunk) => void (text += chunk));
	const url = await eventually(
		() => {
			const found = /is on (http\S+)/.exec(text)?.[1];
			if (!found && child.exitCode !== null) throw new Stopped(text);
			return found;
		},
		{ within: 180_000, what: 'the server answers', unless: Stopped } // it may have to build first
	);
	return {
		url,
		pid: child.pid ?? 0,
		output: () => text,
		stop: async () => {
			child.kill('SIGTERM');
			await exited;
		}
	};
}

class Stopped extends Error {}
