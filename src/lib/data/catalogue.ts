import { z } from 'zod';
import { GRADES } from './citation.ts';

/** What one looks for in the catalogue, as it stands in the page's address. */

const maybe = <T extends z.ZodType>(schema: T) =>
	z
		.union([z.literal(''), schema])
		.catch('' as never)
		.optional()
		.transform((value) => (value === '' || value === undefined ? null : (value as z.output<T>)));

export const FRESHNESS = ['fresh', 'stale', 'none'] as const;
export const SORTS = ['dataset', 'indicator'] as const;

export const lookingSchema = z.object({
	q: z
		.string()
		.catch('')
		.default('')
		.transform((text) => text.trim().slice(0, 200)),
	department: maybe(z.uuid()),
	owner: maybe(z.uuid()),
	grade: maybe(z.enum([...GRADES, 'none'])),
	fresh: maybe(z.enum(FRESHNESS)),
	sort: maybe(z.enum(SORTS)),
	area: maybe(z.string().trim().max(100)),
	year: maybe(z.coerce.number().int().min(1800).max(2200))
});
export type Looking = z.output<typeof lookingSchema>;

export const lookingIn = (query: URLSearchParams): Looking =>
	lookingSchema.parse(Object.fromEntries(query));

export const NOTHING_ASKED: Looking = lookingSchema.parse({});

/** Are there more conditions than words? */
export const isFiltered = ({ q: _q, ...filters }: Looking): boolean =>
	Object.values(filters).some((value) => value !== null);

/** The words looked for: at most eight, without signs that mean something to the search. */
export const wordsIn = (text: string): string[] =>
	text
		.normalize('NFC')
		.split(/[\s,;]+/)
		.map((word) => word.replaceAll('\0', '').replace(/['\\:&|!()<>*]/g, ''))
		.filter((word) => word !== '')
		.slice(0, 8);
