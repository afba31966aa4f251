import { z } from 'zod';

/** What a dataset looks like, as far as it is read. Its figures are looked at one by one, apart. */

const size = z.union([
	z.number().int().nonnegative(),
	z
		.string()
		.regex(/^\d{1,10}$/)
		.transform(Number)
]);
const ids = z.array(z.string().max(400)).max(100);
const role = z.object({ time: ids.optional(), geo: ids.optional(), metric: ids.optional() });
const notes = z.union([z.string(), z.array(z.string())]);
/** Words a producer may leave out or write as null. */
const text = z.string().nullish().catch(undefined);

export const datasetSchema = z.object({
	/** 1.x has these three inside `dimension`. */
	id: ids.optional(),
	size: z.array(size).max(100).optional(),
	role: role.optional().catch(undefined),
	label: text,
	source: text,
	updated: text,
	note: notes.optional().catch(undefined),
	dimension: z.record(z.string(), z.unknown()),
	value: z.unknown().optional(),
	status: z.unknown().optional(),
	extension: z
		.object({
			status: z
				.object({ label: z.record(z.string(), z.string()) })
				.optional()
				.catch(undefined),
			px: z
				.object({
					decimals: z.number().int().min(0).max(20).optional().catch(undefined),
					nextUpdate: text,
					'next-update': text,
					updateFrequency: text
				})
				.optional()
				.catch(undefined)
		})
		.optional()
		.catch(undefined)
});
export type Dataset = z.infer<typeof datasetSchema>;

export const idsSchema = ids;
export const sizesSchema = z.array(size).max(100);
export const roleSchema = role;

const code = z.union([z.string(), z.number().transform(String)]);

export const dimensionSchema = z.object({
	label: text,
	note: notes.optional().catch(undefined),
	category: z.object({
		index: z.union([z.array(code), z.record(z.string(), z.number())]).optional(),
		label: z.record(z.string(), z.string().nullable()).optional(),
		child: z.record(z.string(), z.array(code)).optional().catch(undefined),
		note: z.record(z.string(), notes).optional().catch(undefined),
		unit: z
			.record(
				z.string(),
				z.object({
					label: text,
					symbol: text,
					base: text,
					type: text,
					decimals: z.number().int().min(0).max(20).optional().catch(undefined)
				})
			)
			.optional()
			.catch(undefined)
	})
});
export type JsonDimension = z.infer<typeof dimensionSchema>;

export const notesOf = (note: string | string[]): string[] =>
	[note]
		.flat()
		.filter((one) => one.trim() !== '')
		.slice(0, 500)
		.map((one) => one.slice(0, 2000));
