import { spawn } from 'node:child_process';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { atEnd, Stop } from './life.ts';

const SOURCES = ['src', 'static', 'svelte.config.js', 'vite.config.ts', 'package-lock.json'];

/** Builds the pages when `build/` is missing or older than what it is built from. */
export async function readyBuild(): Promise<void> {
	const built = await changed('build/handler.js');
	const newest = Math.max(...(await Promise.all(SOURCES.map(newestIn))));
	if (built > newest) return;
	console.log('Building the pages …');
	const began = Date.now();
	if ((await program('vite/bin/vite.js', ['build', '--logLevel', 'warn'])) !== 0)
		throw new Stop('The pages could not be built; the lines above say why.');
	console.log(`Built in ${((Date.now() - began) / 1000).toFixed(0)} s.`);
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

/** The words, compiled: they must be there before pages, checks and tests. */
export async function readyWords(): Promise<void> {
	const paths = ['--project', './src/project.inlang', '--outdir', './src/paraglide'];
	if ((await program('@inlang/paraglide-js/bin/run.js', ['compile', '--silent', ...paths])) !== 0)
		throw new Stop('The words could not be compiled; the lines above say why.');
}

async function newestIn(path: string): Promise<number> {
	const entries = await readdir(path, { recursive: true, withFileTypes: true }).catch(() => []);
	const files = entries
		.filter((entry) => entry.isFile() && !entry.parentPath.startsWith(join('src', 'paraglide')))
		.map((entry) => join(entry.parentPath, entry.name));
	return Math.max(...(await Promise.all([path, ...files].map(changed))));
}

async function changed(path: string): Promise<number> {
	return (await stat(path).catch(() => undefined))?.mtimeMs ?? 0;
}
