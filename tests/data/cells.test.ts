import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { Cells } from '#lib/data/cells.ts';
import type { Cell } from '#lib/data/cube.ts';

const cell = fc.oneof(
	fc
		.double({ noNaN: true, noDefaultInfinity: true })
		.map((value): Cell => ({ value, status: 'v' })),
	fc.constantFrom<Cell>({ value: null, status: 'm' }, { value: null, status: 's' })
);

describe('cells in columns', () => {
	it.each([
		['a small grid', 300],
		['a grid that fills up', 3000],
		['a grid of two thousand million places', 2_000_000_000]
	])('do as a map does, in the order of the grid: %s', (_, room) => {
		const position = fc.oneof(fc.nat(room - 1), fc.nat(Math.min(room - 1, 40)));
		const act = fc.oneof(
			{ weight: 6, arbitrary: fc.record({ at: position, cell }) },
			{ weight: 1, arbitrary: fc.record({ at: position, cell: fc.constant(null) }) }
		);
		fc.assert(
			fc.property(fc.array(act, { maxLength: 1500, size: 'max' }), (acts) => {
				const [ours, map] = [new Cells(room), new Map<number, Cell>()];
				for (const { at, cell } of acts) {
					if (cell) {
						ours.set(at, cell);
						map.set(at, cell);
					} else expect(ours.delete(at)).toBe(map.delete(at));
				}
				const expected = [...map].sort(([a], [b]) => a - b);
				const copy = ours.copy();
				expect([...ours]).toEqual(expected);
				expect([...ours.keys()]).toEqual(expected.map(([at]) => at));
				expect(ours.size).toBe(map.size);
				for (const { at } of acts) {
					expect(ours.get(at)).toEqual(map.get(at));
					expect(ours.has(at)).toBe(map.has(at));
					expect(ours.valueAt(at)).toBe(map.get(at)?.value ?? null);
					expect(ours.statusAt(at)).toBe(map.get(at)?.status);
				}
				for (const { at } of acts) ours.delete(at);
				expect(ours.size).toBe(0);
				expect([...copy]).toEqual(expected);
			}),
			{ numRuns: 30 }
		);
	});

	it('keep no number of a cell that is suppressed after it was set', () => {
		const cells = new Cells(10, [[3, { value: 4, status: 'v' }]]).setStatus(3, 's');
		expect([...cells]).toEqual([[3, { value: null, status: 's' }]]);
		expect(cells.valueAt(3)).toBeNull();
	});

	it('refuse a place outside the grid', () => {
		for (const position of [-1, 5, 1.5, NaN])
			expect(() => new Cells(5).setValue(position, 1)).toThrow(RangeError);
	});

	it('cost tens of megabytes for a million, not hundreds', () => {
		const before = process.memoryUsage().arrayBuffers;
		const filled = new Cells(1_000_000);
		const scattered = new Cells(2_000_000_000);
		for (let at = 0; at < 1_000_000; at++) {
			filled.setValue(at, at);
			scattered.setValue(at * 1999, at);
		}
		expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(200 * 1024 * 1024);
		expect([filled.size, scattered.size]).toEqual([1_000_000, 1_000_000]);
	});
});
