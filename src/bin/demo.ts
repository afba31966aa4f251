import { parseArgs } from 'node:util';
import { dropDatabase } from '#lib/base/database.server.ts';
import { demoPeople, fillDemo } from '#lib/thread/demo/fill.server.ts';
import { live } from './parts/life.ts';
import { readyDatabase } from './parts/ready.ts';
import { serve } from './parts/serve.ts';

/** `npm run demo`: a fictional forum in the middle of its work. `-- --reset` starts it over. */
await live(async () => {
	const { reset } = parseArgs({ options: { reset: { type: 'boolean' } } }).values;
	const sql = await readyDatabase({ suffix: '_demo', before: reset ? dropDatabase : undefined });
	const filled = await sql`select 1 from forums limit 1`;
	if (filled.length === 0) {
		console.log('Filling the demo forum …');
		await fillDemo(sql, (line) => console.log(`  ${line}`));
	}
	const address = await serve(sql);
	console.log(`\nRådslag's demo is on ${address}\n`);
	for (const { role, email, password } of demoPeople)
		console.log(`  ${role.padEnd(10)} ${email.padEnd(34)} ${password}`);
	console.log('\nCtrl-C stops it; what you do is kept. "npm run demo -- --reset" starts over.');
});
