import { refuse } from '../../base/errors.ts';
import { scan } from './xml.ts';
import { TextReader, type DateForm, type Workbook } from './xlsx-workbook.ts';

/** The filled cells of one sheet, row by row. Rows and columns count from 1, as people see them. */
export type Sheet = {
	rows: { row: number; cells: SheetCell[] }[];
	/** Merged areas: [first row, first column, last row, last column]. */
	merged: Area[];
	/** Cells whose formula gave an error: '#DIV/0!'. They have no value. */
	errors: string[];
};

export type SheetCell = {
	column: number;
	/** A number as JavaScript writes it, a date as ISO, a text as it is. */
	text: string;
	kind: 'number' | 'date' | 'text' | 'error';
};

export type Area = [number, number, number, number];

/** A table of a million numbers is no figure for a meeting: 10,000 rows of 100 columns are. */
const MAX_FILLED = 1_000_000;
const MAX_MERGED = 10_000;

/** Reads the cells in `range`. Values of formulas are those the file keeps, nought too. */
export function readSheet(book: Workbook, path: string, range: Area | null): Sheet {
	const xml = book.package.text(path);
	if (xml === null) return refuse('data.zip_damaged');
	const sheet: Sheet = { rows: [], merged: [], errors: [] };
	let filled = 0;
	let row = 0;
	let column = 0;
	let cells: SheetCell[] = [];
	let cell: { type: string; style: number; formula: boolean; value: string | null } | null = null;
	let inValue = false;
	const inline = new TextReader();

	const take = () => {
		if (!cell || (range && !inside(range, row, column))) return;
		const read = valueOf(cell, inline.text, book, () => addressOf(row, column));
		if (!read) return;
		if (++filled > MAX_FILLED) refuse('data.too_many_cells', { cells: filled, limit: MAX_FILLED });
		if (read.kind === 'error') sheet.errors.push(addressOf(row, column));
		cells.push({ column, ...read });
	};

	scan(xml, {
		open(name, attribute) {
			if (name === 'row') {
				row = place(attribute('r')) ?? row + 1;
				column = 0;
				cells = [];
			} else if (name === 'c') {
				const at = areaOf(attribute('r') ?? '');
				if (at && at[0] !== row && cells.length === 0) row = at[0];
				column = at ? at[1] : column + 1;
				if (row > 1_048_576 || column > 16_384) refuse('data.zip_damaged');
				cell = {
					type: attribute('t') ?? 'n',
					style: Number(attribute('s') ?? 0),
					formula: false,
					value: null
				};
				inline.begin();
			} else if (name === 'mergeCell' && sheet.merged.length < MAX_MERGED) {
				const area = areaOf(attribute('ref') ?? '');
				if (area) sheet.merged.push(area);
			} else if (cell) {
				if (name === 'f') cell.formula = true;
				if (name === 'v') {
					inValue = true;
					cell.value = '';
				}
				inline.open(name);
			}
		},
		close(name) {
			if (name === 'c') {
				take();
				cell = null;
			} else if (name === 'row') {
				if (cells.length > 0) sheet.rows.push({ row, cells });
			} else if (cell) {
				if (name === 'v') inValue = false;
				inline.close(name);
			}
		},
		text(text) {
			if (inValue && cell) cell.value += text;
			else if (cell) inline.take(text);
		}
	});
	sheet.rows.sort((a, b) => a.row - b.row);
	return sheet;
}

function valueOf(
	{
		type,
		style,
		formula,
		value
	}: { type: string; style: number; formula: boolean; value: string | null },
	inline: string,
	book: Workbook,
	address: () => string
): Omit<SheetCell, 'column'> | null {
	const text = (text: string) =>
		text.trim() === '' ? null : { text: text.trim(), kind: 'text' as const };
	if (type === 'inlineStr') return text(inline);
	if (value === null) {
		if (formula) refuse('data.xlsx_no_value', { cell: address() });
		return null;
	}
	if (type === 's') return text(book.texts[Number(value)] ?? refuse('data.zip_damaged'));
	if (type === 'str') return text(value);
	if (type === 'b') return { text: value.trim() === '1' ? 'TRUE' : 'FALSE', kind: 'text' };
	if (type === 'e') return { text: '..', kind: 'error' };
	if (type === 'd') return { text: value.trim(), kind: 'date' };
	if (value.trim() === '') return null;
	const number = Number(value);
	if (!Number.isFinite(number)) return refuse('data.xlsx_cell', { cell: address() });
	const form = book.dates[style];
	if (form && number >= 0 && number < 2_958_466)
		return { text: dateText(number, form, book.from1904), kind: 'date' };
	return { text: String(number === 0 ? 0 : number), kind: 'number' };
}

/**
 * A serial date as ISO. From 1900 a day too many is counted, because Excel takes 1900 for a leap year;
 * from 1904 none is.
 */
export function dateText(serial: number, form: DateForm, from1904: boolean): string {
	// Day 25569 is 1 January 1970; the system from 1904 begins 1462 days later.
	const days = serial + (from1904 ? 1462 : serial < 60 ? 1 : 0) - 25_569;
	const date = new Date(Math.round(days * 86_400) * 1000);
	const iso = date.toISOString();
	if (form === 'year') return iso.slice(0, 4);
	if (form === 'month') return iso.slice(0, 7);
	return form === 'day' || iso.endsWith('T00:00:00.000Z') ? iso.slice(0, 10) : iso.slice(0, 16);
}

const inside = ([top, left, bottom, right]: Area, row: number, column: number) =>
	row >= top && row <= bottom && column >= left && column <= right;

const place = (text: string | undefined) => (text && /^\d{1,7}$/.test(text) ? Number(text) : null);

/** 'A3:O120' or 'B2' as rows and columns; null when it is neither. */
export function areaOf(text: string): Area | null {
	const found = /^\$?([A-Z]{1,3})\$?(\d{1,7})(?::\$?([A-Z]{1,3})\$?(\d{1,7}))?$/i.exec(text.trim());
	if (!found) return null;
	const [, left, top, right = left!, bottom = top!] = found;
	const [a, b, c, d] = [Number(top), columnOf(left!), Number(bottom), columnOf(right)];
	return [Math.min(a, c), Math.min(b, d), Math.max(a, c), Math.max(b, d)];
}

const columnOf = (letters: string) =>
	[...letters.toUpperCase()].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0);

export function columnName(column: number): string {
	let name = '';
	for (let rest = column; rest > 0; rest = Math.floor((rest - 1) / 26))
		name = String.fromCharCode(65 + ((rest - 1) % 26)) + name;
	return name;
}

export const addressOf = (row: number, column: number) => `${columnName(column)}${row}`;
