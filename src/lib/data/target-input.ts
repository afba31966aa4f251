import { z } from 'zod';

export const targetSchema = z.object({
	kind: z.enum(['cell', 'series', 'period']),
	/** Measure key. */
	measure: z.string().min(1),
	/** Category codes by dimension key; for a series those that hold it fixed, for a period the period. */
	coordinates: z.record(z.string(), z.string()),
	/** The edition it is in, where the figure shows two (a coupling). */
	versionId: z.uuid().optional()
});
