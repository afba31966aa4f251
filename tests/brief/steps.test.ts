import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { after, MOVES, movesFrom, STEPS } from '#lib/brief/steps.ts';

describe('a brief on its way to the forum', () => {
	test.each([
		['draft', ['review', 'owners', 'publish']],
		['in_review', ['review', 'owners', 'back', 'publish']],
		['with_owners', ['review', 'owners', 'back', 'publish']],
		['published', []]
	] as const)('can from %s do %j', (step, moves) => {
		expect(movesFrom(step)).toEqual(moves);
	});

	test('asking a late reader does not take the owners’ question back', () => {
		expect(after('with_owners', 'review')).toBe('with_owners');
		expect(after('in_review', 'owners')).toBe('with_owners');
	});

	test('however it is moved, publishing is one move away until it is done, and then nothing is', () => {
		fc.assert(
			fc.property(fc.array(fc.constantFrom(...MOVES)), (moves) => {
				let step: (typeof STEPS)[number] = 'draft';
				for (const move of moves) step = after(step, move) ?? step;
				const last = after(step, 'publish');
				expect(last).toBe(step === 'published' ? null : 'published');
				if (step === 'published') expect(moves).toContain('publish');
			})
		);
	});
});
