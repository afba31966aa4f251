import fc from 'fast-check';
import { expect, test } from 'vitest';
import { dropIndex } from '#lib/ui/reorder.ts';
import { placed } from '#lib/base/order.ts';

test('an item lands where its middle is dragged to, and where it was when it is not dragged', () => {
	const heights = fc.array(fc.integer({ min: 10, max: 200 }), { minLength: 1, maxLength: 12 });
	fc.assert(
		fc.property(heights, fc.nat(), fc.integer({ min: -500, max: 3000 }), (sizes, pick, at) => {
			const from = pick % sizes.length;
			let top = 0;
			const middles = sizes.map((size) => (top += size) - size / 2);
			expect(dropIndex(middles, from, middles[from]!)).toBe(from);
			const to = dropIndex(middles, from, at);
			const items = sizes.map((_, i) => ({ id: `${i}` }));
			const order = placed(items, `${from}`, to);
			expect(order[to]!.id).toBe(`${from}`);
			expect(order.filter(({ id }) => id !== `${from}`)).toEqual(
				items.filter(({ id }) => id !== `${from}`)
			);
		})
	);
});
