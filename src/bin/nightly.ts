import { live, program } from './parts/life.ts';
import { readyWords } from './parts/words.ts';

const RUNS = 1_000;
const DAY = 24 * 3600 * 1000;

/** `npm run nightly [runs] [first]`: seeded chaos, other seeds each night. A failing seed says how to play it again. */
await live(async () => {
	await readyWords();
	const runs = Number(process.argv[2] ?? RUNS);
	const first = Number(process.argv[3] ?? Math.floor(Date.now() / DAY) * RUNS);
	console.log(`Seeds ${first} to ${first + runs - 1}`);
	Object.assign(process.env, { CHAOS_RUNS: String(runs), CHAOS_FROM: String(first) });
	return await program('vitest/vitest.mjs', ['run', 'tests/document/chaos', '--reporter=dot']);
});
