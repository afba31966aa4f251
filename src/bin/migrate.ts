import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { dropDatabase } from '#lib/base/database.server.ts';
import { describeSchema } from '#lib/base/schema.server.ts';
import { live } from './parts/life.ts';
import { readyDatabase } from './parts/ready.ts';

/** `npm run migrate`: brings the database up to date. `-- --dump` writes migrations/schema.sql anew. */
await live(async () => {
	const { dump } = parseArgs({ options: { dump: { type: 'boolean' } } }).values;
	const scratch = { suffix: '_schema', before: dropDatabase };
	const sql = await readyDatabase(dump ? scratch : {});
	if (dump) await writeFile('migrations/schema.sql', await describeSchema(sql));
	console.log(dump ? 'Wrote migrations/schema.sql.' : 'The database is up to date.');
	return 0;
});
