import type { Cube, CubeShape } from './cube.ts';
import type { Understood } from './formats/format.ts';
import { understand } from './formats/formats.ts';
import { NO_RENAMES, renamed, renamedTotals, type Renames } from './mapping.ts';
import { type Recipe } from './recipe.ts';
import { recipeSchema } from './recipe-input.ts';
import { withBases } from './small/shares.ts';
import type { Published } from './small/widen.ts';
import { suppress, type TotalLine } from './suppress.ts';
import type { Totals } from './totals.ts';

/**
 * From bytes to a cube that may be stored or shown: read, understood, built, small numbers suppressed.
 * The preview and the import both go this way, so what was seen is what is stored.
 */

export type Prepared = Omit<Understood, 'totals' | 'suppressedBySender'> & {
	/** Suppressed already: nothing after this point ever held a small number. */
	cube: Cube;
	/** The limit that was used; null where nothing counts individuals or the dataset is exempt. */
	limit: number | null;
	suppressed: { primary: number; secondary: number; bySender: number };
	/** Sums that nobody declared but that hold through the cube. */
	found: TotalLine[];
	/** Every sum the numbers were guarded against, to guard them again by. */
	sums: Totals;
	/** Small cells that an earlier publication gives away whatever is hidden now. */
	given: number;
	/** Cells published before that were too many to be held against these. */
	left: number;
};

export type Preparing = {
	/** What a person said the file is; else it is proposed. */
	recipe?: Recipe;
	/** The recipe of the version before, as it is stored. */
	earlier?: Recipe;
	/** The reader's language, for a file that has several. */
	language?: string;
	/** Small numbers below it go; null when the dataset is exempt. */
	limit: number | null;
	/** Told how much is done, from 0 to 1. */
	onprogress?: (share: number) => void;
	/** What is said of the dataset's categories, and how its newest version labels them. */
	known?: { renames?: Renames; newest?: CubeShape };
};

/** Read and understood, and nothing guarded yet: it goes nowhere but to `guard`. */
export type Unguarded = Omit<Understood, 'totals'> & {
	limit: number | null;
	declared: Totals;
	/** A cube of the owner's, under the names this one has. */
	named: (of: Published) => Published;
};

/** How far one has come when the bytes are read, and when they are understood. */
const [READ, UNDERSTOOD] = [0.6, 0.8];

export function comprehend(
	bytes: Uint8Array,
	{ recipe, earlier, language, limit, onprogress, known = {} }: Preparing
): Unguarded {
	const { totals, ...read } = understand(bytes, {
		told: recipe && recipeSchema.parse(recipe),
		earlier: earlier && recipeSchema.parse(earlier),
		language,
		onprogress: (share) => onprogress?.(share * READ)
	});
	onprogress?.(UNDERSTOOD);
	// Renamed first: figures are guarded under the names they are compared by, those published before as well.
	const { renames = NO_RENAMES, newest } = known;
	const named = (of: Published): Published => ({
		...of,
		shape: renamed(of.shape, renames, newest),
		sums: of.sums && renamedTotals(of.sums, of.shape, renames)
	});
	const based = withBases(read.cube, read.recipe.measures);
	const counting = based.shape.measures.some(({ countsPeople }) => countsPeople);
	return {
		...read,
		cube: named(based),
		limit: counting ? limit : null,
		declared: renamedTotals(totals, based.shape, renames),
		named
	};
}

/** `published`: what the owner published before about the same cells, newest first. */
export function guard(
	{ cube, limit, declared, named, suppressedBySender, ...read }: Unguarded,
	published: Published[] = []
): Prepared {
	const guarded =
		limit === null
			? { cube, primary: 0, secondary: 0, given: 0, left: 0, found: [], sums: {} }
			: suppress(cube, limit, {
					declared,
					hideZeros: read.recipe.hideZeros,
					earlier: published.map(named)
				});
	const { primary, secondary, found, sums, given, left } = guarded;
	return {
		...read,
		cube: cube.marks ? { ...guarded.cube, marks: cube.marks } : guarded.cube,
		limit,
		suppressed: { primary, secondary, bySender: suppressedBySender },
		found,
		sums,
		given,
		left
	};
}
