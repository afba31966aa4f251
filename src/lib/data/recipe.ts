import { z } from 'zod';
import { ENCODINGS } from './encoding.ts';

/**
 * How a file was understood, and corrected by a person: what each column is. The same recipe on the
 * same bytes gives the same cube. Stored with the version, so that how it was read can be read.
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

const name = z.string().trim().min(1).max(200);

const column = z.object({
	/** Heading in the file: the column is found by it, so a later file may order columns otherwise. */
	name: z.string().min(1).max(200),
	role: z.enum(ROLES),
	/** What readers see; the heading unless changed. */
	label: name
});

const measure = z.object({
	/** As in the file: the value of the measure-name column, or the heading. */
	source: z.string().min(1).max(200),
	label: name,
	unit: z.string().trim().max(40),
	countsPeople: z.boolean(),
	additive: z.boolean()
});

const merge = z.object({
	/** Heading of the dimension's column. */
	column: z.string().min(1).max(200),
	into: name,
	from: z.array(z.string().min(1)).min(2),
	reason: name.max(1000),
	/** What was lost by it. */
	lost: z.string().trim().max(1000).default('')
});

export const recipeSchema = z.object({
	format: z.literal('csv'),
	encoding: z.enum(ENCODINGS),
	delimiter: z.enum([';', '\t', '|', ',']),
	decimal: z.enum([',', '.']),
	thousands: z.enum(['.', ',', '']),
	missing: z.array(z.string().max(20)).max(40),
	columns: z.array(column).min(1).max(200),
	/** The dimension that `spread` columns are categories of. */
	spread: z.object({ label: name, role: z.enum(['time', 'area', 'category']) }).nullable(),
	measures: z.array(measure).max(2000),
	/** Categories that are totals of the others, by column heading: small numbers are guarded against them. */
	totals: z.record(z.string(), z.array(z.string())),
	merges: z.array(merge).max(100).default([])
});

export type Recipe = z.infer<typeof recipeSchema>;
export type RecipeColumn = Recipe['columns'][number];
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
