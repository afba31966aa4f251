import type { Sql } from '#lib/base/sql.server.ts';
import { fillDemo } from '#lib/thread/demo/fill.server.ts';
import setup, { freshDatabase } from '../../tests/support/database.ts';
import { measureBrief } from '../../tests/bench/brief.ts';
import { measureImports } from '../../tests/bench/imports.ts';
import { measurePages } from '../../tests/bench/pages.ts';
import { measureStored } from '../../tests/bench/stored.ts';
import { measureSync } from '../../tests/bench/sync/index.ts';
import { readyBuild } from './parts/built.ts';
import { live } from './parts/life.ts';

const [part, ...words] = process.argv.slice(2);

/**
 * `npm run bench`: what the product does per second, beside a peer measured in the same run.
 * `npm run bench -- sync [row …] [--only ours,floor]`: shared editing alone, or some rows of it;
 * `npm run bench -- data`: import, figures and search alone; `-- brief`: a brief's page;
 * `-- pages`: a case, the board and the list of cases.
 */
await live(async () => {
	const alone =
		part === 'sync' || part === 'data' || part === 'brief' || part === 'pages' ? part : null;
	if (alone !== 'sync') await measureHouse(alone);
	if (!alone || alone === 'sync') await measureSync(words);
	return 0;
});

async function measureHouse(alone: 'data' | 'brief' | 'pages' | null): Promise<void> {
	const stop = await setup();
	const on = async (measure: (sql: Sql, url: string) => Promise<string[][]>) => {
		const database = await freshDatabase();
		table(await measure(database.sql, database.url));
		await database.drop();
	};
	if (alone !== 'data') {
		await readyBuild();
		const demo = await freshDatabase();
		await fillDemo(demo.sql, () => {});
		if (alone !== 'brief') table(await measurePages(demo.sql, demo.url));
		if (alone !== 'pages') table(await measureBrief(demo.sql, demo.url));
		await demo.drop();
	}
	if (!alone || alone === 'data') {
		await on(measureImports);
		await on(measureStored);
	}
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
