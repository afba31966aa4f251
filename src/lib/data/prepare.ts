import { build } from './build.ts';
import type { Cube } from './cube.ts';
import { gridSize } from './grid.ts';
import { questionsAbout } from './personal.ts';
import { note, stop, type Problem, type Question } from './problem.ts';
import type { Recipe } from './recipe.ts';
import { suppress } from './suppress.ts';
import { complete, propose, readSource, reuse, type Source } from './understand.ts';

/**
 * From bytes to a cube that may be stored or shown: read, understood, built, small numbers suppressed.
 * The preview and the import both go this way, so what was seen is what is stored.
 */

export type Prepared = {
	source: Source;
	recipe: Recipe;
	/** Suppressed already: nothing after this point ever held a small number. */
	cube: Cube;
	problems: Problem[];
	questions: Question[];
	/** The limit that was used; null where nothing counts individuals or the dataset is exempt. */
	limit: number | null;
	suppressed: { primary: number; secondary: number; bySender: number };
};

export type Preparing = {
	/** What a person said the file is; else it is proposed. */
	recipe?: Recipe;
	/** The recipe of the version before. */
	earlier?: Recipe;
	/** Small numbers below it go; null when the dataset is exempt. */
	limit: number | null;
};

export function prepare(bytes: Uint8Array, { recipe: told, earlier, limit }: Preparing): Prepared {
	const source = readSource(bytes);
	const recipe = told ? complete(told, source.table) : fresh(source, earlier);
	const built = build(recipe, source.table);
	const last = source.table.numbers.at(-1)!;
	const problems = built.problems.map((problem) =>
		source.openEnd && problem.code === 'data.unreadable' && problem.params.row === last
			? stop('data.cut_off', { row: last })
			: problem
	);
	const questions: Question[] = questionsAbout(source.table);
	// No line break at the end is common, and so is a grid with holes; both at once look like a file cut short.
	const holes = holesIn(built.cube);
	if (holes > 0) problems.push(note('data.holes', { count: holes }));
	if (source.openEnd && holes > 0) questions.push({ column: '', kind: 'whole' });
	else if (source.openEnd) problems.push(note('data.open_end', { row: last }));
	const counting = built.cube.shape.measures.some(({ countsPeople }) => countsPeople);
	const used = counting ? limit : null;
	const guarded =
		used === null
			? { cube: built.cube, primary: 0, secondary: 0 }
			: suppress(built.cube, used, built.totals);
	return {
		source,
		recipe,
		cube: guarded.cube,
		problems,
		questions,
		limit: used,
		suppressed: {
			primary: guarded.primary,
			secondary: guarded.secondary,
			bySender: built.suppressedBySender
		}
	};
}

/** Places in the grid of some measure that the file says nothing of. */
const holesIn = ({ shape, cells }: Cube) =>
	gridSize(shape.dimensions) * cells.length - cells.reduce((sum, { size }) => sum + size, 0);

const fresh = (source: Source, earlier: Recipe | undefined) =>
	earlier ? reuse(earlier, propose(source)) : propose(source);
