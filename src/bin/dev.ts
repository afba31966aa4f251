import { createServer } from 'vite';
import { config } from '#lib/base/config.server.ts';
import { attach } from '#lib/document/sync/attach.server.ts';
import { atEnd, live } from './parts/life.ts';
import { readyDatabase } from './parts/ready.ts';
import { readyWords } from './parts/words.ts';
import { startWork } from './parts/work.ts';

/** `npm run dev`: pages that change as their files do, with shared editing on the same port. */
await live(async () => {
	await readyWords();
	const sql = await readyDatabase();
	const work = await startWork(sql);
	atEnd(() => work.stop());
	const { port, host, origin } = config();
	const vite = await createServer({ server: { port: port || undefined, host } });
	atEnd(() => vite.close());
	// Vite's own upgrades (its hot reload) are left alone.
	if (vite.httpServer) {
		const sync = attach(vite.httpServer as never, { sql, origin, others: 'leave' });
		atEnd(() => sync.stop());
	}
	await vite.listen();
	vite.printUrls();
});
