/**
 * What a person is told when something expected goes wrong. A refusal carries a code, never words:
 * the door turns it into a sentence in the reader's language (`error_<code>` in the messages).
 */
export class Refusal extends Error {
	readonly code: string;
	/** The HTTP status the door answers with. */
	readonly status: number;
	/** What the sentence is filled with: a row number, a column's name. Never a figure that is suppressed. */
	readonly params: Record<string, string | number>;

	constructor(code: string, status: number, params: Record<string, string | number>) {
		super(code);
		this.name = 'Refusal';
		this.code = code;
		this.status = status;
		this.params = params;
	}
}

/** Stops with a refusal. `status` defaults to 400; the rest of `details` fills the sentence. */
export function refuse(
	code: string,
	details: { status?: number } & Record<string, string | number> = {}
): never {
	const { status = 400, ...params } = details;
	throw new Refusal(code, status, params);
}

export const notFound = (): never => refuse('base.not_found', { status: 404 });
export const notAllowed = (): never => refuse('base.not_allowed', { status: 403 });

/**
 * Is this a refusal? By shape, not class: Kit's bundle and the processes hold copies of this module,
 * so `instanceof` would miss the other's.
 */
export function isRefusal(error: unknown): error is Refusal {
	return error instanceof Error && error.name === 'Refusal' && 'code' in error;
}
