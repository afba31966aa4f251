import { startWorker } from '#lib/thread/worker.server.ts';
import { atEnd, live } from './parts/life.ts';
import { readyDatabase } from './parts/ready.ts';

/** Reactions in a process of their own, beside servers that run with WORKER=off. */
await live(async () => {
	const reactions = await startWorker(await readyDatabase());
	atEnd(() => reactions.stop());
	console.log('Carrying out reactions.');
});
