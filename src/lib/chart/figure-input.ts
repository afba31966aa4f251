import { z } from 'zod';
import { KINDS } from './figure.ts';

export const figureSpecSchema = z.object({
	kind: z.enum(KINDS),
	/** Measure key. */
	measure: z.string().min(1).max(200),
	/** Category codes by dimension; a dimension not named is taken whole. */
	where: z.record(z.string(), z.array(z.string()).min(1)),
	/** The dimension along the axis (rows of the table). */
	x: z.string().min(1).max(200),
	/** The dimension that makes several lines, groups of bars, or columns. */
	series: z.string().min(1).max(200).optional(),
	/** Bars by size, or in the order of the file. */
	sort: z.enum(['value', 'given']).optional(),
	/** Category codes to be seen first; the rest are paler. For 'range': one's own, held against the others. */
	highlight: z.array(z.string()).optional(),
	/** A line to be held against: where one wants to be. */
	target: z.object({ value: z.number(), label: z.string().trim().max(60).optional() }).optional(),
	/** The course of each series as a straight line. */
	trend: z.boolean().optional(),
	/** For 'map': whose outlines are drawn (data/outline.ts). */
	outline: z.string().min(1).max(80).optional()
});
