import type { z } from 'zod';
import type { pullSchema } from './pull-input.ts';

/** Figures that are fetched by the clock: what is asked of which address, how often, and when next. */

export const RHYTHMS = ['daily', 'weekly', 'monthly'] as const;
export type Rhythm = (typeof RHYTHMS)[number];

/** unchanged: nothing new there. refused: a person must look. failed: it may go better by itself. */
export const OUTCOMES = ['stored', 'unchanged', 'refused', 'failed'] as const;
export type Outcome = (typeof OUTCOMES)[number];

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const EVERY: Record<Rhythm, number> = { daily: DAY, weekly: 7 * DAY, monthly: 30 * DAY };

/** After so many tries in a row that failed it is left until its next turn. */
export const TRIES = 8;

/**
 * When to ask again. A try that failed is repeated after 5, 10, 20 … minutes, and no sooner than the other end
 * asks for; anything else waits its turn, because asking again at once would get the same.
 */
export function nextAt(
	now: Date,
	rhythm: Rhythm,
	{ outcome, failures, seconds = 0 }: { outcome: Outcome; failures: number; seconds?: number }
): Date {
	const turn = EVERY[rhythm];
	if (outcome !== 'failed' || failures >= TRIES) return new Date(now.getTime() + turn);
	const wait = 5 * MINUTE * 2 ** Math.max(0, failures - 1);
	return new Date(now.getTime() + Math.min(turn, Math.max(wait, Math.min(seconds * 1000, DAY))));
}

/** Is this refusal worth another try soon? */
export function passes(code: string, params: Record<string, string | number>): boolean {
	if (['base.outside_away', 'base.outside_unknown', 'data.push_cut'].includes(code)) return true;
	return code === 'base.outside_answer' && /^(408|425|429|5\d\d)$/.test(String(params.answer));
}

/** Headers that are ours, the connection's, or made to hold a secret, which would stand here for all to read. */
const NOT_OURS =
	/^(host|connection|content-length|content-encoding|transfer-encoding|accept-encoding|te|upgrade|expect|trailer|keep-alive|forwarded|via|proxy-.*|x-forwarded-.*|if-.*)$/;
const SECRET = /auth|cookie|token|key|secret|passw|signature|credential/;

/** 'Accept: text/csv' on each line. Null when a line is something else. */
export function headersIn(text: string): Record<string, string> | null {
	const headers: Record<string, string> = {};
	for (const line of text.split(/\r?\n/).filter((line) => line.trim() !== '')) {
		const [, name, value] =
			/^([A-Za-z0-9-]{1,60}):[ \t]*([\x20-\x7e]{0,400})$/.exec(line.trim()) ?? [];
		if (!name || NOT_OURS.test(name.toLowerCase())) return null;
		headers[name.toLowerCase()] = value!.trim();
	}
	return Object.keys(headers).length > 20 ? null : headers;
}

export const holdsSecret = (headers: Record<string, string>, url: string): boolean =>
	Object.keys(headers).some((name) => SECRET.test(name)) ||
	[...(URL.parse(url)?.searchParams.keys() ?? [])].some((name) =>
		/^(.*[-_])?(api[-_]?key|token|secret|passw(or)?d|signature|sig)$/i.test(name)
	);

export type Pulled = z.output<typeof pullSchema>;
export type PullInput = z.input<typeof pullSchema>;

/** A file's name for what came from there: the last word of the path. */
export function nameIn(url: string): string {
	const { hostname, pathname } = new URL(url);
	return decoded(pathname.split('/').filter(Boolean).at(-1) ?? hostname).slice(0, 200);
}

function decoded(text: string): string {
	try {
		return decodeURIComponent(text);
	} catch {
		return text;
	}
}
