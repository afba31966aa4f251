/** What a page may send: checked at the door. Apart from note.ts, so that pages do without the checking. */
import { z } from 'zod';
import { targetSchema } from '#lib/data/target-input.ts';
import { QUOTE_MAX } from './anchor.ts';
import { BODY_MAX, KINDS } from './note.ts';

const position = z.base64('base.invalid').min(1).max(400);
const context = z.string().max(64);

/** Words of the shared text. */
export const anchorSchema = z.object({
	section: z.string().min(1).max(80),
	start: position,
	end: position,
	quote: z.string().max(QUOTE_MAX).regex(/\S/u, 'annotation.no_words'),
	prefix: context,
	suffix: context
});

export const figureSchema = z.object({
	figureId: z.uuid(),
	versionId: z.uuid(),
	target: targetSchema
});

export const bodySchema = z.string().trim().min(1, 'annotation.empty').max(BODY_MAX);
export const kindSchema = z.enum(KINDS);
/** How much of notes was read. */
export const readSchema = z
	.array(z.object({ id: z.uuid(), said: z.int().min(1).max(100_000) }))
	.max(2000);
