import { changed, newest } from './files.ts';
import { program, Stop } from './life.ts';
import { readyWords, words } from './words.ts';

const SOURCES = ['src', 'static', 'svelte.config.js', 'vite.config.ts', 'package-lock.json'];

/** Builds the pages when `build/` is missing or older than what it is built from. */
export async function readyBuild(): Promise<void> {
	const newestSource = await newest(SOURCES, words.outdir.slice(2));
	if ((await changed('build/handler.js')) > newestSource) return;
	console.log('Building the pages …');
	const began = Date.now();
	if ((await build(['--logLevel', 'warn'])) !== 0)
		throw new Stop('The pages could not be built; the lines above say why.');
	console.log(`Built in ${((Date.now() - began) / 1000).toFixed(0)} s.`);
}

export async function build(options: string[] = []): Promise<number> {
	await readyWords();
	return await program('vite/bin/vite.js', ['build', ...options]);
}
