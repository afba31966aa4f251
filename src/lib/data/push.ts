import type { z } from 'zod';
import type { Note } from './notes.ts';
import type { pushSchema } from './push-input.ts';

/** What another system says when it sends figures, and what it is answered. */

/** The answer to a key is given again for so many days; then the key is forgotten. */
export const KEPT_DAYS = 7;

/** A body of this type begins with a line of JSON, such as a recipe too long for a header. */
export const HEADED = 'application/vnd.raadslag.push';

export type Pushed = z.output<typeof pushSchema>;

/** Said in the address, else in a header, else in the body's first line. */
export function saidIn(query: URLSearchParams, headers: Headers, told: unknown): unknown {
	const head = typeof told === 'object' && told !== null ? told : {};
	const asOf = query.get('as_of') ?? headers.get('as-of');
	const fileName = query.get('file_name') ?? headers.get('file-name');
	return { ...head, ...(asOf && { asOf }), ...(fileName && { fileName }) };
}

export type PushAnswer = {
	dataset: string;
	version: { number: number; asOf: string; hash: string };
	/** The same bytes were here already: nothing new was made. */
	unchanged: boolean;
	/** Cells that are absent for being small. */
	suppressed: number;
	/** Against the version before; null for the first, and when nothing is new. */
	changes: Record<'revised' | 'new' | 'lost', number> | null;
	/** What a person should know of it though it was stored, as the preview of an upload says it. Answers kept from before have none. */
	warnings?: Note[];
};

/** Refusals that hold what a person must look at, as far as it may be kept: places and dates, and headings known before. */
export function keepable(
	params: Record<string, string | number>,
	known: Iterable<string>
): Record<string, string | number> {
	const names = new Set(known);
	return Object.fromEntries(
		Object.entries(params).filter(
			([, value]) =>
				typeof value === 'number' || /^\d{4}-\d\d-\d\d$/.test(value) || names.has(value)
		)
	);
}

/** Lines that work in a shell, for one dataset: what a page shows and a test runs. `TOKEN` is the reader's. */
export function calls(origin: string, dataset: string): Record<'send' | 'list' | 'headed', string> {
	const url = `${origin}/api/v1/datasets/${dataset}/versions`;
	const token = `-H "Authorization: Bearer $TOKEN"`;
	return {
		send: `curl -T tal.csv ${token} -H "Idempotency-Key: 2026-01" "${url}?as_of=2026-01-31"`,
		list: `curl ${token} "${url}"`,
		headed: `(echo '{"asOf":"2026-01-31","fileName":"tal.csv"}'; cat tal.csv) | curl -T - ${token} -H "Content-Type: ${HEADED}" "${url}"`
	};
}
