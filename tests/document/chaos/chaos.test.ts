import { afterAll, beforeAll, expect, test } from 'vitest';
import { eventually } from '../../support/eventually.ts';
import { Bed } from './bed.ts';
import { judge } from './judge.ts';
import { Run } from './run.ts';

/**
 * Seeded chaos. `CHAOS_SEED=123 npm test -- unit chaos` plays one run again; `npm run nightly` plays a
 * thousand. What is planned is the seed's; how the processes and the network fall in with it is not.
 */
const { CHAOS_SEED, CHAOS_RUNS = '50', CHAOS_FROM = '1' } = process.env;
const seeds = CHAOS_SEED
	? [Number(CHAOS_SEED)]
	: Array.from({ length: Number(CHAOS_RUNS) }, (_, index) => Number(CHAOS_FROM) + index);

let bed: Bed;
beforeAll(async () => {
	bed = await Bed.make();
});
afterAll(() => bed?.end());

test.each(seeds)(
	'nothing that was seen or saved is lost, whatever happens (seed %i)',
	async (seed) => {
		const run = await Run.begin(bed, seed);
		try {
			await run.carryOut();
			await run.heal();
			await judge(run);
		} catch (error) {
			const { message } = error as Error;
			throw new Error(
				`${message}\n\nReplay: CHAOS_SEED=${seed} npm test -- unit chaos\n${run.trace.join('\n')}\n${await bed.said()}`,
				{ cause: error }
			);
		} finally {
			await run.end();
		}
		const rooms = async () =>
			(await Promise.all(bed.nodes.map((node) => node!.state()))).map((state) => state.rooms);
		await eventually(async () => (await rooms()).every((count) => count === 0), {
			what: 'every room is closed'
		});
		expect(await rooms()).toEqual([0, 0]);
	}
);
