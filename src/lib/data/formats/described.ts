import { refuse } from '../../base/errors.ts';
import { Cells } from '../cells.ts';
import type { Category, Cube, Dimension } from '../cube.ts';
import { gridSize } from '../grid.ts';
import { uniqueKeys } from '../guess.ts';
import { Marks, WORDS } from '../marks.ts';
import { mergeCategories } from '../merge.ts';
import { suppressedBySender } from '../numbers.ts';
import { byPeriodIn, isPeriod } from '../periods.ts';
import { note, stop, type Problem } from '../problem.ts';
import type { Reading } from '../recipe.ts';
import { askAbout, CprWatch, refuseCprIn, refuseCprInMarks } from './described-persons.ts';
import { recipeFor } from './described-recipe.ts';
import type { About, Asked, Choice, Understood } from './format.ts';

/** What formats that describe themselves share: from what the file says to recipe and cube. */
export type Description = {
	format: { key: string; name: string };
	reading: Reading;
	encoding: string;
	choices: Choice[];
	about: About;
	/** In the file's order; the last turns fastest. */
	dimensions: DescribedDimension[];
	/** Which of them says which measure it is: its categories are measures. Null when none does. */
	metric: number | null;
	/** One for each category of `metric`, or the one there is. */
	measures: DescribedMeasure[];
	/** What marks on cells mean. */
	marks: Record<string, string>;
	problems: Problem[];
};

export type DescribedDimension = {
	/** The file's own name for it, the same in all its languages. */
	source: string;
	label: string;
	/** Its label in every language of the file: a label among them was not typed by a person. */
	labels?: string[];
	role: Dimension['role'];
	categories: Category[];
	/** Categories that the file calls totals. */
	totals?: string[];
	note?: string;
};

export type DescribedMeasure = {
	source: string;
	label: string;
	labels?: string[];
	/** Null: the file does not say. */
	unit: string | null;
	units?: string[];
	/** Null: as many as the values show. */
	decimals: number | null;
	note?: string;
};

/**
 * Takes one cell in: its place in the file's grid; its number, null where there is none, or the words
 * that stand instead of one; and the file's mark on it.
 */
export type Put = (place: number, value: number | string | null, mark?: string | null) => void;

/** More cells than this are refused: a number and a status take nine bytes each. */
export const MAX_CELLS = 10_000_000;

/** Refuses too large a grid before anything of its size is made. */
export function refuseLarge(sizes: number[]): void {
	const cells = sizes.reduce((product, size) => product * size, 1);
	if (cells > MAX_CELLS) refuse('data.too_many_cells', { cells, limit: MAX_CELLS });
}

/** Builds the cube; `fill` hands over the file's cells. */
export function understandDescribed(
	of: Description,
	asked: Asked,
	fill: (put: Put) => void
): Understood {
	refuseLarge(of.dimensions.map(({ categories }) => categories.length));
	refuseCprIn(of);
	const recipe = recipeFor(of, asked);
	const problems = [...of.problems];
	const axes = of.dimensions.filter((_, index) => index !== of.metric);
	const keys = uniqueKeys(axes.map(({ source }) => source));
	const orders = axes.map(timeOrder);
	const dimensions = axes.map((axis, index): Dimension => {
		const told = recipe.dimensions[index]!;
		return {
			key: keys[index]!,
			label: told.label,
			role: told.role,
			categories: orders[index]?.map((place) => axis.categories[place]!) ?? axis.categories,
			source: axis.source,
			...(axis.note ? { note: axis.note } : {})
		};
	});
	const grid = fillGrid(of, dimensions, orders, fill);
	const measureKeys = uniqueKeys(of.measures.map(({ source }) => source));
	const metric = of.metric === null ? null : of.dimensions[of.metric]!;
	let cube: Cube = {
		shape: {
			dimensions,
			measures: of.measures.map(({ source, decimals, note }, index) => {
				const { label, unit, countsPeople, additive } = recipe.measures[index]!;
				return {
					key: measureKeys[index]!,
					label,
					unit,
					decimals: decimals ?? grid.decimals[index]!,
					countsPeople,
					additive,
					source,
					...(note ? { note } : {})
				};
			}),
			...(metric
				? { metric: { source: metric.source, label: metric.label, place: of.metric! } }
				: {}),
			...(Object.keys(of.marks).length > 0 ? { marks: of.marks } : {})
		},
		cells: grid.cells,
		...(grid.marks.some(Boolean) ? { marks: grid.marks } : {})
	};
	const keyOf = (source: string) => keys[axes.findIndex((axis) => axis.source === source)] ?? '';
	for (const merge of recipe.merges) cube = mergeCategories(cube, keyOf(merge.column), merge);
	const totals = Object.fromEntries(
		Object.entries(recipe.totals).map(([source, codes]) => [keyOf(source), codes])
	);
	if (dimensions.filter(({ role }) => role === 'time').length > 1)
		problems.push(stop('data.two_of_role', { role: 'time' }));
	if (grid.given + grid.texts === 0) problems.push(stop('data.no_values'));
	if (grid.texts > 0) problems.push(note('data.text_values', { count: grid.texts }));
	if (grid.absent > 0 && grid.given + grid.texts > 0)
		problems.push(note('data.holes', { count: grid.absent }));
	return {
		recipe,
		cube,
		totals,
		problems,
		questions: askAbout(axes),
		suppressedBySender: grid.bySender,
		facts: {
			format: of.format.name,
			encoding: of.encoding,
			table: null,
			choices: of.choices,
			about: { ...of.about, ...unitsOf(of.measures) }
		}
	};
}

/** Units in the file's words, by measure. */
function unitsOf(measures: DescribedMeasure[]): Pick<About, 'units'> {
	const units = measures.flatMap(({ source, unit }) => (unit ? [[source, unit]] : []));
	return units.length > 0 ? { units: Object.fromEntries(units) } : {};
}

/** The file's places in time's order; null when they stand so already or are not all periods. */
function timeOrder({ role, categories }: DescribedDimension): number[] | null {
	if (role !== 'time' || !categories.every(({ code }) => isPeriod(code))) return null;
	const order = categories.map((_, place) => place);
	const compare = byPeriodIn(categories.map(({ code }) => code));
	order.sort((a, b) => compare(categories[a]!.code, categories[b]!.code) || a - b);
	return order.every((place, index) => place === index) ? null : order;
}

/** Cells by measure, from places in a grid where measures are one of the dimensions. */
function fillGrid(
	of: Description,
	dimensions: Dimension[],
	orders: (number[] | null)[],
	fill: (put: Put) => void
) {
	const room = gridSize(dimensions);
	const cells = of.measures.map(() => new Cells(room));
	const marks: (Marks | undefined)[] = of.measures.map(() => undefined);
	const decimals = of.measures.map(() => 0);
	const inner = of.metric === null ? 1 : size(of.dimensions.slice(of.metric + 1));
	const count = of.metric === null ? 1 : of.measures.length;
	const moves = movesOf(dimensions, orders);
	const watch = new CprWatch(of.measures.map(({ label }) => label));
	const result = { cells, marks, decimals, given: 0, texts: 0, bySender: 0, absent: 0 };
	fill((place, value, mark) => {
		const measure = of.metric === null ? 0 : Math.floor(place / inner) % count;
		let position =
			of.metric === null ? place : Math.floor(place / (inner * count)) * inner + (place % inner);
		for (const { step, length, to } of moves) {
			const at = Math.floor(position / step) % length;
			position += (to[at]! - at) * step;
		}
		const own = cells[measure]!;
		if (typeof value === 'number') {
			own.setValue(position, value === 0 ? 0 : value);
			result.given++;
			if (decimals[measure]! < 6)
				decimals[measure] = Math.max(decimals[measure]!, decimalsOf(value));
			watch.see(measure, value);
		} else if (value !== null && suppressedBySender(value)) {
			own.setStatus(position, 's');
			result.bySender++;
			result.given++;
			return;
		} else {
			own.setStatus(position, 'm');
			if (value !== null) result.texts++;
		}
		const shown = typeof value === 'string' ? WORDS + value : mark;
		if (shown && shown.length <= 41) (marks[measure] ??= new Marks(room)).set(position, shown);
	});
	watch.refuse();
	for (const of of marks) refuseCprInMarks(of?.symbols ?? []);
	result.absent = room * cells.length - cells.reduce((sum, one) => sum + one.size, 0);
	return result;
}

function movesOf(dimensions: Dimension[], orders: (number[] | null)[]) {
	let step = 1;
	const moves: { step: number; length: number; to: number[] }[] = [];
	for (let index = dimensions.length - 1; index >= 0; index--) {
		const length = dimensions[index]!.categories.length;
		const order = orders[index];
		if (order) {
			const to = new Array<number>(length);
			for (const [place, from] of order.entries()) to[from] = place;
			moves.push({ step, length, to });
		}
		step *= length;
	}
	return moves;
}

const size = (dimensions: DescribedDimension[]) =>
	dimensions.reduce((product, { categories }) => product * categories.length, 1);

/** How many decimals a number shows, six at most. */
function decimalsOf(value: number): number {
	if (Number.isInteger(value)) return 0;
	const text = String(value);
	const point = text.indexOf('.');
	return text.includes('e') ? 6 : Math.min(6, text.length - point - 1);
}
