import { refuse } from '../../base/errors.ts';
import { isMissing, looksNumeric } from '../numbers.ts';
import { nameColumns } from '../headings.ts';
import { MAX_COLUMNS, TableWriter, type Table } from '../table.ts';
import { ByteColumn, Records } from './csv-records.ts';

/** Text to a table. */

export const DELIMITERS = [';', '\t', '|', ','] as const;
export type Delimiter = (typeof DELIMITERS)[number];

/**
 * Reads the table, or refuses with the row: `data.ragged`, `data.cut_off`, `data.bad_quote`,
 * `data.too_many_columns`, `data.one_column`, `data.no_rows`, `data.formula`.
 */
export function readTable(text: string, delimiter: Delimiter, cut = false): Table {
	return nameColumns(readBytes(new TextEncoder().encode(text), 'utf-8', delimiter, cut)).table;
}

/**
 * The same from bytes without a byte-order mark, in an encoding where ASCII is ASCII; columns are yet to
 * be named.
 */
export function readBytes(
	bytes: Uint8Array,
	encoding: string,
	delimiter: Delimiter,
	cut = false,
	onprogress?: (share: number) => void
): Table {
	const records = new Records(bytes, encoding, delimiter, startOf(bytes));
	const { header, headerRow, waiting } = readHeader(records);
	const [width, columns] = [header.length, header.map(() => new ByteColumn())];
	const writer = new TableWriter(header, headerRow, columns);
	const onnew = (text: string, cell: number) =>
		refuseFormula(text, records.number, header[cell]!, cell);
	/** A row with too few cells: cut off if it is the last. */
	let short: { row: number; cells: number } | null = null;
	for (const { texts, row } of waiting) takeTexts(writer, texts, row);
	while (records.next()) {
		let cells = records.count;
		while (cells > width && records.text(cells - 1).trim() === '') cells--;
		if (cells !== width) {
			if (records.isBlank()) continue;
			if (short) refuse('data.ragged', { ...short, columns: width });
			if (cells > width) refuse('data.ragged', { row: records.number, cells, columns: width });
			short = { row: records.number, cells };
			continue;
		}
		if (records.isBlank()) continue;
		if (short) refuse('data.ragged', { ...short, columns: width });
		for (let cell = 0; cell < width; cell++) columns[cell]!.take(records, cell, onnew);
		writer.close(records.number);
		if ((records.number & 0x3fff) === 0) onprogress?.(records.share);
	}
	if (short) refuse('data.cut_off', { row: short.row });
	const table = writer.table();
	if (cut) refuse('data.cut_off', { row: table.numbers.at(-1) ?? headerRow });
	if (table.size === 0) refuse('data.no_rows');
	return table;
}

/** After a byte-order mark and Excel's `sep=;`, whose row still counts. */
function startOf(bytes: Uint8Array): number {
	const bom = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
	const head = new TextDecoder('latin1').decode(bytes.subarray(bom, bom + 8));
	return bom + (/^sep=[;,|\t](?=\r?\n)/i.exec(head)?.[0].length ?? 0);
}

type Waiting = { texts: string[]; row: number };

/**
 * Titles stand alone in their row; the heading is the first row with two filled cells. Without one it
 * is the first that is not blank, and those after it are still to be taken. Some write a heading over
 * several lines: `"Area"`, then `,"Time"`, `,"Value"`, one cell each.
 */
function readHeader(records: Records): { header: string[]; headerRow: number; waiting: Waiting[] } {
	const met: Waiting[] = [];
	while (records.next()) {
		const texts = records.texts();
		const filled = texts.filter((text) => text.trim() !== '').length;
		if (filled > 1) {
			const lines = headingLines(met, texts.length);
			if (!lines) return { ...headed(texts, records.number), waiting: [] };
			const heading = headed(
				lines.map(({ texts }) => texts.at(-1)!),
				lines.at(-1)!.row
			);
			return { ...heading, waiting: [{ texts, row: records.number }] };
		}
		if (filled > 0) met.push({ texts, row: records.number });
	}
	const [first, ...waiting] = met;
	return { ...headed(first?.texts ?? [], first?.row ?? 0), waiting };
}

/** The lines that are one heading, as wide as the row after them; null when they are not. */
function headingLines(met: Waiting[], width: number): Waiting[] | null {
	const lines = met.slice(-width);
	const [first, ...rest] = lines;
	if (lines.length < 2 || lines.length !== width || first!.texts.length !== 1) return null;
	return rest.every(({ texts }) => texts.length === 2 && texts[0]!.trim() === '') ? lines : null;
}

function headed(texts: string[], headerRow: number): { header: string[]; headerRow: number } {
	const header = trimEnd(texts.map((name) => name.trim()));
	if (header.length > MAX_COLUMNS)
		refuse('data.too_many_columns', { columns: header.length, limit: MAX_COLUMNS });
	if (header.length < 2) refuse('data.one_column');
	for (const [index, name] of header.entries()) refuseFormula(name, headerRow, '', index);
	return { header, headerRow };
}

/** What is to be taken after a heading found late: rows with one filled cell. */
function takeTexts(writer: TableWriter, texts: string[], row: number): void {
	const width = writer.header.length;
	const trimmed = texts.length > width ? trimEnd(texts, width) : texts;
	if (trimmed.length !== width)
		refuse('data.ragged', { row, cells: trimmed.length, columns: width });
	for (const [cell, text] of trimmed.entries())
		refuseFormula(text, row, writer.header[cell]!, cell);
	writer.add(trimmed, row);
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

/** A cell a spreadsheet would run. It is refused, not cleaned: nobody meant it as a figure. */
function refuseFormula(text: string, row: number, heading: string, index: number): void {
	if (isFormula(text))
		refuse('data.formula', {
			row,
			column: heading && !isFormula(heading) ? heading : `${index + 1}`
		});
}

export function isFormula(cell: string): boolean {
	const text = cell.trimStart();
	const first = text.charCodeAt(0);
	if (first === 0x3d || first === 0x40) return text.length > 1; // = and @
	if (first !== 0x2b && first !== 0x2d) return false; // + and -
	return !looksNumeric(text) && !isMissing(text) && /[|!(=]|^[+-]\w+[+*/]/.test(text);
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
