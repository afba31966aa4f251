import { spawn } from 'node:child_process';
import { join } from 'node:path';

/** A process's life: what to undo at its end, however it ends, and how it says what went wrong. */

const PATIENCE = 15_000; // ms a drain may take before the process goes anyway

const undo: (() => unknown)[] = [];
let ending: Promise<never> | undefined;

/** What the end undoes; the last thing begun first. */
export function atEnd(work: () => unknown): void {
	undo.push(work);
}

/** Undoes everything once, however often it is asked, and leaves. */
export function end(code = 0): Promise<never> {
	return (ending ??= leave(code));
}

async function leave(code: number): Promise<never> {
	setTimeout(() => process.exit(code || 1), PATIENCE).unref();
	for (const work of undo.reverse()) {
		try {
			await work();
		} catch (error) {
			console.error(sentence(error));
		}
	}
	process.exit(code);
}

/** Runs a process: it ends at Ctrl-C or SIGTERM, and with one line when it cannot go on. */
export async function live(work: () => Promise<number | void>): Promise<void> {
	for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => void end());
	try {
		const code = await work();
		if (code !== undefined) await end(code);
	} catch (error) {
		if (!ending) console.error(sentence(error));
		await end(1);
	}
}

/** Runs a package's program with this Node; its exit code. Ends with us. */
export async function program(path: string, args: string[]): Promise<number> {
	const child = spawn(process.execPath, [join('node_modules', path), ...args], {
		stdio: 'inherit'
	});
	const gone = new Promise<number>((done) => child.on('close', (code) => done(code ?? 1)));
	atEnd(() => (child.kill('SIGTERM'), gone));
	return await gone;
}

/** Expected stops carry one clear line; anything else shows where it came from. */
function sentence(error: unknown): string {
	if (!(error instanceof Error)) return String(error);
	if (error.name === 'ConfigError') return `Configuration: ${error.message}`;
	return error.name === 'Stop' ? error.message : (error.stack ?? error.message);
}

/** Stops the process with one line. */
export class Stop extends Error {
	override name = 'Stop';
}
