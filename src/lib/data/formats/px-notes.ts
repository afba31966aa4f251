import { dayOf } from './about-day.ts';
import type { About } from './format.ts';
import type { PxCatalogue } from './px-catalogue.ts';
import type { Keyword } from './px-text.ts';
import type { Variable } from './px-variables.ts';

/** What a PX file says of itself and of single cells. A `#` in its texts is a line break. */

const MOST = 500;

export function aboutOf(of: PxCatalogue, variables: Variable[]): About {
	const title = of.text('TITLE') || of.text('DESCRIPTION');
	const source = of.text('SOURCE');
	const updated = anywhere(of, 'LAST-UPDATED');
	const updatedOn = dayOf(updated);
	const nextUpdate = dayOf(anywhere(of, 'NEXT-UPDATE'));
	const rhythm = of.text('UPDATE-FREQUENCY');
	const notes = [...tableNotes(of), ...cellNotes(of, variables)].slice(0, MOST);
	return {
		...(title ? { title: title.slice(0, 500) } : {}),
		...(source ? { source: clean(source) } : {}),
		...(updated ? { updated } : {}),
		...(updatedOn ? { updatedOn } : {}),
		...(nextUpdate ? { nextUpdate } : {}),
		...(rhythm ? { rhythm: clean(rhythm).slice(0, 200) } : {}),
		...(notes.length > 0 ? { notes } : {})
	};
}

/** A day is the same in every language, and some files give it in one of them or for each measure only. */
function anywhere(of: PxCatalogue, name: string): string | undefined {
	const all = of.languages.flatMap((language) => of.inLanguage(name, language));
	return of.text(name) ?? (all[0] ?? of.all(name)[0])?.items[0]?.text;
}

function tableNotes(of: PxCatalogue): string[] {
	return ['NOTEX', 'NOTE'].flatMap((name) => {
		const own = of.inLanguage(name, of.language).filter(({ subject }) => subject.length === 0);
		const found = own.length > 0 ? own : of.all(name).filter(({ subject }) => subject.length === 0);
		return found.map(textOf);
	});
}

/** CELLNOTE("Sverige","*"): a note on one cell or, with stars, on many. */
function cellNotes(of: PxCatalogue, variables: Variable[]): string[] {
	return ['CELLNOTEX', 'CELLNOTE'].flatMap((name) => {
		const own = of.inLanguage(name, of.language);
		return (own.length > 0 ? own : of.all(name)).slice(0, MOST).map((keyword) => {
			const place = keyword.subject.filter((one) => one !== '*' && one !== '').join(', ');
			return `${place || variables.map(({ shown }) => shown).join(', ')}: ${textOf(keyword)}`;
		});
	});
}

/** What symbols in the figures mean. */
export function marksOf(of: PxCatalogue): Record<string, string> {
	const marks: Record<string, string> = {};
	for (let dots = 1; dots <= 6; dots++) {
		const meaning = of.text(`DATASYMBOL${dots}`);
		if (meaning && meaning !== '.'.repeat(dots)) marks['.'.repeat(dots)] = meaning.slice(0, 200);
	}
	const nil = of.text('DATASYMBOLNIL');
	if (nil && nil !== '-') marks['-'] = nil.slice(0, 200);
	const sum = of.text('DATASYMBOLSUM');
	if (sum) marks['.......'] = sum.slice(0, 200);
	return marks;
}

/** So many cells may be marked by DATANOTECELL; more are not single cells any longer. */
const MOST_MARKED = 200_000;

/** DATANOTECELL("0114","*","2003")="*": a mark on cells, by codes in STUB's and HEADING's order. */
export function markedCells(of: PxCatalogue, variables: Variable[]): Map<number, string> {
	const marked = new Map<number, string>();
	const places = variables.map(({ labels, dimension }) => {
		const by = new Map(labels.map((label, place) => [label, place]));
		for (const [place, { code }] of dimension.categories.entries()) by.set(code, place);
		return by;
	});
	for (const { subject, items } of of.all('DATANOTECELL')) {
		const mark = items[0]?.text.trim().slice(0, 40);
		if (!mark || subject.length !== variables.length) continue;
		let cells = [0];
		for (const [index, key] of subject.entries()) {
			const length = variables[index]!.labels.length;
			const found = key === '*' ? null : places[index]!.get(key);
			if (found === undefined) cells = [];
			if (cells.length * (found === null ? length : 1) + marked.size > MOST_MARKED) return marked;
			cells = cells.flatMap((cell) =>
				found === null
					? Array.from({ length }, (_, at) => cell * length + at)
					: [cell * length + found!]
			);
		}
		for (const cell of cells) marked.set(cell, mark);
	}
	return marked;
}

const textOf = ({ items }: Keyword) => clean(items[0]?.text ?? '');
const clean = (text: string) => text.replaceAll('#', '\n').trim().slice(0, 2000);
