import type { Cube } from '../cube.ts';
import type { Problem, Question } from '../problem.ts';
import type { Recipe } from '../recipe.ts';
import type { ColumnFacts } from '../roles.ts';
import type { Totals } from '../totals.ts';

/**
 * The one contract of a format: bytes in, a described cube out. A module is one file with helpers
 * beside it; nothing outside this folder knows which format a file was.
 */
export type Format = {
	/** As a recipe names it; never shown. */
	key: string;
	/** As people name it: 'CSV', 'Excel'. */
	name: string;
	/** Are the bytes in this format? A cheap look at how they begin. */
	recognises(bytes: Uint8Array): boolean;
	/**
	 * Reads them. Refuses (with row, column, cell or keyword) what is no such file, and CPR numbers
	 * wherever they stand. What a person can put right comes back as problems instead.
	 */
	understand(bytes: Uint8Array, asked: Asked): Understood;
};

export type Asked = {
	/** What a person said the file is; else it is proposed. */
	told?: Recipe;
	/** The recipe of the version before. */
	earlier?: Recipe;
	/** The reader's language, for a file that has several. */
	language?: string;
	/** Told now and then how much of the bytes is read, from 0 to 1. */
	onprogress?: (share: number) => void;
};

export type Understood = {
	/** Told or proposed, and complete: the same recipe on the same bytes gives this cube. */
	recipe: Recipe;
	/** As the file has it: nothing is suppressed yet. Empty when a problem stops it. */
	cube: Cube;
	/** Categories that are totals of the others, by dimension key. */
	totals: Totals;
	problems: Problem[];
	questions: Question[];
	/** Cells the sender had suppressed already: '<10'. */
	suppressedBySender: number;
	facts: Facts;
};

/** What the import page tells of how a file was read. */
export type Facts = {
	/** The format's name. */
	format: string;
	encoding: string | null;
	/** Of a table: rows under the heading, the heading's row, and what is in each column. */
	table: { rows: number; headerRow: number; columns: ColumnFacts[] } | null;
	/** What a person may choose differently: `reading` with this key changed reads the file anew. */
	choices: Choice[];
	/** What the file says of itself. */
	about: About;
};

export type Choice = {
	/** A key of the recipe's `reading`. */
	key: 'delimiter' | 'sheet' | 'range' | 'dataset' | 'language';
	value: string | null;
	/** Null: free text. */
	options: ChoiceOption[] | null;
};
export type ChoiceOption = { value: string; label: string };

export type About = {
	title?: string;
	source?: string;
	/** As the file writes it. */
	updated?: string;
	/** The day that is, 'YYYY-MM-DD', where it can be read. */
	updatedOn?: string;
	/** The day new figures are promised, 'YYYY-MM-DD'. */
	nextUpdate?: string;
	/** How often new figures come, in the file's words. */
	rhythm?: string;
	notes?: string[];
	/** Units the file gives its measures, by the measure's `source`. */
	units?: Record<string, string>;
};
