import { z } from 'zod';
import { GRADES } from './citation.ts';

/**
 * Where a dataset's figures come from (D3). Title, owner, definition and as-of date are asked for at
 * once; the rest is offered, and shows as missing until given.
 */

const optional = (most: number) =>
	z
		.string()
		.trim()
		.max(most, 'base.too_long')
		.nullish()
		.transform((text) => text || null);

export const optionalDate = z
	.union([z.literal(''), z.iso.date('data.as_of')])
	.nullish()
	.transform((date) => date || null);

export const descriptionSchema = z.object({
	title: z.string().trim().min(1, 'base.required').max(200, 'base.too_long'),
	definition: z.string().trim().min(1, 'base.required').max(4000, 'base.too_long'),
	ownerId: z.uuid('base.required'),
	secondId: z
		.union([z.literal(''), z.uuid()])
		.nullish()
		.transform((id) => id || null),
	source: optional(1000),
	registration: optional(4000),
	population: optional(1000),
	weaknesses: optional(4000),
	legalBasis: optional(1000),
	purpose: optional(1000),
	rhythm: optional(200),
	nextUpdate: optionalDate,
	grade: z
		.union([z.literal(''), z.enum(GRADES)])
		.nullish()
		.transform((grade) => grade || null),
	sender: optional(400),
	senderInterest: optional(1000),
	/** A form's checkbox says 'on' or nothing. */
	synthetic: z
		.union([z.boolean(), z.literal('on'), z.literal('')])
		.nullish()
		.transform((value) => value === true || value === 'on'),
	/** Already published by someone else: where. Small numbers are then shown as they are. */
	exemptReference: optional(1000)
});

export type Description = z.output<typeof descriptionSchema>;
export type DescriptionInput = z.input<typeof descriptionSchema>;

export const asOfSchema = z.iso.date('data.as_of');

/** What is asked for in a line until it is given, most wanted first. */
export const WANTED = [
	'source',
	'registration',
	'population',
	'weaknesses',
	'grade',
	'legalBasis',
	'purpose',
	'rhythm',
	'nextUpdate',
	'sender',
	'senderInterest',
	'secondId'
] as const satisfies readonly (keyof Description)[];

export type Wanted = (typeof WANTED)[number];

export const missingOf = (description: Pick<Description, Wanted>): Wanted[] =>
	WANTED.filter((key) => description[key] === null);
