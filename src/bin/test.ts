import { mkdir, readFile, rm } from 'node:fs/promises';
import { readyBuild } from './parts/built.ts';
import { live, program } from './parts/life.ts';

const RESULTS = '.data/results';
const [first, ...others] = process.argv.slice(2);
const part = first === 'unit' || first === 'e2e' ? first : undefined;
const filters = part || first === undefined ? others : [first, ...others];

/** `npm test [-- unit|e2e] [filter …]`: everything, or a part; the last line counts both. */
await live(async () => {
	await rm(RESULTS, { recursive: true, force: true });
	await mkdir(RESULTS, { recursive: true });
	const counts: { passed: number; failed: number }[] = [];
	if (part !== 'e2e') counts.push(await unit());
	if (part !== 'unit') counts.push(await browser());
	const sum = (key: 'passed' | 'failed') => counts.reduce((all, one) => all + one[key], 0);
	console.log(`${sum('passed')} passed, ${sum('failed')} failed`);
	return sum('failed') > 0 ? 1 : 0;
});

async function unit() {
	const file = `${RESULTS}/unit.json`;
	const report = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
	const code = await program('vitest/vitest.mjs', ['run', ...report, ...filters]);
	const found = await results(file);
	return { passed: found.numPassedTests ?? 0, failed: failures(found.numFailedTests, code) };
}

async function browser() {
	await readyBuild();
	process.env.PLAYWRIGHT_JSON_OUTPUT_FILE = `${RESULTS}/browser.json`;
	const options = ['-c', 'tests/e2e/playwright.config.ts', '--reporter=list,json'];
	const code = await program('@playwright/test/cli.js', ['test', ...options, ...filters]);
	const { stats = {} } = await results(process.env.PLAYWRIGHT_JSON_OUTPUT_FILE);
	const passed = (stats.expected ?? 0) + (stats.flaky ?? 0);
	return { passed, failed: failures(stats.unexpected, code) };
}

/** A run that broke down without a failed test (a file that does not load) counts as one. */
function failures(counted = 0, code: number): number {
	return Math.max(counted, code === 0 ? 0 : 1);
}

async function results(file: string) {
	return JSON.parse(await readFile(file, 'utf8').catch(() => '{}'));
}
