import { note, type Problem } from './problem.ts';
import type { Outcome } from './reader.ts';

/**
 * What a person should know of a file that can be stored: what reading it left aside, and how its small numbers are
 * guarded. Told alike in the preview, in the answer to a push, and of a version that was fetched.
 */
export type Note = Pick<Problem, 'code' | 'params'>;

export function notesOn(
	of: Pick<Outcome, 'problems' | 'found' | 'given' | 'left'>
): (Note & { severity: 'note' })[] {
	const told = of.problems.filter(({ severity }) => severity === 'note');
	return [...told, ...onGuarding(of)].map((one) => ({ ...one, severity: 'note' }));
}

/** `left`: what was published before and could not be held against these. */
export function onGuarding({
	found = [],
	given,
	left
}: Partial<Pick<Outcome, 'found'>> & Pick<Outcome, 'given' | 'left'>): Problem[] {
	const several = (labels: string[]) =>
		labels.length > 4
			? `${labels.slice(0, 3).join(' + ')} + … + ${labels.at(-1)}`
			: labels.join(' + ');
	const sums = found
		.slice(0, 3)
		.map(({ totals, parts }) => `${several(totals)} = ${several(parts)}`)
		.concat(found.length > 3 ? ['…'] : []);
	return [
		...(sums.length > 0 ? [note('data.sums_found', { sums: sums.join('; ') })] : []),
		...(given > 0 ? [note('data.given_away', { count: given })] : []),
		...(left > 0 ? [note('data.not_held', { count: left })] : [])
	];
}

/** As they are kept with a version. */
export const kept = (notes: Note[]): Note[] => notes.map(({ code, params }) => ({ code, params }));
