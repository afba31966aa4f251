import type { z } from 'zod';
import type { currentSchema, readingSchema } from './recipe-input.ts';

/**
 * How a file was understood, and corrected by a person. The same recipe on the same bytes gives the
 * same cube. Stored with the version, so that how it was read can be read.
 *
 * Two families share measures, totals and merges. A table (CSV, a sheet) says what each column is; a
 * file that describes itself (JSON-stat, PX) says so itself, and a person corrects labels and roles.
 * `reading` is the format's own: sheet, dataset, language. Its module parses it; nobody else reads it.
 */

export const ROLES = [
	'time', // a period
	'area', // a place
	'category', // any other dimension
	'measure_name', // says which measure the row's value is: "Nøgletal"
	'unit', // the unit of the row's value
	'value', // the row's value
	'measure', // a measure of its own, its heading the name
	'spread', // one of several value columns, its heading a category: 2018 | 2019, before | after
	'ignore'
] as const;
export type ColumnRole = (typeof ROLES)[number];

export const DIMENSION_ROLES: readonly ColumnRole[] = ['time', 'area', 'category'];

export type Reading = z.infer<typeof readingSchema>;

export type Recipe = z.infer<typeof currentSchema>;
export type TableRecipe = Recipe & { table: NonNullable<Recipe['table']> };
export type RecipeColumn = TableRecipe['table']['columns'][number];
export type RecipeDimension = Recipe['dimensions'][number];
export type RecipeMeasure = Recipe['measures'][number];
export type Merge = Recipe['merges'][number];

/** What spread columns hold when no column names it; a person gives it its right name. */
export const SPREAD_MEASURE = 'Værdi';

/** 'Børn i alt (0-17)' → 'boern-i-alt-0-17': how dimensions and measures are named in code and links. */
export function slug(label: string): string {
	const spelled = label
		.toLowerCase()
		.replaceAll('æ', 'ae')
		.replaceAll('ø', 'oe')
		.replaceAll('å', 'aa')
		.normalize('NFD')
		.replace(/[\u0300-\u036f]/g, '')
		.replace(/[^a-z0-9]+/g, '-')
		.replace(/^-+|-+$/g, '');
	return spelled || 'x';
}

/** Labels that mean "all of them", in any dimension. */
const TOTAL =
	/^(i alt|total|totalt|alle|alle .*|all|hele .*|samlet|samlede|sum|begge køn|both sexes|the whole .*|whole .*|all .*|.* i alt|.* total|tot)$/i;
export const looksLikeTotal = (label: string) => TOTAL.test(label.trim());
