import type { Asked, Understood } from './formats/format.ts';
import { build, holesIn } from './build.ts';
import { guessMeasure } from './guess.ts';
import { guessFormat, MISSING, type NumberFormat } from './numbers.ts';
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
import { columnFacts, guessRoles, isNumeric, type ColumnFacts } from './roles.ts';
import type { Table } from './table.ts';

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
	// Read otherwise than before (another sheet, another separator), only what fits still holds.
	const gone = told.table.columns.some(({ name }) => !table.header.includes(name));
	if (gone) return reuse(told, fresh);
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

function* numericCells(table: Table, facts: ColumnFacts[]): Generator<string> {
	for (const [index, column] of facts.entries())
		if (isNumeric(column)) yield* table.columns[index]!.texts;
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
