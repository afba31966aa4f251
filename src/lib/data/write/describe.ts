import { refuse } from '../../base/errors.ts';
import { understand } from '../formats/formats.ts';
import type { Recipe } from '../recipe.ts';
import { jsonstatPieces } from './jsonstat.ts';

/** A code and what fills its sentence, in words. */
type Explain = (code: string, params: Record<string, string | number>) => string;

/**
 * A file as it is understood, without a limit for small numbers: it goes nowhere. `reading` chooses a
 * sheet, a dataset or a language. Refuses what stops an import, with the first reason.
 */
export function describeFile(
	bytes: Uint8Array,
	reading: Recipe['reading'],
	explain: Explain
): Generator<string> {
	const proposed = understand(bytes);
	const chosen = Object.keys(reading).length > 0;
	const read = chosen
		? understand(bytes, {
				told: { ...proposed.recipe, reading: { ...proposed.recipe.reading, ...reading } }
			})
		: proposed;
	const { cube, problems, questions, facts } = read;
	const stopping = problems.find(({ severity }) => severity === 'stop');
	if (stopping) refuse(stopping.code, stopping.params);
	const { title, source, updated, notes } = facts.about;
	return jsonstatPieces(cube, {
		...(title ? { label: title } : {}),
		...(source ? { source } : {}),
		...(updated ? { updated } : {}),
		...(notes ? { note: notes } : {}),
		extension: {
			format: facts.format,
			encoding: facts.encoding,
			warnings: [
				...problems.map(({ code, params }) => explain(code, params)),
				...questions.map(({ kind, column }) => explain(`data.confirm_${kind}`, { column }))
			],
			reading: read.recipe.reading,
			choices: Object.fromEntries(
				facts.choices.map(({ key, options }) => [key, options?.map(({ value }) => value) ?? null])
			)
		}
	});
}
