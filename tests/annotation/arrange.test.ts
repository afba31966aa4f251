import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arrange } from '#lib/annotation/arrange.ts';

const gap = 10;
const at = (map: Map<string, number>) => Object.fromEntries(map);

describe('notes in the margin', () => {
	it('stand at their lines where there is room', () => {
		const blocks = [
			{ id: 'a', top: 100, height: 50 },
			{ id: 'b', top: 300, height: 50 }
		];
		expect(at(arrange(blocks, { gap, from: 0 }))).toEqual({ a: 100, b: 300 });
	});

	it('move down for the one before, and up for the one in hand', () => {
		const blocks = [
			{ id: 'a', top: 200, height: 50 },
			{ id: 'b', top: 220, height: 50 },
			{ id: 'c', top: 230, height: 50 }
		];
		expect(at(arrange(blocks, { gap, from: 0 }))).toEqual({ a: 200, b: 260, c: 320 });
		expect(at(arrange(blocks, { gap, from: 0, inHand: 'b' }))).toEqual({ a: 160, b: 220, c: 280 });
		expect(at(arrange(blocks, { gap, from: 180, inHand: 'b' }))).toEqual({
			a: 180,
			b: 240,
			c: 300
		});
	});

	it('never lie over one another or above the head, whatever they are', () => {
		const block = fc.record({
			top: fc.integer({ min: -500, max: 3000 }),
			height: fc.integer({ min: 1, max: 400 })
		});
		fc.assert(
			fc.property(
				fc.array(block, { maxLength: 20 }),
				fc.nat(200),
				fc.nat(25),
				(list, from, pick) => {
					const blocks = list.map((one, i) => ({ ...one, id: `n${i}` }));
					const tops = arrange(blocks, { gap, from, inHand: `n${pick}` });
					const placed = blocks
						.map(({ id, height, top }) => ({ at: tops.get(id)!, height, top }))
						.sort((a, b) => a.at - b.at);
					for (const [i, one] of placed.entries()) {
						expect(one.at).toBeGreaterThanOrEqual(from);
						const next = placed[i + 1];
						if (!next) continue;
						expect(next.at).toBeGreaterThanOrEqual(one.at + one.height + gap);
						expect(next.top).toBeGreaterThanOrEqual(one.top);
					}
				}
			)
		);
	});
});
