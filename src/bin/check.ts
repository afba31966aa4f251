import { live, program } from './parts/life.ts';
import { readyWords } from './parts/words.ts';

/** `npm run check`: types, in code and in pages. */
await live(async () => {
	await readyWords();
	if ((await program('@sveltejs/kit/svelte-kit.js', ['sync'])) !== 0) return 1;
	return await program('svelte-check/bin/svelte-check', ['--tsconfig', './tsconfig.json']);
});
