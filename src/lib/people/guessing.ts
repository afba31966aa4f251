/**
 * Guessing at passwords is slowed, not shut: after some free failures each one doubles the wait before
 * the next try is even looked at. Per account (someone guesses at one person) and per address (someone
 * guesses at many).
 */
export type Limit = {
	/** Failures before waiting begins. */
	free: number;
	/** The longest wait, in seconds. */
	most: number;
};

export const LIMITS = {
	account: { free: 5, most: 300 },
	address: { free: 30, most: 60 }
} satisfies Record<string, Limit>;

/** Failures older than this are forgotten, in seconds. */
export const MEMORY = 3600;

/** Seconds to wait yet before another try, `since` seconds after the last of `failures`. 0: go ahead. */
export function waitFor(limit: Limit, failures: number, since: number): number {
	if (failures < limit.free) return 0;
	const wait = Math.min(limit.most, 2 ** Math.min(failures - limit.free, 20));
	return Math.max(0, Math.ceil(wait - since));
}
