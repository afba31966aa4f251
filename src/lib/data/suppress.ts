import type { Cells } from './cells.ts';
import type { Cell, Cube, Dimension } from './cube.ts';
import { strides } from './grid.ts';
import { looksLikeTotal } from './recipe.ts';

/**
 * Small numbers (D5). A cell built on fewer than `limit` individuals is suppressed, and where a total
 * would give it away, so is another. Zero is shown. Runs before anything is stored: what it removes is
 * kept nowhere.
 */

export type Suppressed = {
	cube: Cube;
	/** Cells absent for being small themselves. */
	primary: number;
	/** Cells absent to guard another. */
	secondary: number;
};

/** Total categories by dimension key; those whose label says so are found without being declared. */
export type Totals = Record<string, string[]>;

export function suppress(cube: Cube, limit: number, declared: Totals = {}): Suppressed {
	const lines = totalLines(cube.shape.dimensions, declared);
	let primary = 0;
	let secondary = 0;
	const cells = cube.cells.map((original, index) => {
		if (!cube.shape.measures[index]!.countsPeople) return original;
		const result = original.copy();
		for (const [position, cell] of original)
			if (cell.status === 'v' && cell.value! > 0 && cell.value! < limit) {
				result.set(position, SUPPRESSED);
				primary++;
			}
		secondary += guard(original, result, lines, limit);
		return result;
	});
	return { cube: { shape: cube.shape, cells }, primary, secondary };
}

const SUPPRESSED: Cell = Object.freeze({ value: null, status: 's' });

/** Which categories of a dimension are totals of its others. */
export function totalsOf(dimension: Dimension, declared: Totals = {}): string[] {
	if (dimension.role === 'time') return declared[dimension.key] ?? [];
	const told = declared[dimension.key] ?? [];
	const found = dimension.categories.map(({ label }) => label).filter(looksLikeTotal);
	const totals = dimension.categories
		.filter(({ code, label }) => told.includes(code) || found.includes(label))
		.map(({ code }) => code);
	return totals.length < dimension.categories.length ? totals : [];
}

/** Offsets of one family of lines: a total and its parts along one dimension. */
type Lines = { axis: number; total: number; parts: number[]; step: number; length: number };

function totalLines(dimensions: Dimension[], declared: Totals): Lines[] {
	const steps = strides(dimensions);
	return dimensions.flatMap((dimension, axis) => {
		const totals = new Set(totalsOf(dimension, declared));
		const step = steps[axis]!;
		const length = dimension.categories.length;
		const places = dimension.categories.map(({ code }, place) => ({
			total: totals.has(code),
			place
		}));
		const parts = places.filter(({ total }) => !total).map(({ place }) => place * step);
		return places
			.filter(({ total }) => total)
			.map(({ place }) => ({ axis, total: place * step, parts, step, length }));
	});
}

/** Suppresses more until no line gives a cell away; returns how many. */
function guard(original: Cells, result: Cells, lines: Lines[], limit: number): number {
	let added = 0;
	let waiting = suppressedIn(result);
	while (waiting.length > 0) {
		const next: number[] = [];
		for (const position of waiting)
			for (const family of lines) {
				const base = position - (Math.floor(position / family.step) % family.length) * family.step;
				for (const chosen of choose(original, result, family, base, limit)) {
					result.set(chosen, SUPPRESSED);
					next.push(chosen);
					added++;
				}
			}
		waiting = next;
	}
	return added;
}

const suppressedIn = (cells: Cells) =>
	[...cells].filter(([, cell]) => cell.status === 's').map(([position]) => position);

/**
 * What else must go on one line. With the total shown, its suppressed parts add up to a known sum: one
 * part alone is given away, and several that add up to less than `limit` nearly so. With the total
 * suppressed, at least one part must be too. Missing cells guard nobody: '-' is often nought.
 */
function choose(
	original: Cells,
	result: Cells,
	{ total, parts }: Lines,
	base: number,
	limit: number
): number[] {
	const totalCell = result.get(base + total);
	if (!totalCell || totalCell.status === 'm') return [];
	const positions = parts.map((part) => base + part);
	const hidden = positions.filter((position) => result.get(position)?.status === 's');
	const hiddenTotal = totalCell.status === 's';
	if (hidden.length === 0 && !hiddenTotal) return [];
	const open = positions
		.filter((position) => result.get(position)?.status === 'v')
		.sort((a, b) => size(original, a) - size(original, b) || a - b);
	const chosen: number[] = [];
	const enough = () => {
		const count = hidden.length + chosen.length;
		if (hiddenTotal) return count >= 1;
		const known = hidden.filter((position) => original.get(position)?.status === 'v');
		const sum = [...known, ...chosen].reduce(
			(all, position) => all + original.get(position)!.value!,
			0
		);
		return count >= 2 && (sum >= limit || known.length < hidden.length);
	};
	while (!enough() && open.length > 0) chosen.push(open.shift()!);
	// Nothing is left on the line to hide behind: the total goes.
	if (!enough() && !hiddenTotal) chosen.push(base + total);
	return chosen;
}

/** Smallest first, but nought last: hiding a nought guards little. */
function size(original: Cells, position: number): number {
	const value = original.get(position)!.value!;
	return value === 0 ? Number.MAX_VALUE : Math.abs(value);
}
