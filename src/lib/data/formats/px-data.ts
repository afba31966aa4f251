import { refuse } from '../../base/errors.ts';
import type { Put } from './described.ts';
import { lineAt } from './px-text.ts';

/**
 * The figures after `DATA=`: split by blanks, line breaks, tabs, commas or semicolons, mixed as they
 * come, so the first `;` need not end them. `-` is nil: nought, said so. Dots are missing, with a
 * meaning from DATASYMBOL1 to 6.
 */

/** Reads a full grid: one figure for each place. Refuses with the line: `data.px_data`, `data.px_data_count`. */
export function readGrid(text: string, from: number, cells: number, put: Put): void {
	const tokens = new Tokens(text, from);
	let place = 0;
	while (tokens.next()) {
		if (place < cells) putFigure(tokens, place, put);
		place++;
	}
	if (place !== cells) refuse('data.px_data_count', { count: place, expected: cells });
}

/** The categories a sparse row begins with, by variable of the stub: place by key. */
export type Keys = { variable: string; places: Map<string, number> }[];

/**
 * Reads rows that begin with their keys. A row that is not there is all nought, as the format says.
 * Refuses with the line: `data.px_unknown_key`, `data.px_row_twice`, `data.px_data`.
 */
export function readRows(text: string, from: number, keys: Keys, width: number, put: Put): void {
	const tokens = new Tokens(text, from);
	const rows = keys.reduce((product, { places }) => product * places.size, 1);
	const seen = new Uint8Array(rows);
	while (tokens.next()) {
		let row = 0;
		for (const [index, { variable, places }] of keys.entries()) {
			if (index > 0 && !tokens.next()) tokens.fail();
			const place = places.get(tokens.text());
			if (place === undefined)
				refuse('data.px_unknown_key', { line: tokens.line(), keyword: variable });
			row = row * places.size + place!;
		}
		if (seen[row] === 1) refuse('data.px_row_twice', { line: tokens.line() });
		seen[row] = 1;
		for (let at = 0; at < width; at++) {
			if (!tokens.next()) tokens.fail();
			putFigure(tokens, row * width + at, put);
		}
	}
	for (const [row, was] of seen.entries())
		if (was === 0) for (let at = 0; at < width; at++) put(row * width + at, 0);
}

const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,3})?$/;
const DOTS = /^\.{1,7}$/;

function putFigure(tokens: Tokens, place: number, put: Put): void {
	const token = tokens.text();
	if (token === '-') return put(place, 0, '-');
	if (DOTS.test(token)) return put(place, null, token);
	if (NUMBER.test(token)) {
		const value = Number(token);
		if (Number.isFinite(value)) return put(place, value);
	}
	tokens.fail();
}

class Tokens {
	#text: string;
	#at: number;
	#from = 0;
	#to = 0;

	constructor(text: string, from: number) {
		this.#text = text;
		this.#at = from;
	}

	/** Goes to the next figure, symbol or key; false when there is none. */
	next(): boolean {
		const text = this.#text;
		let at = this.#at;
		while (at < text.length && isBetween(text.charCodeAt(at))) at++;
		if (at >= text.length) return false;
		if (text.charCodeAt(at) === QUOTE) {
			const end = text.indexOf('"', at + 1);
			this.#from = at + 1;
			this.#to = end === -1 ? at + 1 : end;
			if (end === -1) this.fail();
			this.#at = end + 1;
		} else {
			this.#from = at;
			while (at < text.length && !isBetween(text.charCodeAt(at)) && text.charCodeAt(at) !== QUOTE)
				at++;
			this.#to = at;
			this.#at = at;
		}
		return true;
	}

	text(): string {
		return this.#text.slice(this.#from, this.#to).trim();
	}

	line(): number {
		return lineAt(this.#text, this.#from);
	}

	fail(): never {
		return refuse('data.px_data', { line: this.line() });
	}
}

const QUOTE = 34;
/** Blanks, tab, line breaks, form feed, comma, semicolon, and the end-of-file sign of old systems. */
const isBetween = (code: number) =>
	code === 32 ||
	(code >= 9 && code <= 13) ||
	code === 44 ||
	code === 59 ||
	code === 0xa0 ||
	code === 26;
