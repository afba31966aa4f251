import type { Cells } from './cells.ts';
import type { Cube, Dimension, Measure } from './cube.ts';
import { codeOf, fill, type Axis, type Filling, type Layout } from './fill.ts';
import { gridSize } from './grid.ts';
import { guessMeasure, uniqueKeys } from './guess.ts';
import { mergeCategories } from './merge.ts';
import { byPeriodIn, isPeriod } from './periods.ts';
import { stop, type Problem } from './problem.ts';
import { DIMENSION_ROLES, SPREAD_MEASURE, type ColumnRole, type TableRecipe } from './recipe.ts';
import type { Column, Table } from './table.ts';
import type { Totals } from './totals.ts';

/** Recipe + table → cube. Pure: the same two give the same cube, or the same problems. */

export type Built = {
	cube: Cube;
	problems: Problem[];
	/** Cells the sender had suppressed already: '<10'. */
	suppressedBySender: number;
	/** Categories that are totals of the others, by dimension key. */
	totals: Totals;
};

export function build(recipe: TableRecipe, table: Table): Built {
	const layout = lay(recipe, table);
	if ('problems' in layout) return none(layout.problems);
	const axes = readAxes(layout, table);
	const dimensions = axes.map(({ dimension }) => dimension);
	if (gridSize(dimensions) > 2_000_000_000) return none([stop('data.too_large_cube')]);
	const filled = fill(layout, axes, recipe, table);
	const { measures, cells } = name(filled.fillings, recipe);
	let cube: Cube = { shape: { dimensions, measures }, cells };
	const keyOf = (heading: string) => axes.find(({ name }) => name === heading)?.dimension.key ?? '';
	for (const merge of recipe.merges) cube = mergeCategories(cube, keyOf(merge.column), merge);
	const totals = Object.fromEntries(
		Object.entries(recipe.totals).map(([heading, codes]) => [keyOf(heading), codes])
	);
	if (cells.every(({ size }) => size === 0)) filled.problems.push(stop('data.no_values'));
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

/** Dimensions with their categories: periods in time's order, the rest as they first appear. */
function readAxes(layout: Layout, table: Table): Axis[] {
	const axes = layout.dimensions.map(({ index, label, role }) => ({
		column: index as number | null,
		name: table.header[index]!,
		label,
		role,
		codes: [...new Set(table.columns[index]!.texts.map(codeOf))]
	}));
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
		if (role === 'time' && codes.every(isPeriod)) codes.sort(byPeriodIn([...codes]));
		const labels = column === null ? null : labelsIn(table.columns[column]!);
		const categories = codes.map((code) => ({ code, label: labels?.get(code) ?? code }));
		return {
			name,
			column,
			places: new Map(codes.map((code, place) => [code, place])),
			dimension: { key: keys[index]!, label, role, categories }
		};
	});
}

/** A label that goes on over several lines keeps them. */
function labelsIn({ texts }: Column): Map<string, string> {
	const labels = new Map<string, string>();
	for (const text of texts)
		if (text.includes('\n')) labels.set(codeOf(text), text.trim().replace(/\r\n?/g, '\n'));
	return labels;
}

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
