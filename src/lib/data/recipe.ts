import { z } from 'zod';

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
	additive: z.boolean(),
	/** The measure it rests on, as in the file: the n of a mean, the denominator of a share (D5). */
	basedOn: z.string().max(200).nullish()
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

const DIMENSIONS = ['time', 'area', 'category'] as const;

/** What each column of a table is, and how its numbers are written. */
const tableSchema = z.object({
	decimal: z.enum([',', '.']),
	thousands: z.enum(['.', ',', '']),
	missing: z.array(z.string().max(20)).max(40),
	columns: z.array(column).min(1).max(200),
	/** The dimension that `spread` columns are categories of. */
	spread: z.object({ label: name, role: z.enum(DIMENSIONS) }).nullable()
});

/** A dimension that the file describes. */
const dimension = z.object({
	/** As the file names it. */
	source: z.string().min(1).max(200),
	label: name,
	role: z.enum(DIMENSIONS)
});

/** A format's own part: a few plain words. */
const readingSchema = z.record(
	z.string().max(40),
	z.union([z.string().max(400), z.number(), z.boolean(), z.null()])
);
export type Reading = z.infer<typeof readingSchema>;

const currentSchema = z.object({
	/** The format that read the file. Only the formats themselves look at it. */
	format: z.string().min(1).max(20),
	reading: readingSchema,
	/** Null when the file describes itself. */
	table: tableSchema.nullable(),
	/** Of a file that describes itself. */
	dimensions: z.array(dimension).max(100),
	measures: z.array(measure).max(2000),
	/** Categories that are totals of the others, by column heading: small numbers are guarded against them. */
	totals: z.record(z.string(), z.array(z.string())),
	merges: z.array(merge).max(100).default([]),
	/** The owner says that noughts tell too much, and are small numbers like the rest (D5). */
	hideZeros: z.boolean().optional()
});

export const recipeSchema = z.preprocess(fromFlat, currentSchema);

export type Recipe = z.infer<typeof currentSchema>;
export type TableRecipe = Recipe & { table: NonNullable<Recipe['table']> };
export type RecipeColumn = TableRecipe['table']['columns'][number];
export type RecipeDimension = Recipe['dimensions'][number];
export type RecipeMeasure = Recipe['measures'][number];
export type Merge = Recipe['merges'][number];

/** The first recipes knew CSV only and were flat. They are stored with their versions and stay as they are. */
function fromFlat(told: unknown): unknown {
	if (typeof told !== 'object' || told === null || !('columns' in told)) return told;
	const { encoding, delimiter, decimal, thousands, missing, columns, spread, ...rest } =
		told as Record<string, unknown>;
	return {
		reading: { encoding, delimiter },
		dimensions: [],
		...rest,
		table: { decimal, thousands, missing, columns, spread }
	};
}

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
