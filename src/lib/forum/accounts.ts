import { z } from 'zod';
import { daysBetween } from '../base/clock.ts';

/** Service accounts: how another system comes in, with a token and to named objects only. */

/** How a token looks: a word to find it by in a log or a repository, then 32 random bytes. */
export const TOKEN = /^raadslag_[A-Za-z0-9_-]{43}$/;
export const TOKEN_WORD = 'raadslag_';

/** So many calls at once, and one more for every so many seconds. */
export const CALLS = { atOnce: 60, secondsEach: 10 };

/** A token works for at most so long: whoever uses it shows now and then that it is still wanted. */
export const MOST_DAYS = 731;

export const accountSchema = z.object({
	name: z.string().trim().min(1, 'base.required').max(120, 'base.too_long'),
	expiresOn: z.iso.date('forum.account_until'),
	objects: z
		.union([z.uuid(), z.array(z.uuid()).max(500)])
		.optional()
		.transform((ids) => [...new Set(ids === undefined ? [] : [ids].flat())])
});
export type NewAccount = z.output<typeof accountSchema>;

/** May a token made today work until then? */
export const mayLast = (today: string, until: string): boolean => {
	const days = daysBetween(today, until);
	return days >= 0 && days <= MOST_DAYS;
};

/** The secret in an `Authorization` header; null when it holds none. */
export function bearer(header: string | null): string | null {
	const [, token] = /^bearer +([\w-]+) *$/i.exec(header ?? '') ?? [];
	return token ?? null;
}

export type AccountState = 'active' | 'expired' | 'revoked';

export function stateOf(
	account: { revokedAt: Date | null; expiresOn: string },
	today: string
): AccountState {
	if (account.revokedAt) return 'revoked';
	return account.expiresOn < today ? 'expired' : 'active';
}
