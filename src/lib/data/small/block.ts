import type { Effort } from './effort.ts';
import type { Lines } from './lines.ts';
import { Moves, type Variable } from './moves.ts';
import { HIDDEN, UNKNOWN } from './places.ts';

/** Blocks of cells near each other, as linear programs: what the audit asks its questions of. */

/** How many categories of each axis; `wide` takes totals among them. */
export type Reach = { size: number; wide: boolean };

const MOST_VARIABLES = 900;

export type Program = {
	program: Moves;
	cells: number[];
	objective?: Float64Array;
	downs: Map<number, number>;
};

/**
 * The block as a program. Cells alone on a line cannot move and are left out. With a price, what is
 * shown can move too, and pays for it.
 */
export function programOf(
	lines: Lines,
	block: number[],
	effort: Effort,
	price: (cell: number) => number = () => 0,
	target?: number,
	by = 0
): Program | null {
	const { marks, values } = lines.places;
	effort.spend(block.length * (100 + 60 * lines.axes.length));
	// Lines by a short number, cells by their place in the block.
	const numbers = new Map<number, number>();
	const members: number[][] = [];
	const on: number[][] = [];
	const signs: number[][] = [];
	for (const [index, cell] of block.entries()) {
		on[index] = [];
		signs[index] = [];
		lines.each(cell, (key, coefficient) => {
			let line = numbers.get(key);
			if (line === undefined) {
				numbers.set(key, (line = numbers.size));
				members.push([]);
			}
			members[line]!.push(index);
			on[index]!.push(line);
			signs[index]!.push(coefficient);
		});
	}
	const left = Int32Array.from(members, ({ length }) => length);
	const still = new Uint8Array(block.length);
	const lonely: number[] = [];
	for (const [line, count] of left.entries()) if (count === 1) lonely.push(line);
	while (lonely.length > 0) {
		const index = members[lonely.pop()!]!.find((one) => !still[one]);
		if (index === undefined) continue;
		still[index] = 1;
		for (const line of on[index]!) if (--left[line]! === 1) lonely.push(line);
	}
	const kept = Array.from(block.keys()).filter((index) => !still[index]);
	const cells = kept.map((index) => block[index]!);
	if (cells.length === 0 || cells.length > MOST_VARIABLES) return null;
	if (target !== undefined && !cells.includes(target)) return null;
	const rows = new Int32Array(members.length).fill(-1);
	let height = 0;
	for (const index of kept)
		for (const line of on[index]!) if (rows[line] === -1) rows[line] = height++;
	const variables: Variable[] = kept
		.map((index) => ({ index, cell: block[index]! }))
		.map(({ index, cell }) => ({
			rows: on[index]!.map((line) => rows[line]!),
			coefficients: signs[index]!,
			// What is not known is at the least nought.
			low: marks[cell]! & UNKNOWN && values[cell] === 0 ? 0 : -Math.max(0, values[cell]!),
			high: Infinity
		}));
	const downs = new Map<number, number>();
	if (target === undefined) return { program: new Moves(height, variables, effort), cells, downs };
	const prices: number[] = cells.map((cell) => -price(cell));
	const count = cells.length;
	for (let index = 0; index < count; index++) {
		if (prices[index] === 0 || cells[index] === target) continue;
		const up = variables[index]!;
		downs.set(index, variables.length);
		variables.push({ ...up, high: 0 });
		prices.push(-prices[index]!);
		variables[index] = { ...up, low: 0 };
	}
	const at = cells.indexOf(target);
	const dearest = Math.max(1, ...prices.map(Math.abs));
	prices[at] = Math.sign(by) * dearest * 1e4;
	variables[at] = {
		...variables[at]!,
		low: by < 0 ? by : variables[at]!.low,
		high: by > 0 ? by : 0
	};
	return {
		program: new Moves(height, variables, effort),
		cells,
		objective: Float64Array.from(prices),
		downs
	};
}

/**
 * The usable cells in a box around this one: on each axis the categories that stand beside it in some
 * sum, hidden ones first, then the smallest. A category that is a total brings some of its parts.
 */
export function around(
	lines: Lines,
	cell: number,
	reach: Reach,
	usable: (cell: number) => boolean,
	effort: Effort
): number[] {
	const { places } = lines;
	const ranges = places.lengths.map((_, axis) =>
		lines.axes.includes(axis)
			? chosen(lines, cell, axis, reach, usable, effort)
			: [places.place(cell, axis)]
	);
	let ids = [0];
	for (const [axis, range] of ranges.entries()) {
		ids = ids.flatMap((id) => range.map((place) => id + place * places.steps[axis]!));
		if (ids.length > 20_000) return [];
	}
	effort.spend(ids.length * 30);
	const found: number[] = [];
	for (const id of ids) {
		const at = places.at(id);
		if (at !== -1 && (at === cell || usable(at))) found.push(at);
	}
	return found;
}

function chosen(
	lines: Lines,
	cell: number,
	axis: number,
	{ size, wide }: Reach,
	usable: (cell: number) => boolean,
	effort: Effort
): number[] {
	const { places } = lines;
	const { states, values } = places;
	const own = places.place(cell, axis);
	const base = places.ids[cell]! - own * places.steps[axis]!;
	const result = new Set([own]);
	const rank = (place: number) => {
		const at = places.at(base + place * places.steps[axis]!);
		if (at === -1 || !usable(at)) return Infinity;
		return states[at] === HIDDEN ? -1 - values[at]! : Math.abs(values[at]! - values[cell]!);
	};
	const seen = new Set<object>();
	const take = (place: number, many: number) => {
		for (const { relation } of lines.relationsOf(axis, place)) {
			if (seen.has(relation)) continue;
			seen.add(relation);
			const whole = relation.totals.length > 1 || wide;
			const beside = whole ? [...relation.parts, ...relation.totals] : relation.parts;
			effort.spend(beside.length * 150);
			const ranked = beside
				.filter((other) => !result.has(other))
				.map((other) => ({ other, by: rank(other) }))
				.sort((x, y) => x.by - y.by || x.other - y.other)
				.slice(0, many);
			for (const { other } of ranked) result.add(other);
			for (const { other } of ranked) take(other, Math.max(2, Math.ceil(many / 2)));
		}
	};
	take(own, size);
	return [...result];
}
