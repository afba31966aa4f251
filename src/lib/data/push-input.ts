import { z } from 'zod';
import { asOfSchema } from './description.ts';
import { recipeSchema } from './recipe-input.ts';

export const pushSchema = z.object({
	asOf: asOfSchema,
	fileName: z.string().trim().min(1).max(200).default('push'),
	recipe: recipeSchema.optional()
});

const keySchema = z.string().regex(/^[\x21-\x7e]{1,200}$/);

/** The `Idempotency-Key`, when it is one; `undefined` when there is none, null when it cannot be used. */
export function keyIn(headers: Headers): string | undefined | null {
	const key = headers.get('idempotency-key');
	return key === null ? undefined : (keySchema.safeParse(key).data ?? null);
}
