import { z } from 'zod';
import { headersIn, RHYTHMS } from './pull.ts';

export const pullSchema = z
	.object({
		url: z.string().trim().min(1, 'base.required').max(2000, 'base.too_long'),
		method: z.enum(['GET', 'POST']),
		body: z.string().max(20_000, 'base.too_long').default(''),
		headers: z.string().max(8000, 'base.too_long').default(''),
		rhythm: z.enum(RHYTHMS)
	})
	.transform(({ headers, ...rest }, context) => {
		const found = headersIn(headers);
		if (!found) {
			context.addIssue({ code: 'custom', message: 'data.pull_header', path: ['headers'] });
			return z.NEVER;
		}
		if (rest.method === 'POST') found['content-type'] ??= 'application/json';
		return { ...rest, headers: found, body: rest.method === 'POST' ? rest.body : null };
	});
