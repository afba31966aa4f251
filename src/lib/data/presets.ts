import type { PullInput } from './pull.ts';

/** Addresses ready to fill in: the two kinds of statistics bank that Nordic agencies run. */

export const PRESETS = ['statbank', 'pxweb'] as const;

type Ready = Omit<PullInput, 'rhythm'>;

/**
 * Statistics Denmark's StatBank, https://api.statbank.dk: a table by its name, and for each variable the values
 * wanted ('*' is all). Asked for as JSON-stat, which says its own dimensions and units.
 */
export function statbank(table: string, variables: string, lang: 'da' | 'en' = 'da'): Ready {
	const wanted = variablesIn(variables).map(({ code, values }) => ({ code, values }));
	return {
		url: 'https://api.statbank.dk/v1/data',
		method: 'POST',
		body: JSON.stringify({ table, format: 'JSONSTAT', lang, variables: wanted }, null, 2),
		headers: 'Content-Type: application/json'
	};
}

/** A PxWeb table, such as those of Statistics Sweden, Norway, Finland, Iceland and Greenland: the address is the table's own. */
export function pxweb(url: string, variables: string): Ready {
	const query = variablesIn(variables).map(({ code, values }) => ({
		code,
		selection: values.includes('*') ? { filter: 'all', values: ['*'] } : { filter: 'item', values }
	}));
	return {
		url,
		method: 'POST',
		body: JSON.stringify({ query, response: { format: 'json-stat2' } }, null, 2),
		headers: 'Content-Type: application/json'
	};
}

/** 'OMRÅDE = 461, 851' on each line; a line without values wants all of them. */
export function variablesIn(text: string): { code: string; values: string[] }[] {
	return text
		.split(/\r?\n/)
		.map((line) => line.split('='))
		.map(([code = '', ...rest]) => ({
			code: code.trim(),
			values: rest
				.join('=')
				.split(',')
				.map((value) => value.trim())
				.filter(Boolean)
		}))
		.filter(({ code }) => code !== '')
		.map(({ code, values }) => ({ code, values: values.length > 0 ? values : ['*'] }));
}
