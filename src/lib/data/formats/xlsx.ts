import { z } from 'zod';
import { refuse } from '../../base/errors.ts';
import { MAX_BYTES } from '../encoding.ts';
import { refuseCpr } from '../personal.ts';
import { stop } from '../problem.ts';
import { TableWriter } from '../table.ts';
import { understandTable } from '../understand.ts';
import type { Asked, Choice, Format, Understood } from './format.ts';
import { nothing } from './nothing.ts';
import { areaOf, columnName, readSheet, type Sheet } from './xlsx-sheet.ts';
import { tableIn } from './xlsx-table.ts';
import { openWorkbook, type Workbook } from './xlsx-workbook.ts';

/** Excel's XLSX (Office Open XML): one sheet, or a range in it. */
export const xlsx: Format = { key: 'xlsx', name: 'Excel', recognises, understand };

const readingSchema = z.object({
	sheet: z.string().max(400).nullish(),
	range: z.string().max(40).nullish()
});
type Told = z.infer<typeof readingSchema>;

/** A ZIP; whether it is a workbook shows when it is opened. */
function recognises(bytes: Uint8Array): boolean {
	return bytes[0] === 0x50 && bytes[1] === 0x4b && (bytes[2] === 3 || bytes[2] === 5);
}

function understand(bytes: Uint8Array, asked: Asked): Understood {
	if (bytes.length > MAX_BYTES)
		refuse('data.too_large', { status: 413, limit: MAX_BYTES / 1024 / 1024 });
	const book = openWorkbook(bytes);
	const [told, before] = [asked.told, asked.earlier].map(
		(recipe): Told => readingSchema.safeParse(recipe?.reading ?? {}).data ?? {}
	);
	const wanted = told?.sheet ?? before?.sheet;
	const same = book.sheets.some(({ name }) => name === wanted);
	if (told?.sheet && !same) refuse('data.xlsx_no_sheet', { sheet: told.sheet });
	// A range belongs to its sheet: chosen with another, it says nothing.
	const range = told?.range ?? (same && !told?.sheet ? before?.range : null) ?? null;
	const area = range ? areaOf(range) : null;
	const { name, sheet } = pick(book, same ? wanted! : null, area);
	const reading = { sheet: name, range };
	const facts = { encoding: null, choices: choicesOf(book, name, range) };
	if (range && !area)
		return {
			...nothing(xlsx, facts, [stop('data.xlsx_range', { range })]),
			recipe: { ...emptied(), reading }
		};
	refuseCpr(asGrid(sheet));
	const found = tableIn(sheet);
	const read = understandTable(found.table, asked, {
		format: xlsx.key,
		reading,
		numbers: found.numbers,
		...(found.unit ? { unit: found.unit } : {})
	});
	return {
		...read,
		problems: [...read.problems, ...found.problems],
		facts: {
			...facts,
			format: xlsx.name,
			table: read.facts,
			about: {
				...(found.title ? { title: found.title.slice(0, 500) } : {}),
				...(found.notes.length > 0 ? { notes: found.notes } : {})
			}
		}
	};
}

const emptied = () => nothing(xlsx, { encoding: null, choices: [] }, []).recipe;

/** How many sheets are looked into for a table before a person has chosen. */
const LOOKED_AT = 12;

/** The sheet that was chosen, or the first with figures in it. */
function pick(book: Workbook, wanted: string | null, area: ReturnType<typeof areaOf>) {
	const read = (name: string, path: string) => ({ name, sheet: readSheet(book, path, area) });
	if (book.sheets.length === 0) return refuse('data.no_rows');
	const chosen = book.sheets.find(({ name }) => name === wanted) ?? null;
	if (chosen) return read(chosen.name, chosen.path);
	for (const { name, path } of book.sheets.slice(0, LOOKED_AT)) {
		const one = read(name, path);
		if (figuresIn(one.sheet) >= 4) return one;
	}
	const filled = book.sheets.map(
		({ name, path }) =>
			() =>
				read(name, path)
	);
	for (const open of filled.slice(0, LOOKED_AT)) {
		const one = open();
		if (one.sheet.rows.length > 0) return one;
	}
	return filled[0]!();
}

const figuresIn = ({ rows }: Sheet) =>
	rows.reduce(
		(sum, { cells }) =>
			sum + (cells.length > 1 ? cells.filter(({ kind }) => kind === 'number').length : 0),
		0
	);

function choicesOf(book: Workbook, sheet: string, range: string | null): Choice[] {
	const sheets = book.sheets.map(({ name }) => ({ value: name, label: name }));
	return [
		...(sheets.length > 1 ? [{ key: 'sheet' as const, value: sheet, options: sheets }] : []),
		{ key: 'range', value: range, options: null }
	];
}

/** All cells of the sheet under their columns' letters, titles and notes too: CPR numbers stand anywhere. */
function asGrid({ rows }: Sheet) {
	const columns = new Map<number, number>();
	for (const { cells } of rows)
		for (const { column } of cells) if (!columns.has(column)) columns.set(column, columns.size);
	// A sheet of thousands of columns would be a grid of blanks: look at cells one under the other.
	const narrow = columns.size <= 200;
	const writer = new TableWriter(narrow ? [...columns.keys()].map(columnName) : ['–'], 1);
	for (const { row, cells } of rows) {
		if (!narrow) {
			for (const { text } of cells) writer.add([text], row);
			continue;
		}
		const line = new Array<string>(columns.size).fill('');
		for (const { column, text } of cells) line[columns.get(column)!] = text;
		writer.add(line, row);
	}
	return writer.table();
}
