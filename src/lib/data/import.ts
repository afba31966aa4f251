import { z } from 'zod';
import { asOfSchema, descriptionSchema, optionalDate } from './description.ts';
import { QUESTIONS } from './problem.ts';
import { recipeSchema } from './recipe-input.ts';

/** What the browser says above the file it sends: first to have it understood, then to have it stored. */

export const askingSchema = z.object({
	datasetId: z.uuid().optional(),
	recipe: recipeSchema.optional(),
	/** Already published by someone else: a new dataset's small numbers are shown. */
	exempt: z.boolean().optional()
});

export type Asking = z.output<typeof askingSchema>;

export const confirmationSchema = z.object({
	column: z.string().max(200),
	kind: z.enum(QUESTIONS)
});
/** "This column does not hold persons' names": said by whoever imports. */
export type Confirmation = z.infer<typeof confirmationSchema>;

export const importingSchema = z.object({
	/** The dataset it is a version of; else a new one is made from `description`. */
	datasetId: z.uuid().optional(),
	description: descriptionSchema.optional(),
	recipe: recipeSchema,
	/** Of the file that was previewed. */
	hash: z.string().length(64),
	fileName: z.string().min(1).max(400),
	asOf: asOfSchema,
	/** When a dataset's next figures are expected after these; nothing leaves what was said before. */
	nextUpdate: optionalDate,
	confirmations: z.array(confirmationSchema).max(200)
});
export type Importing = z.input<typeof importingSchema>;
