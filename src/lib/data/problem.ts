/** Something about a file that a person must know: it stops the import, or is only worth a look. */
export type Problem = {
	code: string;
	params: Record<string, string | number>;
	severity: 'stop' | 'note';
};

export const stop = (code: string, params: Problem['params'] = {}): Problem => ({
	code,
	params,
	severity: 'stop'
});

export const note = (code: string, params: Problem['params'] = {}): Problem => ({
	code,
	params,
	severity: 'note'
});

/**
 * What only a person can answer before the file is taken in: does this column hold persons' names or
 * homes, is the file whole? The answer is on record.
 */
export const QUESTIONS = ['names', 'addresses', 'whole'] as const;
export type Question = { column: string; kind: (typeof QUESTIONS)[number] };
