import { z } from 'zod';
import { ROLES } from './recipe.ts';

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
export const readingSchema = z.record(
	z.string().max(40),
	z.union([z.string().max(400), z.number(), z.boolean(), z.null()])
);

export const currentSchema = z.object({
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
