/** A forum's words (G6): what it means by each, and which departments mean something else. Pure. */

export type TermState = 'proposed' | 'adopted' | 'withdrawn';

export type Differing = { departmentId: string; department: string; definition: string };

/** As a reader meets it in a text. */
export type Term = {
	id: string;
	word: string;
	/** As it is also written. */
	forms: string[];
	/** The forum's. */
	definition: string;
	/** Departments that use another. */
	differs: Differing[];
};

export const WORD_MAX = 80;
export const FORMS_MAX = 10;
export const DEFINITION_MAX = 2000;

/** Where the glossary says what a term means. */
export const termPath = (slug: string, id: string): string => `/f/${slug}/glossary#term-${id}`;

export type Found = { id: string; from: number; to: number };

/**
 * Where terms stand in a text: whole words, in any case, the longest that fits, and each term only where it
 * stands first, so that a page does not fill with marks.
 */
export function findTerms(text: string, terms: Pick<Term, 'id' | 'word' | 'forms'>[]): Found[] {
	const byForm = new Map<string, string>();
	for (const { id, word, forms } of terms)
		for (const form of [word, ...forms].map(plain))
			if (form !== '') byForm.set(form, byForm.get(form) ?? id);
	if (byForm.size === 0) return [];
	const longestFirst = [...byForm.keys()].sort((a, b) => b.length - a.length);
	const any = longestFirst.map((form) => escape(form).replaceAll(' ', '\\s+')).join('|');
	const seen = new Set<string>();
	return [
		...text.matchAll(new RegExp(`(?<![\\p{L}\\p{N}])(?:${any})(?![\\p{L}\\p{N}])`, 'giu'))
	].flatMap(({ 0: match, index }) => {
		const id = byForm.get(plain(match));
		if (!id || seen.has(id)) return [];
		seen.add(id);
		return [{ id, from: index, to: index + match.length }];
	});
}

/** Forms as they are typed in one field: 'anbragte, anbringelser'. Each once, and not the word itself. */
export function parseForms(typed: string, word: string): string[] {
	const forms = typed
		.split(/[,;\n]/)
		.map((form) => form.trim().replace(/\s+/gu, ' '))
		.filter((form) => form !== '' && plain(form) !== plain(word));
	return forms.filter((form, i) => forms.findIndex((one) => plain(one) === plain(form)) === i);
}

const plain = (text: string) => text.trim().replace(/\s+/gu, ' ').toLocaleLowerCase('da');

const escape = (text: string) => text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
