import { parse, CsvError } from 'csv-parse/sync';
import { refuse } from '../../base/errors.ts';
import { isMissing, looksNumeric } from '../numbers.ts';
import { MAX_COLUMNS, type Table } from '../table.ts';

/** Text to a table. */

export const DELIMITERS = [';', '\t', '|', ','] as const;
export type Delimiter = (typeof DELIMITERS)[number];

/**
 * Reads the table, or refuses with the row: `data.ragged`, `data.cut_off`, `data.bad_quote`,
 * `data.too_many_columns`, `data.one_column`, `data.no_rows`, `data.formula`, `data.duplicate_heading`.
 */
export function readTable(text: string, delimiter: Delimiter, cut = false): Table {
	const records = split(text, delimiter);
	const headerIndex = findHeader(records);
	const header = trimEnd((records[headerIndex] ?? []).map((name) => name.trim()));
	if (header.length > MAX_COLUMNS)
		refuse('data.too_many_columns', { columns: header.length, limit: MAX_COLUMNS });
	if (header.length < 2) refuse('data.one_column');
	const table: Table = { header, headerRow: headerIndex + 1, rows: [], numbers: [] };
	refuseFormulas(header, headerIndex + 1, header);
	for (let index = headerIndex + 1; index < records.length; index++)
		takeRow(table, records[index]!, index + 1, index === lastFilled(records));
	if (cut) refuse('data.cut_off', { row: table.numbers.at(-1) ?? headerIndex + 1 });
	if (table.rows.length === 0) refuse('data.no_rows');
	return nameColumns(table);
}

/** Which character stands between the cells: the one that gives most rows the heading's width. */
export function guessDelimiter(text: string): Delimiter {
	const told = /^sep=([;,|\t])\r?\n/i.exec(text);
	if (told) return told[1] as Delimiter;
	const lines = text.slice(0, 64 * 1024).split(/\r\n|\n|\r/);
	if (lines.length > 2) lines.pop(); // the sample may end inside a row
	const sample = lines.slice(0, 60).filter((line) => line.trim() !== '');
	let best: { delimiter: Delimiter; score: number } = { delimiter: ';', score: 0 };
	for (const delimiter of DELIMITERS) {
		const widths = sample.map((line) => outsideQuotes(line).split(delimiter).length);
		const mode = mostCommon(widths);
		if (mode < 2) continue;
		const agreeing = widths.filter((width) => width === mode).length / widths.length;
		const headed = (widths[0] ?? 1) > 1 ? 0.2 : 0;
		if (agreeing + headed > best.score + 1e-9) best = { delimiter, score: agreeing + headed };
	}
	return best.delimiter;
}

function split(text: string, delimiter: Delimiter): string[][] {
	const body = text.replace(/^sep=[;,|\t](?=\r?\n)/i, '');
	try {
		return parse(body, {
			delimiter,
			relax_column_count: true,
			skip_empty_lines: false,
			bom: true,
			record_delimiter: ['\r\n', '\n', '\r']
		}) as string[][];
	} catch (error) {
		if (!(error instanceof CsvError)) throw error;
		const row = Number(error.records ?? 0) + 1;
		return error.code === 'CSV_QUOTE_NOT_CLOSED'
			? refuse('data.cut_off', { row })
			: refuse('data.bad_quote', { row });
	}
}

/** Titles stand alone in their row; the heading is the first row with two filled cells. */
function findHeader(records: string[][]): number {
	const index = records.findIndex((row) => row.filter((cell) => cell.trim() !== '').length > 1);
	return index === -1 ? records.findIndex((row) => row.some((cell) => cell.trim() !== '')) : index;
}

function takeRow(table: Table, cells: string[], row: number, last: boolean): void {
	if (cells.every((cell) => cell.trim() === '')) return;
	const width = table.header.length;
	const trimmed = cells.length > width ? trimEnd(cells, width) : cells;
	if (trimmed.length !== width) {
		if (last && trimmed.length < width) refuse('data.cut_off', { row });
		refuse('data.ragged', { row, cells: trimmed.length, columns: width });
	}
	refuseFormulas(trimmed, row, table.header);
	table.rows.push(trimmed);
	table.numbers.push(row);
}

let lastOf: { records: string[][]; index: number } | undefined;
function lastFilled(records: string[][]): number {
	if (lastOf?.records !== records) {
		let index = records.length - 1;
		while (index > 0 && records[index]!.every((cell) => cell.trim() === '')) index--;
		lastOf = { records, index };
	}
	return lastOf.index;
}

/** A cell a spreadsheet would run. It is refused, not cleaned: nobody meant it as a figure. */
function refuseFormulas(cells: string[], row: number, header: string[]): void {
	for (let index = 0; index < cells.length; index++)
		if (isFormula(cells[index]!))
			refuse('data.formula', {
				row,
				column: header[index] && !isFormula(header[index]!) ? header[index]! : `${index + 1}`
			});
}

export function isFormula(cell: string): boolean {
	const text = cell.trimStart();
	const first = text.charCodeAt(0);
	if (first === 0x3d || first === 0x40) return text.length > 1; // = and @
	if (first !== 0x2b && first !== 0x2d) return false; // + and -
	return !looksNumeric(text) && !isMissing(text) && /[|!(=]|^[+-]\w+[+*/]/.test(text);
}

/** Empty headings over empty columns go; other empty or repeated headings are named and refused. */
function nameColumns(table: Table): Table {
	const seen = new Map<string, number>();
	const kept: number[] = [];
	table.header.forEach((name, index) => {
		if (name === '' && table.rows.every((row) => (row[index] ?? '').trim() === '')) return;
		if (name !== '' && seen.has(name.toLowerCase()))
			refuse('data.duplicate_heading', { column: name });
		seen.set(name.toLowerCase(), index);
		kept.push(index);
	});
	const whole = kept.length === table.header.length;
	return {
		...table,
		header: kept.map((index) => table.header[index] || `${index + 1}`),
		rows: whole ? table.rows : table.rows.map((row) => kept.map((index) => row[index]!))
	};
}

function trimEnd(cells: string[], downTo = 0): string[] {
	let length = cells.length;
	while (length > downTo && cells[length - 1]!.trim() === '') length--;
	return length === cells.length ? cells : cells.slice(0, length);
}

const outsideQuotes = (line: string) => line.replace(/"(?:[^"]|"")*"/g, '');

function mostCommon(numbers: number[]): number {
	const counts = new Map<number, number>();
	for (const number of numbers) counts.set(number, (counts.get(number) ?? 0) + 1);
	return [...counts].sort((a, b) => b[1] - a[1] || b[0] - a[0])[0]?.[0] ?? 0;
}
