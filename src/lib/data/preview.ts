import type { Changes } from './compare.ts';
import type { Cell, CubeShape } from './cube.ts';
import type { Facts } from './formats/format.ts';
import type { Question } from './problem.ts';
import type { Recipe } from './recipe.ts';

/** What the import page shows before anything is stored. Small numbers are suppressed here already. */
export type Preview = {
	/** sha256 of the file: confirming sends the same file again. */
	hash: string;
	recipe: Recipe;
	/** How the file was read. */
	facts: Omit<Facts, 'table'> & {
		table: { rows: number; headerRow: number; columns: PreviewColumn[] } | null;
	};
	shape: CubeShape;
	/** The first rows of the cube: category labels, then one cell for each measure. */
	lines: { categories: string[]; cells: (Cell | null)[] }[];
	counts: { cells: number; missing: number; suppressed: number; guarded: number; bySender: number };
	limit: number | null;
	problems: { code: string; message: string; severity: 'stop' | 'note' }[];
	questions: Question[];
	/** Against the version before, when there is one. */
	changes: Changes | null;
	/** The number it will be stored as. */
	number: number;
};

export type PreviewColumn = {
	name: string;
	filled: number;
	missing: number;
	distinct: number;
	/** A few of its values; none of a column that holds numbers. */
	samples: string[];
};
