import { Cells } from './cells.ts';
import type { Cell, Cube, Dimension, Measure } from './cube.ts';
import { gridSize, strides } from './grid.ts';
import { guessMeasure, uniqueKeys } from './guess.ts';
import { mergeCategories } from './merge.ts';
import {
	decimalsOf,
	isMissing,
	readNumber,
	suppressedBySender,
	type NumberFormat
} from './numbers.ts';
import { byPeriod, isPeriod } from './periods.ts';
import { stop, type Problem } from './problem.ts';
import { DIMENSION_ROLES, SPREAD_MEASURE, type ColumnRole, type TableRecipe } from './recipe.ts';
import type { Totals } from './suppress.ts';
import type { Table } from './table.ts';

/** Recipe + table → cube. Pure: the same two give the same cube, or the same problems. */

export type Built = {
	cube: Cube;
	problems: Problem[];
	/** Cells the sender had suppressed already: '<10'. */
	suppressedBySender: number;
	/** Categories that are totals of the others, by dimension key. */
	totals: Totals;
};

/** No more problems of one kind than a person reads. */
const MOST = 20;

export function build(recipe: TableRecipe, table: Table): Built {
	const layout = lay(recipe, table);
	if ('problems' in layout) return none(layout.problems);
	const axes = readAxes(layout, table);
	const dimensions = axes.map(({ dimension }) => dimension);
	if (gridSize(dimensions) > 2_000_000_000) return none([stop('data.too_large_cube')]);
	const filled = fill(layout, axes, recipe, table);
	let cube: Cube = { shape: { dimensions, measures: filled.measures }, cells: filled.cells };
	const keyOf = (heading: string) => axes.find(({ name }) => name === heading)?.dimension.key ?? '';
	for (const merge of recipe.merges) cube = mergeCategories(cube, keyOf(merge.column), merge);
	const totals = Object.fromEntries(
		Object.entries(recipe.totals).map(([heading, codes]) => [keyOf(heading), codes])
	);
	if (filled.cells.every((cells) => cells.size === 0)) filled.problems.push(stop('data.no_values'));
	return { cube, problems: filled.problems, suppressedBySender: filled.suppressedBySender, totals };
}

/** Places in the grid of some measure that the file says nothing of. */
export const holesIn = ({ shape, cells }: Cube) =>
	gridSize(shape.dimensions) * cells.length - cells.reduce((sum, { size }) => sum + size, 0);

const none = (problems: Problem[]): Built => ({
	cube: { shape: { dimensions: [], measures: [] }, cells: [] },
	problems,
	suppressedBySender: 0,
	totals: {}
});

type Layout = {
	/** Columns by role, as indices into the table. */
	dimensions: { index: number; label: string; role: Dimension['role'] }[];
	name: number | null;
	unit: number | null;
	/** The columns that hold numbers of named (or the one unnamed) measure. */
	values: number[];
	/** Columns that are a measure of their own. */
	own: number[];
	spread: TableRecipe['table']['spread'];
};

function lay(recipe: TableRecipe, table: Table): Layout | { problems: Problem[] } {
	const at = (role: ColumnRole) =>
		recipe.table.columns
			.filter((column) => column.role === role)
			.map(({ name }) => table.header.indexOf(name));
	const gone = recipe.table.columns.filter(
		({ name, role }) => role !== 'ignore' && !table.header.includes(name)
	);
	if (gone.length > 0)
		return { problems: gone.map(({ name }) => stop('data.column_missing', { column: name })) };
	const dimensions = recipe.table.columns
		.filter(({ role }) => DIMENSION_ROLES.includes(role))
		.map(({ name, label, role }) => ({
			index: table.header.indexOf(name),
			label,
			role: role as Dimension['role']
		}));
	const [names, units, value, spread] = [at('measure_name'), at('unit'), at('value'), at('spread')];
	const problems: Problem[] = [];
	if (names.length > 1) problems.push(stop('data.two_of_role', { role: 'measure_name' }));
	if (units.length > 1) problems.push(stop('data.two_of_role', { role: 'unit' }));
	if (value.length > 1) problems.push(stop('data.two_of_role', { role: 'value' }));
	if (value.length > 0 && spread.length > 0) problems.push(stop('data.value_and_spread'));
	if (
		dimensions.filter(({ role }) => role === 'time').length +
			(spread.length > 0 && recipe.table.spread?.role === 'time' ? 1 : 0) >
		1
	)
		problems.push(stop('data.two_of_role', { role: 'time' }));
	if (dimensions.length === 0 && spread.length === 0) problems.push(stop('data.no_dimension'));
	if (names.length > 0 && value.length + spread.length === 0)
		problems.push(stop('data.no_value_column'));
	if (value.length + spread.length + at('measure').length === 0)
		problems.push(stop('data.no_measure'));
	if (problems.length > 0) return { problems };
	return {
		dimensions,
		name: names[0] ?? null,
		unit: units[0] ?? null,
		values: value.length > 0 ? value : spread,
		own: at('measure'),
		spread:
			spread.length > 0
				? (recipe.table.spread ?? { label: SPREAD_MEASURE, role: 'category' })
				: null
	};
}

type Axis = {
	name: string;
	dimension: Dimension;
	column: number | null;
	places: Map<string, number>;
};

/** Dimensions with their categories: periods in time's order, the rest as they first appear. */
function readAxes(layout: Layout, table: Table): Axis[] {
	const axes = layout.dimensions.map(({ index, label, role }) => {
		const codes = new Set<string>();
		for (const row of table.rows) codes.add(codeOf(row[index]!));
		return {
			column: index as number | null,
			name: table.header[index]!,
			label,
			role,
			codes: [...codes]
		};
	});
	if (layout.spread) {
		const { label, role } = layout.spread;
		axes.push({
			column: null,
			name: label,
			label,
			role,
			codes: layout.values.map((index) => table.header[index]!)
		});
	}
	const keys = uniqueKeys(axes.map(({ name }) => name));
	return axes.map(({ name, column, label, role, codes }, index) => {
		if (role === 'time' && codes.every(isPeriod)) codes.sort(byPeriod);
		const categories = codes.map((code) => ({ code, label: code }));
		return {
			name,
			column,
			places: new Map(codes.map((code, place) => [code, place])),
			dimension: { key: keys[index]!, label, role, categories }
		};
	});
}

/** A row without a category still has a place. */
const codeOf = (cell: string) => cell.trim().replace(/\s+/g, ' ') || '–';

type Filled = {
	measures: Measure[];
	cells: Cells[];
	problems: Problem[];
	suppressedBySender: number;
};

/** One measure being filled: which row gave each cell, so that two rows that disagree are both named. */
type Filling = {
	cells: Cells;
	rows: Map<number, number>;
	source: string;
	unit: string | null;
	decimals: number;
};

function fill(layout: Layout, axes: Axis[], recipe: TableRecipe, table: Table): Filled {
	const dimensions = axes.map(({ dimension }) => dimension);
	const steps = strides(dimensions);
	const room = gridSize(dimensions);
	const format: NumberFormat = { decimal: recipe.table.decimal, thousands: recipe.table.thousands };
	const missing = new Set(
		recipe.table.missing.map((token) => token.trim().toLowerCase()).concat('')
	);
	const fillings = new Map<string, Filling>();
	const problems: Problem[] = [];
	const counts = new Map<string, number>();
	let bySender = 0;

	const report = (code: string, params: Problem['params']) => {
		const count = (counts.get(code) ?? 0) + 1;
		counts.set(code, count);
		if (count <= MOST) problems.push(stop(code, params));
	};
	const filling = (source: string): Filling => {
		let found = fillings.get(source);
		if (!found) {
			found = { cells: new Cells(room), rows: new Map(), source, unit: null, decimals: 0 };
			fillings.set(source, found);
		}
		return found;
	};
	const put = (into: Filling, position: number, text: string, row: number, column: number) => {
		const cell = readCell(text);
		if (!cell) return report('data.unreadable', { row, column: table.header[column]! });
		const before = into.cells.get(position);
		if (before && (before.value !== cell.value || before.status !== cell.status))
			return report('data.duplicate_differs', {
				row,
				other: into.rows.get(position)!,
				measure: into.source
			});
		if (before) return;
		if (cell.status === 's') bySender++;
		into.cells.set(position, cell);
		into.rows.set(position, row);
		if (cell.status === 'v') into.decimals = Math.max(into.decimals, decimalsOf(text, format));
	};
	const readCell = (text: string): Cell | null => {
		if (isMissing(text, missing)) return MISSING_CELL;
		const value = readNumber(text, format);
		if (value !== null) return { value, status: 'v' };
		return suppressedBySender(text) ? SUPPRESSED_CELL : null;
	};

	for (const [index, cells] of table.rows.entries()) {
		const row = table.numbers[index]!;
		let position = 0;
		for (const [at, axis] of axes.entries())
			if (axis.column !== null)
				position += axis.places.get(codeOf(cells[axis.column]!))! * steps[at]!;
		const source = layout.name === null ? null : cells[layout.name]!.trim();
		if (source === '') report('data.no_measure_name', { row });
		else
			for (const column of layout.values) {
				const into = filling(source ?? (layout.spread ? SPREAD_MEASURE : table.header[column]!));
				if (layout.unit !== null) {
					const unit = cells[layout.unit]!.trim();
					if (into.unit !== null && into.unit !== unit)
						report('data.unit_varies', { row, measure: into.source });
					into.unit ??= unit;
				}
				put(
					into,
					position + (layout.spread ? axes.at(-1)!.places.get(table.header[column]!)! : 0),
					cells[column]!,
					row,
					column
				);
			}
		for (const column of layout.own)
			put(filling(table.header[column]!), position, cells[column]!, row, column);
	}
	for (const [code, count] of counts)
		if (count > MOST) problems.push(stop('data.and_more', { count: count - MOST, code }));
	return { ...name([...fillings.values()], recipe), problems, suppressedBySender: bySender };
}

const MISSING_CELL: Cell = Object.freeze({ value: null, status: 'm' });
const SUPPRESSED_CELL: Cell = Object.freeze({ value: null, status: 's' });

function name(fillings: Filling[], recipe: TableRecipe): { measures: Measure[]; cells: Cells[] } {
	const told = new Map(recipe.measures.map((measure) => [measure.source, measure]));
	const order = [...told.keys()];
	const place = (source: string) => (told.has(source) ? order.indexOf(source) : order.length);
	fillings.sort((a, b) => place(a.source) - place(b.source));
	const keys = uniqueKeys(fillings.map(({ source }) => source));
	return {
		measures: fillings.map(({ source, unit, decimals }, index) => {
			const {
				label,
				unit: shown,
				countsPeople,
				additive
			} = told.get(source) ?? guessMeasure(source, unit);
			return { key: keys[index]!, label, unit: shown, decimals, countsPeople, additive };
		}),
		cells: fillings.map(({ cells }) => cells)
	};
}
