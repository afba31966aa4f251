import { describe, expect, it, vi } from 'vitest';
import { LIMITS, read, type Reading } from '#lib/data/reading.server.ts';
import { Reader } from '#lib/data/reader.ts';
import { utf8 } from './bytes.ts';

const VERSION = '00000000-0000-4000-8000-000000000001';
const rows = (count: number) =>
	Array.from(
		{ length: count },
		(_, row) => `Område ${row % 100};${1900 + Math.floor(row / 100)};${row * 3}`
	);
const file = (count: number) => utf8(`Område;År;Børn\n${rows(count).join('\n')}\n`);

async function stored({ parts }: Reading): Promise<string> {
	let lines = '';
	for await (const part of parts(VERSION)) lines += part.lines;
	return lines;
}

describe('a file read in a thread', () => {
	it('comes to the same as one read on the spot, and says how far it has come', async () => {
		const bytes = file(20_000);
		const shares: number[] = [];
		const [outcome, lines] = await read(
			{ bytes, asked: { limit: 5 } },
			async (reading) => [reading.outcome, await stored(reading)] as const,
			(share) => shares.push(share)
		);
		const reader = new Reader();
		reader.understand(bytes, { limit: 5 });
		expect(outcome).toEqual(reader.guard());
		expect(lines).toBe([...reader.copy(VERSION)].map((part) => part.lines).join(''));
		expect(shares.length).toBeGreaterThan(2);
		expect(shares.toSorted((a, b) => a - b)).toEqual(shares);
		expect(shares.at(-1)).toBe(1);
		expect(bytes.length).toBeGreaterThan(0); // still the caller's
	});

	it('is refused as on the spot', async () => {
		const bytes = utf8(`Område;År;Børn\n${rows(20_000).join('\n')}\n150365-1234;2018;4\n`);
		await expect(read({ bytes, asked: { limit: 5 } }, stored)).rejects.toMatchObject({
			code: 'data.cpr',
			params: { row: 20_002, column: 'Område' }
		});
	});

	it('that takes longer than its size allows is stopped, with a sentence', async () => {
		const limits = { ...LIMITS, seconds: () => 0.02 };
		await expect(
			read({ bytes: file(40_000), asked: { limit: 5 } }, stored, undefined, limits)
		).rejects.toMatchObject({ code: 'data.too_slow', params: { seconds: 1 } });
	});

	it('that wants more memory than its size allows is stopped, with a sentence', async () => {
		const limits = { ...LIMITS, megabytes: () => 24 };
		const many = utf8(
			`Område;År;Børn\n${Array.from({ length: 600_000 }, (_, row) => `Et område med et langt navn ${row};2018;${row}`).join('\n')}\n`
		);
		await expect(
			read({ bytes: many, asked: { limit: 5 } }, stored, undefined, limits)
		).rejects.toMatchObject({ code: 'data.too_heavy' });
	});

	it('ends with the work on it, and lets the next in', async () => {
		const work = Array.from({ length: 5 }, (_, index) =>
			read({ bytes: file(3_000 + index), asked: { limit: 5 } }, async ({ outcome }) => {
				if (index === 1) throw new Error('the database is gone');
				return outcome.cells;
			})
		);
		const ends = await Promise.allSettled(work);
		expect(ends.map(({ status }) => status)).toEqual(
			[0, 1, 2, 3, 4].map((index) => (index === 1 ? 'rejected' : 'fulfilled'))
		);
	});

	it('waits its turn, and is refused where too many do', async () => {
		vi.resetModules(); // nobody else's files are counted
		const { read } = await import('#lib/data/reading.server.ts');
		const one = () => read({ bytes: file(3_000), asked: { limit: 5 } }, stored);
		const ends = await Promise.allSettled(Array.from({ length: 8 }, one));
		const refused = ends.flatMap((end) => (end.status === 'rejected' ? [end.reason.code] : []));
		expect(refused).toEqual(['data.busy', 'data.busy']);
	});
});
