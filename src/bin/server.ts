import { live } from './parts/life.ts';
import { readyDatabase } from './parts/ready.ts';
import { serve } from './parts/serve.ts';

/** `npm start`: the product, without demo people. */
await live(async () => {
	const address = await serve(await readyDatabase());
	console.log(`Rådslag is on ${address}`);
});
