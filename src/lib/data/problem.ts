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
