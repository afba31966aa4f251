import { z } from 'zod';
import { refuse } from '../../base/errors.ts';
import { note } from '../problem.ts';
import { understandDescribed, type Description, type Put } from './described.ts';
import type { Asked, Format, Understood } from './format.ts';
import { decodePx, looksLikePx } from './px-bytes.ts';
import { PxCatalogue } from './px-catalogue.ts';
import { readGrid, readRows, type Keys } from './px-data.ts';
import { measuresOf } from './px-measures.ts';
import { aboutOf, markedCells, marksOf } from './px-notes.ts';
import { readKeywords } from './px-text.ts';
import { variablesOf, type Variable } from './px-variables.ts';

/** PX (PC-Axis), as the Nordic statistical offices publish it. */
export const px: Format = { key: 'px', name: 'PX', recognises: looksLikePx, understand };

const readingSchema = z.object({ language: z.string().max(20).nullish() });

function understand(bytes: Uint8Array, asked: Asked): Understood {
	const { text, encoding } = decodePx(bytes);
	// eslint-disable-next-line no-control-regex
	if (/[\u0000-\u0008\u000e-\u0019\u001b-\u001f]/.test(text)) refuse('data.unknown_encoding');
	const { keywords, dataAt } = readKeywords(text);
	const of = new PxCatalogue(keywords, languageOf(asked));
	const variables = variablesOf(of);
	const metric = metricOf(of, variables);
	const description: Description = {
		format: { key: px.key, name: px.name },
		reading: { language: of.language },
		encoding,
		choices:
			of.languages.length > 1
				? [
						{
							key: 'language',
							value: of.language,
							options: of.languages.map((value) => ({ value, label: value }))
						}
					]
				: [],
		about: aboutOf(of, variables),
		dimensions: variables.map(({ dimension }) => dimension),
		metric,
		measures: measuresOf(of, metric === null ? null : variables[metric]!),
		marks: marksOf(of),
		problems: of.renamed.map((params) => note('data.px_same_label', params))
	};
	const cells = variables.reduce((product, { labels }) => product * labels.length, 1);
	return understandDescribed(description, asked, (put) => {
		const keys = keysOf(of, variables);
		const marked = markedCells(of, variables);
		const noted: Put = (place, value, mark) => put(place, value, mark ?? marked.get(place));
		if (keys) {
			const width = variables
				.slice(keys.length)
				.reduce((product, { labels }) => product * labels.length, 1);
			readRows(text, dataAt, keys, width, noted);
		} else readGrid(text, dataAt, cells, noted);
	});
}

/** What was chosen now or for the version before; a reader's own language comes after. */
function languageOf({ told, earlier, language }: Asked): (string | null | undefined)[] {
	return [told, earlier]
		.map((recipe) => readingSchema.safeParse(recipe?.reading ?? {}).data?.language)
		.concat(language);
}

function metricOf(of: PxCatalogue, variables: Variable[]): number | null {
	const told = of.main('CONTVARIABLE')?.items[0]?.text;
	if (told === undefined) return null;
	const at = variables.findIndex(({ name }) => name === told);
	if (at === -1) refuse('data.px_unknown_variable', { keyword: 'CONTVARIABLE', variable: told });
	return at;
}

/** A sparse file says which variables its rows begin with: all of the stub. */
function keysOf(of: PxCatalogue, variables: Variable[]): Keys | null {
	const told = of.all('KEYS');
	if (told.length === 0) return null;
	const stub = variables.filter(({ stub }) => stub);
	return stub.map(({ name, labels, dimension }) => {
		const by = told.find(({ subject }) => subject[0] === name)?.items[0]?.text.toUpperCase();
		if (by !== 'VALUES' && by !== 'CODES')
			refuse('data.px_missing', { keyword: `KEYS("${name}")` });
		const keys = by === 'VALUES' ? labels : dimension.categories.map(({ code }) => code);
		return { variable: name, places: new Map(keys.map((key, place) => [key.trim(), place])) };
	});
}
