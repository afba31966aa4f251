import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { program, Stop } from './life.ts';

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
