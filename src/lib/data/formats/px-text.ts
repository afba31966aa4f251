import { refuse } from '../../base/errors.ts';

/**
 * The text of a PX file as keywords: `NAME[language]("variable","value")=…;` up to DATA. After
 * Statistics Sweden's "PC-Axis file format".
 */

export type Keyword = {
	name: string;
	/** Null: the file's main language. */
	language: string | null;
	/** What stands in its parentheses. */
	subject: string[];
	items: Item[];
	line: number;
};

/** One of a keyword's values. `link` binds it to the one before: "1994"-"1996", "Danmark":"Fyn". */
export type Item = { text: string; quoted: boolean; link: '' | '-' | ':' };

export type PxText = {
	keywords: Keyword[];
	/** Where the figures begin. */
	dataAt: number;
};

const NAME = /\s*([A-Za-z][A-Za-z0-9_-]*)\s*(?:\[([^\]"\s]{1,20})\])?\s*/y;
const BLANK = /\s*/y;
/** A text, and those that carry it on: "…" "…". */
const TEXT = /"([^"]*)"\s*/y;
const WORD = /[^\s",;()=:]+/y;
const MAX_ITEMS = 2_000_000;

/** Splits the text, or refuses with keyword and line: `data.px_syntax`, `data.px_keyword`, `data.px_missing`. */
export function readKeywords(text: string): PxText {
	const keywords: Keyword[] = [];
	let items = 0;
	for (let at = 0; ;) {
		NAME.lastIndex = at;
		const head = NAME.exec(text);
		if (!head) {
			BLANK.lastIndex = at;
			BLANK.exec(text);
			return BLANK.lastIndex >= text.length
				? refuse('data.px_missing', { keyword: 'DATA' })
				: refuse('data.px_syntax', { line: lineAt(text, BLANK.lastIndex) });
		}
		const name = head[1]!.toUpperCase();
		const start = at + head[0].indexOf(head[1]!);
		const fail = (subject: string[] = []) =>
			refuse('data.px_keyword', {
				keyword: subject.length > 0 ? `${name}("${subject.join('","')}")` : name,
				line: lineAt(text, start)
			});
		at = NAME.lastIndex;
		let subject: string[] = [];
		if (text[at] === '(') {
			const list = readItems(text, at + 1, ')') ?? fail();
			subject = list.items.map((item) => item.text);
			at = skip(text, list.end);
		}
		if (text[at] !== '=') fail(subject);
		if (name === 'DATA') return { keywords, dataAt: at + 1 };
		const list = readItems(text, at + 1, ';') ?? fail(subject);
		items += list.items.length + subject.length;
		if (items > MAX_ITEMS) refuse('data.px_too_many', { limit: MAX_ITEMS });
		keywords.push({
			name,
			language: head[2]?.toLowerCase() ?? null,
			subject,
			items: list.items,
			line: lineOf(text, start)
		});
		at = list.end;
	}
}

/** Items between commas up to `end`; null when something stands where nothing may. */
function readItems(
	text: string,
	from: number,
	end: ')' | ';'
): { items: Item[]; end: number } | null {
	const items: Item[] = [];
	let link: Item['link'] = '';
	let depth = 0;
	let wanted = true; // an item, or else what may follow one
	for (let at = skip(text, from); at < text.length; at = skip(text, at)) {
		const char = text[at]!;
		if (char === end && depth === 0) return { items, end: at + 1 };
		if (char === ',' || char === ':' || char === '(' || char === ')') {
			if (char === '(') depth++;
			if (char === ')' && --depth < 0) return null;
			link = char === ':' ? ':' : '';
			wanted = char !== ')';
			at++;
		} else if (char === '"') {
			if (!wanted) return null;
			const read = readText(text, at);
			if (!read) return null;
			items.push({ text: read.text, quoted: true, link });
			at = read.end;
			wanted = false;
			link = '';
		} else {
			WORD.lastIndex = at;
			const word = WORD.exec(text)?.[0];
			if (!word) return null;
			if (word === '-' && !wanted) {
				link = '-';
				wanted = true;
			} else if (wanted) {
				items.push({ text: word, quoted: false, link });
				wanted = false;
				link = '';
			} else return null;
			at += word.length;
		}
	}
	return null;
}

function readText(text: string, from: number): { text: string; end: number } | null {
	let whole = '';
	let at = from;
	for (;;) {
		TEXT.lastIndex = at;
		const part = TEXT.exec(text);
		if (!part) return at === from ? null : { text: whole, end: at };
		whole += part[1];
		at = TEXT.lastIndex;
	}
}

function skip(text: string, from: number): number {
	let at = from;
	for (; at < text.length; at++) {
		const code = text.charCodeAt(at);
		if (code !== 32 && code !== 10 && code !== 13 && code !== 9 && code !== 0xa0 && code !== 12)
			break;
	}
	return at;
}

/** The line a place is on, from 1. */
export function lineAt(text: string, place: number): number {
	let line = 1;
	for (let at = text.indexOf('\n'); at !== -1 && at < place; at = text.indexOf('\n', at + 1))
		line++;
	return line;
}

/** As `lineAt`, for places that come in order. */
let counted = { text: '', place: 0, line: 1 };
function lineOf(text: string, place: number): number {
	if (counted.text !== text || counted.place > place) counted = { text, place: 0, line: 1 };
	let { line } = counted;
	for (let at = text.indexOf('\n', counted.place); at !== -1 && at < place;) {
		line++;
		at = text.indexOf('\n', at + 1);
	}
	counted = { text, place, line };
	return line;
}
