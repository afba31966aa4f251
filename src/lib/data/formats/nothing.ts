import type { Problem } from '../problem.ts';
import type { Facts, Format, Understood } from './format.ts';

/** A file that cannot be read before a person has chosen: no cube yet, and what there is to choose. */
export const nothing = (
	format: Format,
	facts: Pick<Facts, 'encoding' | 'choices'>,
	problems: Problem[]
): Understood => ({
	recipe: {
		format: format.key,
		reading: {},
		table: null,
		dimensions: [],
		measures: [],
		totals: {},
		merges: []
	},
	cube: { shape: { dimensions: [], measures: [] }, cells: [] },
	totals: {},
	problems,
	questions: [],
	suppressedBySender: 0,
	facts: { ...facts, format: format.name, table: null, about: {} }
});
