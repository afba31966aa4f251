import { atEnd, live } from './parts/life.ts';
import { readyDatabase } from './parts/ready.ts';
import { startWork } from './parts/work.ts';

/** Reactions and projections in a process of their own, beside servers that run with WORKER=off. */
await live(async () => {
	const work = await startWork(await readyDatabase());
	atEnd(() => work.stop());
	console.log('Carrying out reactions and projections.');
});
