import { parseArgs } from 'node:util';
import { dropDatabase, mark, markOf } from '#lib/base/database.server.ts';
import { demoPeople, fillDemo } from '#lib/thread/demo/fill.server.ts';
import { live } from './parts/life.ts';
import { readyDatabase } from './parts/ready.ts';
import { serve } from './parts/serve.ts';

const FILLED = 'the demo, filled';

/** `npm run demo`: a fictional forum in the middle of its work. `-- --reset` starts it over. */
await live(async () => {
	const { reset } = parseArgs({ options: { reset: { type: 'boolean' } } }).values;
	let fill = '';
	const sql = await readyDatabase({
		suffix: '_demo',
		before: async (url) => {
			// A demo that was interrupted half filled starts over too.
			if (!reset && (await markOf(url)) === FILLED) return;
			fill = url;
			await dropDatabase(url);
		}
	});
	if (fill) {
		console.log('Filling the demo forum …');
		await fillDemo(sql, (line) => console.log(`  ${line}`));
		await mark(fill, FILLED);
	}
	const address = await serve(sql);
	console.log(`\nRådslag's demo is on ${address}\n`);
	for (const { role, email, password } of demoPeople)
		console.log(`  ${role.padEnd(10)} ${email.padEnd(28)} ${password}`);
	console.log('\nCtrl-C stops it; what you do is kept. "npm run demo -- --reset" starts over.');
});
