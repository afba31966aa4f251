import { z } from 'zod';
import { KINDS, PER } from './derive.ts';

const text = (most: number) => z.string().trim().min(1, 'base.required').max(most, 'base.too_long');

/** A form says all fields; what the kind does not use is left out. */
export const derivedSchema = z.object({
	label: text(200),
	kind: z.enum(KINDS),
	numerator: text(200),
	denominator: z.string().max(200).default(''),
	per: z.coerce
		.number()
		.refine((per) => (PER as readonly number[]).includes(per))
		.default(1000),
	basePeriod: z.string().max(100).default(''),
	decimals: z.coerce.number().int().min(0).max(6).default(1),
	/** What it is for, and why it is counted so. */
	reason: text(1000)
});
export type DerivedInput = z.infer<typeof derivedSchema>;
