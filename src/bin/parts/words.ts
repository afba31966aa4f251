import { writeFile } from 'node:fs/promises';
import { changed, newest } from './files.ts';
import { program, Stop } from './life.ts';

const strategy: ('cookie' | 'preferredLanguage' | 'baseLocale')[] = [
	'cookie',
	'preferredLanguage',
	'baseLocale'
];

/** How the words are compiled; vite.config.ts does it the same way while pages are developed. */
export const words = { project: './src/project.inlang', outdir: './src/paraglide', strategy };

const STAMP = 'src/paraglide/.compiled';

/** Compiles them when they have changed: they must be there before pages, checks and tests. */
export async function readyWords(): Promise<void> {
	const sources = ['src/messages', 'src/project.inlang/settings.json', 'package-lock.json'];
	if ((await changed(STAMP)) > (await newest([...sources, 'src/bin/parts/words.ts']))) return;
	const options = ['--project', words.project, '--outdir', words.outdir];
	const compile = ['compile', '--silent', ...options, '--strategy', ...strategy];
	if ((await program('@inlang/paraglide-js/bin/run.js', compile)) !== 0)
		throw new Stop('The words could not be compiled; the lines above say why.');
	await writeFile(STAMP, '');
}
