import { refuse } from '../../base/errors.ts';
import type { Category } from '../cube.ts';
import { headingIs } from '../guess.ts';
import { isPeriod } from '../periods.ts';
import type { DescribedDimension } from './described.ts';
import type { PxCatalogue } from './px-catalogue.ts';
import { periodOf, timesOf } from './px-time.ts';

/** One variable of STUB or HEADING. */
export type Variable = {
	/** In the main language, and in the one that is read. */
	name: string;
	shown: string;
	stub: boolean;
	/** Its values in the main language: keywords name them so. */
	labels: string[];
	/** Its values in the language that is read. */
	shownLabels: string[];
	dimension: DescribedDimension;
};

/** STUB and HEADING with their values, HEADING's last turning fastest. Refuses with the keyword. */
export function variablesOf(of: PxCatalogue): Variable[] {
	const stub = namesIn(of, 'STUB');
	const heading = namesIn(of, 'HEADING');
	const all = [...stub, ...heading];
	if (all.length === 0) refuse('data.px_missing', { keyword: 'STUB' });
	if (all.length > 100) refuse('data.px_too_many', { limit: 100 });
	const twice = all.find((one, index) => all.findIndex(({ name }) => name === one.name) !== index);
	if (twice) refuse('data.px_same', { keyword: 'STUB/HEADING', value: twice.name });
	return all.map((names, index) => variable(of, names, index < stub.length));
}

/** A variable's name by language. */
type Names = { name: string; by: Map<string, string> };

function namesIn(of: PxCatalogue, keyword: 'STUB' | 'HEADING'): Names[] {
	const names = of.main(keyword)?.items.map(({ text }) => text) ?? [];
	const translated = of.languages.map(
		(language) => [language, of.in(language, keyword)?.items.map(({ text }) => text)] as const
	);
	return names.map((name, index) => ({
		name,
		by: new Map(translated.map(([language, list]) => [language, list?.[index] ?? name]))
	}));
}

function variable(of: PxCatalogue, { name, by }: Names, stub: boolean): Variable {
	const shown = by.get(of.language) ?? name;
	const labels = of.main('VALUES', name)?.items.map(({ text }) => text) ?? [];
	if (labels.length === 0) refuse('data.px_missing', { keyword: `VALUES("${name}")` });
	const shownLabels = listFor(of, 'VALUES', { name, shown }, labels.length) ?? labels;
	const times = timesOf(of, name, labels.length);
	const codes = codesOf(of, name, labels, times);
	const isTime = times !== null || (headingIs('time', name) && codes.every(isPeriod));
	const parents = parentsOf(of, name, labels, codes);
	const categories = codes.map((code, index): Category => {
		const note = noteOn(of, 'VALUENOTE', [shown, name], [shownLabels[index]!, labels[index]!]);
		return {
			code,
			label: shownLabels[index]!.trim() || code,
			...(parents.has(code) ? { parent: parents.get(code)! } : {}),
			...(note ? { note } : {})
		};
	});
	const area = of.main('MAP', name) !== undefined || headingIs('area', name);
	const note = noteOn(of, 'NOTE', [shown, name]);
	const total = totalOf(of, name, labels, codes);
	return {
		name,
		shown,
		stub,
		labels,
		shownLabels,
		dimension: {
			source: name.slice(0, 200) || 'x',
			label: shown.slice(0, 200) || 'x',
			labels: [...by.values()],
			role: isTime ? 'time' : area ? 'area' : 'category',
			categories,
			...(total ? { totals: [total] } : {}),
			...(note ? { note } : {})
		}
	};
}

/** A list in the language that is read; it must be as long as VALUES. */
function listFor(
	of: PxCatalogue,
	keyword: 'VALUES' | 'CODES',
	{ name, shown }: { name: string; shown: string },
	length: number
): string[] | null {
	const found = of.in(of.language, keyword, shown) ?? of.main(keyword, name);
	if (!found) return null;
	if (found.items.length !== length)
		refuse('data.px_count', {
			keyword: `${keyword}("${found.subject[0] ?? name}")`,
			count: found.items.length,
			expected: length
		});
	return found.items.map(({ text }) => text);
}

/** CODES, or else what tells the values apart: a period, or the value itself. */
function codesOf(
	of: PxCatalogue,
	name: string,
	labels: string[],
	times: string[] | null
): string[] {
	const told = of.main('CODES', name)?.items.map(({ text }) => text);
	if (told && told.length !== labels.length)
		refuse('data.px_count', {
			keyword: `CODES("${name}")`,
			count: told.length,
			expected: labels.length
		});
	const given = told ?? labels;
	const codes =
		times && !given.every(isPeriod) ? times.map(periodOf) : given.map((one) => one.trim());
	const seen = new Set<string>();
	return codes.map((code, index) => {
		if (told && seen.has(code))
			refuse('data.px_same', { keyword: `CODES("${name}")`, value: code });
		let own = code || String(index + 1);
		for (let count = 2; seen.has(own); count++) own = `${code} (${count})`;
		if (own !== code && code) of.renamed.push({ keyword: `VALUES("${name}")`, value: code });
		seen.add(own);
		return own;
	});
}

/** HIERARCHIES: "Danmark","Danmark":"Fyn". Codes or values. */
function parentsOf(of: PxCatalogue, name: string, labels: string[], codes: string[]) {
	const parents = new Map<string, string>();
	const items = of.main('HIERARCHIES', name)?.items ?? [];
	const codeOf = codeFinder(labels, codes);
	for (const [index, { text, link }] of items.entries()) {
		const parent = link === ':' ? codeOf(items[index - 1]!.text) : undefined;
		const child = codeOf(text);
		if (parent !== undefined && child !== undefined && parent !== child) parents.set(child, parent);
	}
	return parents;
}

/** ELIMINATION names the value that stands for all of them. */
function totalOf(of: PxCatalogue, name: string, labels: string[], codes: string[]): string | null {
	const told = of.main('ELIMINATION', name)?.items[0];
	if (!told?.quoted) return null;
	return codeFinder(labels, codes)(told.text) ?? null;
}

function codeFinder(labels: string[], codes: string[]): (text: string) => string | undefined {
	const by = new Map(labels.map((label, index) => [label, codes[index]!]));
	for (const code of codes) by.set(code, code);
	return (text) => by.get(text.trim());
}

/** Notes on a variable or value: obligatory (…X) and others, in the language that is read. */
function noteOn(
	of: PxCatalogue,
	keyword: 'NOTE' | 'VALUENOTE',
	[shown, name]: [string, string],
	value?: [string, string]
): string | undefined {
	const texts = [`${keyword}X`, keyword].flatMap((one) => {
		const found =
			of.in(of.language, one, shown, ...(value ? [value[0]] : [])) ??
			of.main(one, name, ...(value ? [value[1]] : []));
		return found?.items[0]?.text ?? [];
	});
	return texts.length > 0
		? texts.join('\n').replaceAll('#', '\n').trim().slice(0, 2000)
		: undefined;
}
