import { refuse } from '../../base/errors.ts';
import { guessFormat, looksNumeric, type NumberFormat } from '../numbers.ts';
import { isPeriod } from '../periods.ts';
import { nameColumns } from '../headings.ts';
import { note, type Problem } from '../problem.ts';
import { MAX_COLUMNS, TableWriter, type Table } from '../table.ts';
import { columnName, type Sheet, type SheetCell } from './xlsx-sheet.ts';

/**
 * The table in a sheet: titles above it, headings in one or several rows (merged or not), rows of
 * figures whose labels may be written once and left blank below, notes under it.
 */
export type SheetTable = {
	table: Table;
	/** How its numbers are written, those that are text included. */
	numbers: NumberFormat;
	title: string | null;
	/** 'Units: Per cent' above the table. */
	unit: string | null;
	notes: string[];
	problems: Problem[];
};

type Row = Sheet['rows'][number];

/** Finds it, or refuses: `data.no_rows`, `data.one_column`, `data.too_many_columns`. */
export function tableIn(sheet: Sheet): SheetTable {
	const rows = spread(sheet);
	const found = firstOfBody(rows);
	if (found === -1) return refuse('data.no_rows');
	const { top, first } = headingOver(rows, found);
	const last = lastOfBody(rows, first);
	const columns = columnsIn(rows.slice(top, last + 1));
	if (columns.length < 2) refuse('data.one_column');
	if (columns.length > MAX_COLUMNS)
		refuse('data.too_many_columns', { columns: columns.length, limit: MAX_COLUMNS });
	const numbers = formatOf(rows.slice(first, last + 1));
	const at = new Map(columns.map((column, index) => [column, index]));
	const left: number[] = [];
	const body: Row[] = [];
	for (const row of rows.slice(first, last + 1))
		if (columns.length > 2 && row.cells.length === 1 && row.cells[0]!.kind === 'text')
			left.push(row.row); // a line of text among the figures: a heading of what follows
		else body.push(row);
	const lines = body.map((row) => lineOf(row, at, numbers));
	fillDown(lines, stubOf(body, columns));
	const heading = headingOf(rows.slice(top, first), columns);
	const writer = new TableWriter(heading, rows[Math.max(top, first - 1)]!.row);
	for (const [index, line] of lines.entries()) writer.add(line, body[index]!.row);
	const { table, problems } = nameColumns(writer.table(), (index) => columnName(columns[index]!));
	const above = rows.slice(0, top).map(textOf);
	const unit = above.map((line) => /^(?:units?|enhed):\s*(.+)$/i.exec(line)?.[1]).find(Boolean);
	if (left.length > 0)
		problems.push(
			note('data.rows_left', { count: left.length, rows: left.slice(0, 10).join(', ') })
		);
	if (sheet.errors.length > 0)
		problems.push(
			note('data.xlsx_errors', {
				count: sheet.errors.length,
				cells: sheet.errors.slice(0, 10).join(', ')
			})
		);
	return {
		table,
		numbers,
		title: above[0] || null,
		unit: unit && unit.trim() !== '-' ? unit.trim() : null,
		notes: [...above.slice(1), ...rows.slice(last + 1).map(textOf)].filter(Boolean).slice(0, 100),
		problems
	};
}

const MAX_SPREAD = 200_000;

/** A merged area says the same in all its cells. */
function spread({ rows, merged }: Sheet): Row[] {
	if (merged.length === 0) return rows;
	const byRow = new Map(rows.map((row) => [row.row, row]));
	const added = new Map<number, SheetCell[]>();
	let count = 0;
	for (const [top, left, bottom, right] of merged) {
		const origin = byRow.get(top)?.cells.find(({ column }) => column === left);
		if (!origin || right - left > 500 || bottom - top > 5000) continue;
		for (let row = top; row <= bottom; row++)
			for (let column = left; column <= right; column++) {
				if ((row === top && column === left) || ++count > MAX_SPREAD) continue;
				const list = added.get(row) ?? [];
				if (list.length === 0) added.set(row, list);
				list.push({ ...origin, column });
			}
	}
	for (const [row, cells] of added) {
		const there = byRow.get(row);
		// A row of nothing but the rest of a merged title is no row.
		if (!there) continue;
		const filled = new Set(there.cells.map(({ column }) => column));
		const all = [...there.cells, ...cells.filter(({ column }) => !filled.has(column))];
		byRow.set(row, { row, cells: all.sort((a, b) => a.column - b.column) });
	}
	return rows.map(({ row }) => byRow.get(row)!);
}

const isYear = ({ kind, text }: SheetCell) =>
	/^(19|20|21)\d\d$/.test(text) || (kind === 'date' && isPeriod(text));

/** A number, or a text that is one. */
const isFigure = ({ kind, text }: SheetCell) =>
	kind === 'number' || (kind === 'text' && looksNumeric(text));

/** The first row with figures that is no row of years; without any figures, the one under the first heading. */
function firstOfBody(rows: Row[]): number {
	const figures = rows.findIndex(({ cells }) => {
		const figures = cells.filter((cell) => isFigure(cell) || cell.kind === 'date');
		if (cells.length < 2 || !figures.some(isFigure)) return false;
		return !(figures.length > 1 && figures.every(isYear));
	});
	if (figures > 0) return figures;
	const heading = rows.findIndex(({ cells }) => cells.length > 1);
	return heading === -1 || heading + 1 >= rows.length ? -1 : heading + 1;
}

/** Words that do not stand right above the figures are their heading too, when nothing nearer is. */
function headingOver(rows: Row[], found: number): { top: number; first: number } {
	const top = topOfHeading(rows, found);
	if (top < found) return { top, first: found };
	for (let at = found - 1; at >= 0; at--)
		if (rows[at]!.cells.length > 1 && at + 1 < found)
			return { top: topOfHeading(rows, at + 1), first: at + 1 };
	return { top, first: found };
}

/** Headings stand right above the figures: rows of several cells, and not two words over the first column. */
function topOfHeading(rows: Row[], first: number): number {
	const leftmost = Math.min(...rows[first]!.cells.map(({ column }) => column));
	let corner = '';
	let top = first;
	while (top > 0) {
		const row = rows[top - 1]!;
		if (row.cells.length < 2 || (top < first && rows[top]!.row - row.row > 1)) break;
		const own = row.cells.find(({ column }) => column === leftmost)?.text ?? '';
		if (corner !== '' && own !== '' && own !== corner) break;
		const words = new Set(row.cells.map(({ text }) => text));
		if (words.size === 1 && own !== '') break; // a title merged over all columns
		corner ||= own;
		top--;
	}
	return top;
}

/** Rows under the last figures are notes. */
function lastOfBody(rows: Row[], first: number): number {
	for (let at = rows.length - 1; at > first; at--)
		if (rows[at]!.cells.length > 1 && rows[at]!.cells.some(({ kind }) => kind !== 'text'))
			return at;
	for (let at = rows.length - 1; at > first; at--)
		if (rows[at]!.cells.length >= rows[first]!.cells.length) return at;
	return first;
}

function columnsIn(rows: Row[]): number[] {
	const columns = new Set<number>();
	for (const { cells } of rows) for (const { column } of cells) columns.add(column);
	return [...columns].sort((a, b) => a - b);
}

/** Numbers are numbers, with a point; where some are text, all are written the way those are. */
function formatOf(rows: Row[]): NumberFormat {
	const words: string[] = [];
	for (const { cells } of rows)
		for (const { kind, text } of cells)
			if (kind === 'text' && /\d[.,]\d/.test(text) && looksNumeric(text)) words.push(text);
	return words.length > 0 ? guessFormat(words, ';') : { decimal: '.', thousands: '' };
}

function lineOf({ cells }: Row, at: Map<number, number>, { decimal }: NumberFormat): string[] {
	const line = new Array<string>(at.size).fill('');
	for (const { column, kind, text } of cells) {
		const index = at.get(column);
		if (index !== undefined)
			line[index] = kind === 'number' && decimal === ',' ? text.replace('.', ',') : text;
	}
	return line;
}

/** How many columns hold labels: those before the first that holds figures. */
function stubOf(body: Row[], columns: number[]): number {
	const figures = new Map<number, number>();
	for (const { cells } of body)
		for (const { column, kind } of cells)
			if (kind === 'number') figures.set(column, (figures.get(column) ?? 0) + 1);
	const index = columns.findIndex((column) => (figures.get(column) ?? 0) > 0);
	return index === -1 ? 0 : index;
}

/** Labels written once and left blank below go on; the last of them says what the row is. */
function fillDown(lines: string[][], stub: number): void {
	for (let column = 0; column < stub - 1; column++)
		for (let row = 1; row < lines.length; row++) {
			const line = lines[row]!;
			// A new label to the left begins anew.
			const same = line.slice(0, column).every((text, index) => text === lines[row - 1]![index]);
			if (line[column] === '' && same) line[column] = lines[row - 1]![column]!;
		}
}

/** The words over each column, from the top: 'Ja – pct.'. */
function headingOf(rows: Row[], columns: number[]): string[] {
	const words = columns.map(() => [] as string[]);
	const at = new Map(columns.map((column, index) => [column, index]));
	for (const { cells } of rows)
		for (const { column, text } of cells) {
			const list = words[at.get(column) ?? -1];
			if (list && list.at(-1) !== text) list.push(text);
		}
	return words.map((list) => list.join(' – '));
}

const textOf = ({ cells }: Row) =>
	[...new Set(cells.map(({ text }) => text))].join(' ').slice(0, 2000);
