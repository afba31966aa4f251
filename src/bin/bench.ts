import { fillDemo } from '#lib/thread/demo/fill.server.ts';
import setup, { freshDatabase } from '../../tests/support/database.ts';
import { measureImports } from '../../tests/bench/imports.ts';
import { measurePages } from '../../tests/bench/pages.ts';
import { measureSync } from '../../tests/bench/sync/index.ts';
import { readyBuild } from './parts/built.ts';
import { live } from './parts/life.ts';

const [part, ...words] = process.argv.slice(2);

/**
 * `npm run bench`: what the product does per second, beside a peer measured in the same run.
 * `npm run bench -- sync [row …] [--only ours,floor]`: shared editing alone, or some rows of it.
 */
await live(async () => {
	if (part !== 'sync') await measureHouse();
	await measureSync(words);
	return 0;
});

async function measureHouse(): Promise<void> {
	await readyBuild();
	const stop = await setup();
	const [demo, empty] = [await freshDatabase(), await freshDatabase()];
	await fillDemo(demo.sql, () => {});
	table(await measurePages(demo.sql, demo.url));
	table(await measureImports(empty.sql));
	await demo.drop();
	await empty.drop();
	await stop();
}

function table(rows: string[][]): void {
	const widths = rows[0]!.map((_, i) => Math.max(...rows.map((row) => row[i]!.length)));
	for (const row of rows)
		console.log(
			row.map((text, i) => (i ? text.padStart(widths[i]!) : text.padEnd(widths[i]!))).join('  ')
		);
	console.log();
}
