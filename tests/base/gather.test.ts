import { expect, test } from 'vitest';
import { gather } from '#lib/base/gather.server.ts';

const held = () => {
	const rounds: string[][] = [];
	const opens: (() => void)[] = [];
	const ask = gather(async (questions) => {
		rounds.push(questions);
		await new Promise<void>((open) => opens.push(open));
		return new Map(questions.filter((q) => q !== 'nobody').map((q) => [q, `${q}!`]));
	}, 3);
	const soon = () => new Promise((done) => setImmediate(done));
	return { rounds, ask, soon, open: async () => (await soon(), opens.shift()?.(), await soon()) };
};

test('who asks at once is answered together, equal questions as one', async () => {
	const { rounds, ask, open } = held();
	const all = Promise.all(['a', 'b', 'a', 'nobody'].map(ask));
	await open();
	expect(await all).toEqual(['a!', 'b!', 'a!', undefined]);
	expect(rounds).toEqual([['a', 'b', 'nobody']]);
});

test('an answer is never older than its question: who asks during a round is in the next', async () => {
	const { rounds, ask, soon, open } = held();
	const first = ask('a');
	await soon();
	const second = ask('a');
	await open();
	expect(await first).toBe('a!');
	await open();
	expect(await second).toBe('a!');
	expect(rounds).toEqual([['a'], ['a']]);
});

test('a round takes so many; the rest is the next', async () => {
	const { rounds, ask, open } = held();
	const all = Promise.all(['a', 'b', 'c', 'd', 'e'].map(ask));
	await open();
	await open();
	expect(await all).toEqual(['a!', 'b!', 'c!', 'd!', 'e!']);
	expect(rounds).toEqual([
		['a', 'b', 'c'],
		['d', 'e']
	]);
});

test('a round that fails fails for those in it, and for nobody after', async () => {
	let broken = true;
	const ask = gather(async (questions) => {
		if (broken) throw new Error('away');
		return new Map(questions.map((q) => [q, q]));
	});
	const failed = Promise.allSettled([ask('a'), ask('b')]);
	expect((await failed).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
	broken = false;
	expect(await ask('a')).toBe('a');
});
