import { createServer } from 'vite';
import { config } from '#lib/base/config.server.ts';
import { startWorker } from './parts/pending.ts';
import { atEnd, live } from './parts/life.ts';
import { readyDatabase } from './parts/ready.ts';
import { readyWords } from './parts/words.ts';

/** `npm run dev`: pages that change as their files do. Shared editing comes with a Vite plugin. */
await live(async () => {
	await readyWords();
	const sql = await readyDatabase();
	const reactions = await startWorker(sql);
	atEnd(() => reactions.stop());
	const vite = await createServer({ server: { port: config().port || undefined } });
	atEnd(() => vite.close());
	await vite.listen();
	vite.printUrls();
});
