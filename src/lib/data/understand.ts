import type { Asked, Understood } from './formats/format.ts';
import { build, holesIn } from './build.ts';
import { guessMeasure, headingIs } from './guess.ts';
import {
	guessFormat,
	isMissing,
	looksNumeric,
	MISSING,
	suppressedBySender,
	type NumberFormat
} from './numbers.ts';
import { isPeriod } from './periods.ts';
import { questionsAbout, refuseCpr } from './personal.ts';
import { note } from './problem.ts';
import {
	looksLikeTotal,
	SPREAD_MEASURE,
	type ColumnRole,
	type Reading,
	type Recipe,
	type RecipeMeasure,
	type TableRecipe
} from './recipe.ts';
import { countsOf, differentRows, type Table } from './table.ts';

/** What tabular formats share: a proposal of what a table's columns are, and from it the cube. */

/** How the table was read: kept in the recipe, with what the format knows of how numbers are written. */
export type Read = {
	format: string;
	reading: Reading;
	/** Between cells: a hint to how numbers are written, where the format does not know. */
	delimiter?: string;
	numbers?: NumberFormat;
	/** Of the table's one measure, where the format knows. */
	unit?: string;
};

export type UnderstoodTable = Omit<Understood, 'facts'> & {
	recipe: TableRecipe;
	facts: { rows: number; headerRow: number; columns: ColumnFacts[] };
	/** Places in the grid that no row fills. */
	holes: number;
};

/** From a table to a cube. Stops at CPR numbers whatever column they stand in. */
export function understandTable(table: Table, asked: Asked, read: Read): UnderstoodTable {
	refuseCpr(table);
	const recipe = asked.told
		? complete(asked.told, table, read)
		: asked.earlier
			? reuse(asked.earlier, propose(table, read))
			: propose(table, read);
	const built = build(recipe, table);
	const holes = holesIn(built.cube);
	return {
		...built,
		recipe,
		holes,
		problems:
			holes > 0 ? [...built.problems, note('data.holes', { count: holes })] : built.problems,
		questions: questionsAbout(table),
		facts: {
			rows: table.size,
			headerRow: table.headerRow,
			columns: table.header.map((_, index) => columnFacts(table, index))
		}
	};
}

export type ColumnFacts = {
	name: string;
	filled: number;
	missing: number;
	numeric: number;
	periods: number;
	/** Values in order of first appearance; only the first 5,000. */
	distinct: string[];
	integer: boolean;
	longest: number;
};

/** A recipe for this table: what a person would most likely say. */
export function propose(table: Table, read: Read): TableRecipe {
	const { format, reading } = read;
	const facts = table.header.map((_, index) => columnFacts(table, index));
	const numbers = read.numbers ?? guessFormat(numericCells(table, facts), read.delimiter ?? ';');
	const roles = guessRoles(table, facts);
	const spread = facts.filter((_, index) => roles[index] === 'spread').map(({ name }) => name);
	return {
		format,
		reading,
		table: {
			...numbers,
			missing: [...MISSING],
			columns: facts.map(({ name }, index) => ({ name, role: roles[index]!, label: name })),
			spread: spread.length === 0 ? null : spreadDimension(spread)
		},
		dimensions: [],
		measures: proposeMeasures(table, roles, read.unit),
		totals: Object.fromEntries(
			facts
				.map((column, index) => [column.name, totalsIn(column, roles[index]!)] as const)
				.filter(([, totals]) => totals.length > 0)
		),
		merges: []
	};
}

/**
 * A recipe used before, on a new file: columns and measures it knows keep what a person said of them,
 * new ones get a proposal. How the file is written is read afresh.
 */
export function reuse(earlier: Recipe, fresh: TableRecipe): TableRecipe {
	if (!earlier.table) return fresh;
	const columns = new Map(earlier.table.columns.map((column) => [column.name, column]));
	const measures = new Map(earlier.measures.map((measure) => [measure.source, measure]));
	return {
		...fresh,
		table: {
			...fresh.table,
			missing: earlier.table.missing,
			columns: fresh.table.columns.map((column) => columns.get(column.name) ?? column),
			spread: earlier.table.spread
		},
		measures: fresh.measures.map((measure) => measures.get(measure.source) ?? measure),
		totals: { ...fresh.totals, ...earlier.totals },
		merges: earlier.merges
	};
}

/** What a person said, with the measures that the roles they chose give: new ones as proposed. */
function complete(told: Recipe, table: Table, read: Read): TableRecipe {
	const fresh = propose(table, read);
	if (!told.table) return fresh;
	const role = new Map(told.table.columns.map((column) => [column.name, column.role]));
	// Read otherwise than before (another sheet, another separator), nothing of it fits.
	if (!table.header.some((name) => role.has(name))) return fresh;
	const roles = table.header.map((name) => role.get(name) ?? 'ignore');
	const measures = new Map(told.measures.map((measure) => [measure.source, measure]));
	return {
		...told,
		format: read.format,
		reading: read.reading,
		table: told.table,
		measures: proposeMeasures(table, roles, read.unit).map((one) => measures.get(one.source) ?? one)
	};
}

export function columnFacts(table: Table, index: number): ColumnFacts {
	const distinct = new Set<string>();
	const facts = { filled: 0, missing: 0, numeric: 0, periods: 0, integer: true, longest: 0 };
	const column = table.columns[index]!;
	const counts = countsOf(column);
	for (const [code, text] of column.texts.entries()) {
		const [cell, count] = [text.trim(), counts[code]!];
		if (isMissing(cell)) {
			facts.missing += count;
			continue;
		}
		facts.filled += count;
		facts.longest = Math.max(facts.longest, cell.length);
		if (distinct.size < 5000) distinct.add(cell);
		const numeric = looksNumeric(cell);
		if (numeric || suppressedBySender(cell)) facts.numeric += count;
		if (facts.integer && numeric && !/^\d+$/.test(cell)) facts.integer = false;
		if (isPeriod(cell)) facts.periods += count;
	}
	return { name: table.header[index]!, ...facts, distinct: [...distinct] };
}

function* numericCells(table: Table, facts: ColumnFacts[]): Generator<string> {
	for (const [index, column] of facts.entries())
		if (isNumeric(column)) yield* table.columns[index]!.texts;
}

/** Most of what is filled reads as numbers: what does not is then an error, not a reason to call it text. */
const isNumeric = (column: ColumnFacts) =>
	column.filled > 0 && column.numeric >= column.filled * 0.6;

function guessRoles(table: Table, facts: ColumnFacts[]): ColumnRole[] {
	const roles = facts.map((column): ColumnRole | null => {
		if (column.filled === 0) return isPeriod(column.name) ? null : 'ignore';
		if (isTime(column)) return 'time';
		if (isNumeric(column)) return null;
		if (headingIs('unit', column.name)) return 'unit';
		if (headingIs('area', column.name)) return 'area';
		if (column.longest > 200) return 'ignore';
		return 'category';
	});
	const first = roles.indexOf('time');
	for (const index of roles.keys())
		if (roles[index] === 'time' && index !== first) roles[index] = 'category';
	takeNumericKeys(table, facts, roles);
	const values = indices(roles, null);
	const names = facts.findIndex(
		(column, index) => roles[index] === 'category' && headingIs('name', column.name)
	);
	if (values.length > 0 && names !== -1) roles[names] = 'measure_name';
	const unit = roles.indexOf('unit');
	if (unit !== -1 && names === -1) roles[unit] = 'category';
	assignValues(facts, roles, values, names !== -1);
	return roles.map((role) => role ?? 'measure');
}

function isTime(column: ColumnFacts): boolean {
	const share = column.periods / column.filled;
	if (headingIs('time', column.name)) return share >= 0.8;
	if (!isNumeric(column)) return share >= 0.95;
	return share === 1 && column.integer && column.distinct.length < column.filled;
}

/** Numbers can be codes: 'departments' 3, 4, 5. They are, when rows cannot be told apart without them. */
function takeNumericKeys(table: Table, facts: ColumnFacts[], roles: (ColumnRole | null)[]): void {
	takeCodes(table, facts, roles);
	const keys = roles.flatMap((role, index) =>
		role !== null && role !== 'ignore' && role !== 'unit' ? [index] : []
	);
	if (differentRows(table, keys) >= table.size * 0.7) return;
	const taken: number[] = [];
	for (const index of indices(roles, null).slice(0, -1)) {
		if (!facts[index]!.integer) continue;
		taken.push(index);
		if (differentRows(table, [...keys, ...taken]) < table.size) continue;
		for (const key of taken) roles[key] = headingIs('area', facts[key]!.name) ? 'area' : 'category';
		return;
	}
}

/** 'Kommunekode' is a key, or says nothing new beside 'Kommune'; one number column is always left. */
function takeCodes(table: Table, facts: ColumnFacts[], roles: (ColumnRole | null)[]): void {
	for (const index of indices(roles, null)) {
		if (!headingIs('code', facts[index]!.name) || indices(roles, null).length < 2) continue;
		const codes = facts[index]!.distinct.length;
		const twin = facts.some(
			(other, at) =>
				(roles[at] === 'category' || roles[at] === 'area') &&
				other.distinct.length === codes &&
				differentRows(table, [at, index]) === codes
		);
		roles[index] = twin ? 'ignore' : 'category';
	}
}

function assignValues(
	facts: ColumnFacts[],
	roles: (ColumnRole | null)[],
	values: number[],
	named: boolean
): void {
	const periods = values.filter((index) => isPeriod(facts[index]!.name));
	if (periods.length > 1 && !roles.includes('time')) {
		for (const index of periods) roles[index] = 'spread';
		return;
	}
	if (!named) return;
	const value = values.find((index) => headingIs('value', facts[index]!.name)) ?? null;
	if (values.length === 1) roles[values[0]!] = 'value';
	else if (value !== null) roles[value] = 'value';
	else for (const index of values) roles[index] = 'spread';
}

function spreadDimension(headings: string[]): NonNullable<TableRecipe['table']['spread']> {
	if (headings.every(isPeriod)) return { label: 'Tid', role: 'time' };
	const label = headings.length <= 3 ? headings.join(' / ') : `${headings[0]} – ${headings.at(-1)}`;
	return { label, role: 'category' };
}

/** The measures these roles give, with the unit the file tells. */
export function proposeMeasures(
	table: Table,
	roles: readonly ColumnRole[],
	unit: string | null = null
): RecipeMeasure[] {
	const names = roles.indexOf('measure_name');
	const units = roles.indexOf('unit');
	const measures = new Map<string, RecipeMeasure>();
	const valued = roles.includes('value') || roles.includes('spread');
	if (names !== -1 && valued) {
		const { texts, firsts } = table.columns[names]!;
		for (const [code, text] of texts.entries()) {
			const source = text.trim();
			if (source === '' || measures.has(source)) continue;
			const unit = units === -1 ? null : table.textAt(firsts[code]!, units).trim();
			measures.set(source, guessMeasure(source, unit));
		}
	}
	for (const [index, role] of roles.entries()) {
		const heading = table.header[index]!;
		if (role === 'measure' || (role === 'value' && names === -1))
			measures.set(heading, guessMeasure(heading, null));
	}
	if (names === -1 && roles.includes('spread'))
		measures.set(SPREAD_MEASURE, guessMeasure(SPREAD_MEASURE, unit));
	return [...measures.values()];
}

function totalsIn(column: ColumnFacts, role: ColumnRole): string[] {
	const dimension = role === 'area' || role === 'category';
	return dimension && column.distinct.length > 2 ? column.distinct.filter(looksLikeTotal) : [];
}

function indices<T>(items: T[], wanted: T): number[] {
	return items.flatMap((item, index) => (item === wanted ? [index] : []));
}
