import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findConflicts, verdictOn, type RunningGoal, type Verdict } from '#lib/case/conflicts.ts';
import type { Consequence } from '#lib/case/consequences.ts';
import { middle, spread, viewLevels } from '#lib/case/views.ts';

const goal = (fields: Partial<RunningGoal> = {}): RunningGoal => ({
	id: 'g',
	title: 'Færre fraværsdage',
	ownerName: 'Jonas Bruun',
	departmentId: 'social',
	confidential: false,
	indicator: { datasetId: 'd', measure: 'fravær', label: 'Fravær', direction: 'down' },
	...fields
});
const line = (fields: Partial<Consequence> = {}): Consequence => ({
	id: 'l',
	optionId: 'o',
	root: 'l',
	about: 'citizens',
	what: 'Flere hjemmedage',
	department: null,
	effect: null,
	likelihood: null,
	assumption: '',
	toldBy: '',
	ore: null,
	yearly: false,
	from: null,
	to: null,
	funding: '',
	indicator: { datasetId: 'd', measure: 'fravær', label: 'Fravær', direction: 'up' },
	saidBy: 'p',
	saidByName: 'Tove',
	saidAt: new Date(0),
	withdrawn: null,
	replaced: false,
	...fields
});
const moves = (direction: 'up' | 'down' | null) =>
	line({ indicator: { datasetId: 'd', measure: 'fravær', label: null, direction } });

describe('an option and a running goal', () => {
	test('pull apart when the option moves the goal’s indicator the other way', () => {
		expect(findConflicts([moves('up')], [goal()])).toEqual([
			{ optionId: 'o', goalId: 'g', ground: 'against', lines: ['l'] }
		]);
		expect(findConflicts([moves('down')], [goal()])).toEqual([]);
	});
	test('are shown side by side when nobody says which way, and when the cost falls in the goal’s department', () => {
		expect(findConflicts([moves(null)], [goal()])[0]!.ground).toBe('same_indicator');
		const cost = line({
			indicator: null,
			effect: 'cost',
			department: { id: 'social', name: 'Social' }
		});
		expect(findConflicts([cost], [goal({ indicator: null })])[0]!.ground).toBe('department');
		expect(findConflicts([{ ...cost, effect: 'gain' }], [goal()])).toEqual([]);
	});
	test('another measure, another dataset, a line taken back or said anew is nothing', () => {
		const other = { datasetId: 'd', measure: 'trivsel', label: null, direction: 'up' as const };
		for (const one of [
			line({ indicator: other }),
			line({ indicator: { ...other, measure: 'fravær', datasetId: 'e' } }),
			{ ...moves('up'), replaced: true },
			{ ...moves('up'), withdrawn: { at: new Date(), byName: 'x', reason: '' } }
		])
			expect(findConflicts([one], [goal()])).toEqual([]);
	});
	test('one finding for each option and goal, on its strongest ground, whatever the order', () => {
		const all = [
			moves('up'),
			{ ...moves(null), id: 'm' },
			{
				...line({ indicator: null, effect: 'cost', department: { id: 'social', name: '' } }),
				id: 'n'
			}
		];
		fc.assert(
			fc.property(fc.shuffledSubarray(all, { minLength: 1 }), (lines) => {
				const found = findConflicts(lines, [goal()]);
				expect(found).toHaveLength(1);
				const strongest = lines.some(({ id }) => id === 'l')
					? 'against'
					: lines.some(({ id }) => id === 'm')
						? 'same_indicator'
						: 'department';
				expect(found[0]!.ground).toBe(strongest);
			}),
			{ numRuns: 30 }
		);
	});
	test('a word holds until something stronger is found', () => {
		const said = (ground: Verdict['ground'], verdict: Verdict['verdict']): Verdict => ({
			optionId: 'o',
			goalId: 'g',
			goalTitle: 'x',
			ground,
			verdict,
			reason: 'x',
			byName: 'Tove',
			at: new Date()
		});
		const [found] = findConflicts([moves('up')], [goal()]);
		expect(verdictOn(found!, [said('department', 'dismissed')])).toBeNull();
		expect(verdictOn(found!, [said('against', 'dismissed')])!.verdict).toBe('dismissed');
		expect(
			verdictOn(found!, [said('against', 'dismissed'), said('against', 'confirmed')])!.verdict
		).toBe('confirmed');
	});
});

describe('what people say of one part', () => {
	test('is counted, and the shape goes through somebody’s own word', () => {
		fc.assert(
			fc.property(fc.array(fc.constantFrom(...viewLevels), { maxLength: 9 }), (levels) => {
				const views = levels.map((level) => ({ part: 'value' as const, level }));
				const counts = spread(views, 'value');
				expect(counts.low + counts.medium + counts.high).toBe(levels.length);
				const shown = middle(counts);
				if (levels.length === 0) expect(shown).toBeNull();
				else expect(levels).toContain(shown);
				expect(spread(views, 'support')).toEqual({ low: 0, medium: 0, high: 0 });
			}),
			{ numRuns: 60 }
		);
	});
});
