import { guardLines, type Lines } from './lines.ts';
import { Moves, type Variable } from './moves.ts';
import { HIDDEN, KNOWN, OPEN, UNKNOWN, WANTED } from './places.ts';

/**
 * The audit: from what is shown and from nothing being negative, an attacker must not get closer to any
 * hidden cell than an interval that covers 1..limit-1 (from 0, where noughts are hidden) and is at least
 * `limit` wide. It is asked in blocks of hidden cells near each other, the rest held still: what can
 * happen in the block can happen in the whole. Where a cell cannot move far enough more is hidden, the
 * least that a linear program finds, and it is asked again until it holds.
 */
export type Auditing = {
	limit: number;
	/** The least value a hidden cell must be able to have: 1, or 0 where noughts are hidden. */
	least: number;
	/** Against one who kept what was published before, too: cells they know hide nothing. */
	kept: boolean;
};

export type Audited = {
	/** Cells hidden by it. */
	hidden: number[];
	/** Cells that could not be guarded against one who kept what was published before. */
	given: number[];
};

/** Multiplications after which it hides whole blocks rather than look for the least: some seconds. */
const MOST_WORK = 3e9;

/** Categories taken from each axis around a cell, by how many axes have totals; one try after the other. */
const REACH = [
	[40, 400],
	[6, 14, 30],
	[3, 5, 8],
	[2, 3, 4]
];
const MOST_VARIABLES = 900;

export function audit(lines: Lines, { limit, least, kept }: Auditing): Audited {
	const { places } = lines;
	const { states, values, marks } = places;
	const low = values.slice();
	const high = values.slice();
	const hidden: number[] = [];
	const given: number[] = [];
	let work = 0;
	const reach = REACH[Math.min(lines.axes.length, REACH.length) - 1] ?? [];

	const needed = (cell: number) => states[cell] === HIDDEN && (!kept || needsKept(marks[cell]!));
	const free = (cell: number) => states[cell] === HIDDEN && !(kept && marks[cell]! & KNOWN);
	const holds = (cell: number) =>
		low[cell]! <= least + SLACK &&
		high[cell]! >= limit - 1 - SLACK &&
		high[cell]! - low[cell]! >= limit - SLACK;

	let waiting: number[] = [];
	for (let cell = 0; cell < places.count; cell++) if (needed(cell)) waiting.push(cell);
	// The smallest first: what guards them is then there for the larger ones.
	waiting.sort((a, b) => values[a]! - values[b]! || a - b);
	while (waiting.length > 0) {
		const next: number[] = [];
		for (const cell of waiting) {
			if (!needed(cell) || holds(cell) || alone(cell)) continue;
			if (lookAround(cell)) continue;
			const more = work < MOST_WORK ? repair(cell) : null;
			const added = more ?? fallBack(cell);
			if (added.length === 0 && kept && !lookAround(cell)) given.push(cell);
			const all = [...added, ...guardLines(lines, [...added, cell], limit)];
			hidden.push(...all);
			next.push(...all.filter(needed));
			if (added.length > 0 && !holds(cell)) next.push(cell);
		}
		waiting = next;
	}
	return { hidden, given };

	/** On no line at all a cell is whatever it is. */
	function alone(cell: number): boolean {
		return lines.of(cell).length === 0;
	}

	/** Does it hold among the hidden cells near it? Learns what it can of the others on the way. */
	function lookAround(cell: number): boolean {
		let before = 0;
		for (const size of reach) {
			const block = around(cell, size, free);
			if (block.length === before) continue;
			before = block.length;
			const moves = program(block, () => 1);
			if (!moves) continue;
			ask(moves, cell);
			if (holds(cell)) {
				if (work < MOST_WORK / 2)
					for (const other of moves.cells) if (needed(other) && !holds(other)) ask(moves, other);
				work += moves.program.work;
				return true;
			}
			work += moves.program.work;
			if (work > MOST_WORK) break;
		}
		return false;
	}

	function ask(moves: Program, cell: number): void {
		const at = moves.cells.indexOf(cell);
		if (at === -1) return;
		const value = values[cell]!;
		if (low[cell]! > least + SLACK) moves.program.push(at, -1, value);
		learn(moves);
		const far = Math.max(limit - 1, low[cell]! + limit);
		if (high[cell]! < far - SLACK) moves.program.push(at, 1, far - value);
		learn(moves);
	}

	function learn({ program, cells }: Program): void {
		for (const [at, cell] of cells.entries()) {
			const now = values[cell]! + program.at(at);
			if (now < low[cell]!) low[cell] = now;
			if (now > high[cell]!) high[cell] = now;
		}
	}

	/** What must be hidden as well for this cell to move far enough, the least there is near it; null: not found. */
	function repair(cell: number): number[] | null {
		const usable = (other: number) =>
			free(other) ||
			(states[other] === OPEN && values[other]! > 0 && !(kept && marks[other]! & KNOWN));
		let before = 0;
		for (const size of reach) {
			const block = around(cell, size, usable);
			if (block.length === before) continue;
			before = block.length;
			const added = new Set<number>();
			const value = values[cell]!;
			if (
				low[cell]! > least + SLACK &&
				!reaches(block, cell, Math.min(least, value) - value, added)
			)
				continue;
			const from = Math.min(low[cell]!, least);
			const far = Math.max(limit - 1, (low[cell]! <= least ? from : least) + limit);
			if (high[cell]! < far - SLACK && !reaches(block, cell, far - value, added)) continue;
			for (const other of added) states[other] = HIDDEN;
			return [...added];
		}
		return null;
	}

	/** Moves the cell by so much at the least price, and notes which shown cells had to move along. */
	function reaches(block: number[], cell: number, by: number, added: Set<number>): boolean {
		if (Math.abs(by) < SLACK) return true;
		const price = (other: number) =>
			states[other] === HIDDEN || added.has(other) ? 0 : 1 + values[other]! / 50;
		const built = program(block, price, cell, by);
		if (!built) return false;
		const { program: moves, cells, objective } = built;
		moves.best(objective!);
		work += moves.work;
		const at = cells.indexOf(cell);
		if (Math.abs(moves.at(at) - by) > SLACK) return false;
		// Each cell that pays stands twice: up at its place, down at the end.
		for (const [index, other] of cells.entries()) {
			const down = built.downs.get(index);
			const moved = moves.at(index) + (down === undefined ? 0 : moves.at(down));
			const now = values[other]! + moved;
			if (Math.abs(moved) > SLACK && states[other] === OPEN) added.add(other);
			if (states[other] === HIDDEN || added.has(other)) {
				low[other] = Math.min(low[other]!, now);
				high[other] = Math.max(high[other]!, now);
			}
		}
		return true;
	}

	type Program = {
		program: Moves;
		cells: number[];
		objective?: Float64Array;
		downs: Map<number, number>;
	};

	/**
	 * The block as a program. Cells alone on a line cannot move and are left out. With a price, what is
	 * shown can move too, and pays for it.
	 */
	function program(
		block: number[],
		price: (cell: number) => number,
		target?: number,
		by = 0
	): Program | null {
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
		if (target === undefined) return { program: new Moves(height, variables), cells, downs };
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
			program: new Moves(height, variables),
			cells,
			objective: Float64Array.from(prices),
			downs
		};
	}

	/**
	 * The usable cells in a box around this one: on each axis the categories that stand beside it in some
	 * sum, hidden ones first, then the smallest. A category that is a total brings some of its parts.
	 */
	function around(cell: number, size: number, usable: (cell: number) => boolean): number[] {
		const ranges = places.lengths.map((_, axis) =>
			lines.axes.includes(axis) ? chosen(cell, axis, size, usable) : [places.place(cell, axis)]
		);
		let ids = [0];
		for (const [axis, range] of ranges.entries()) {
			ids = ids.flatMap((id) => range.map((place) => id + place * places.steps[axis]!));
			if (ids.length > 20_000) return [];
		}
		const found: number[] = [];
		for (const id of ids) {
			const at = places.at(id);
			if (at !== -1 && (at === cell || usable(at))) found.push(at);
		}
		return found;
	}

	function chosen(
		cell: number,
		axis: number,
		size: number,
		usable: (cell: number) => boolean
	): number[] {
		const own = places.place(cell, axis);
		const base = places.ids[cell]! - own * places.steps[axis]!;
		const result = new Set([own]);
		const wide = size >= reach.at(-1)!;
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

	/**
	 * Everything on the cell's lines, then on theirs, and so on: where all of it is hidden, any multiple of
	 * it could be the truth. First only what stands beside it.
	 */
	function fallBack(cell: number): number[] {
		const added: number[] = [];
		const can = (other: number) => states[other] === OPEN && values[other]! > 0;
		const seen = new Set([cell]);
		let edge = [cell];
		for (let step = 0; edge.length > 0; step++) {
			const next: number[] = [];
			for (const one of edge)
				for (const line of lines.of(one))
					for (const side of ['parts', 'totals'] as const)
						for (const other of lines.members(line, side)) {
							if (seen.has(other)) continue;
							seen.add(other);
							if (can(other) && !(kept && marks[other]! & KNOWN)) {
								states[other] = HIDDEN;
								added.push(other);
							}
							if (states[other] === HIDDEN) next.push(other);
						}
			edge = next;
			if (work < MOST_WORK && step < 2 && lookAround(cell)) return added;
		}
		// All of it is hidden now, so all of it could be nought, or any multiple.
		if (!kept)
			for (const one of seen)
				if (states[one] === HIDDEN) {
					low[one] = 0;
					high[one] = Math.max(high[one]!, values[one]! * 1000 + limit);
				}
		return added;
	}
}

const SLACK = 1e-6;

const needsKept = (marks: number) => (marks & WANTED) !== 0 && (marks & KNOWN) === 0;
