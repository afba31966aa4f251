import { around, programOf, type Program, type Reach } from './block.ts';
import type { Effort } from './effort.ts';
import { guardLines, type Lines } from './lines.ts';
import { ELSEWHERE, HIDDEN, KNOWN, OPEN, WANTED } from './places.ts';

/**
 * The audit: from what is shown and from nothing being negative, an attacker must not get closer to any
 * hidden cell than an interval that covers 1..limit-1 (from 0, where noughts are hidden) and is at least
 * `limit` wide. It is asked in blocks of hidden cells near each other, the rest held still: what can
 * happen in the block can happen in the whole. Where a cell cannot move far enough more is hidden, the
 * least that a linear program finds, and it is asked again until it holds. What all this may cost has an
 * end (`Effort`): beyond it everything on a cell's lines is hidden, which needs no program to be safe.
 */
export type Auditing = {
	limit: number;
	/** The least value a hidden cell must be able to have: 1, or 0 where noughts are hidden. */
	least: number;
	/** Against one who kept what was published before, too: cells they know hide nothing. */
	kept: boolean;
	effort: Effort;
};

export type Audited = {
	/** Cells hidden by it. */
	hidden: number[];
	/** Cells that could not be guarded against one who kept what was published before. */
	given: number[];
};

/** Categories taken from each axis around a cell, by how many axes have totals; one try after the other. */
const REACH = [
	[40, 400],
	[6, 14, 30],
	[6, 8],
	[3, 4]
];

export function audit(lines: Lines, { limit, least, kept, effort }: Auditing): Audited {
	const { places } = lines;
	const { states, values, marks } = places;
	const low = values.slice();
	const high = values.slice();
	const hidden: number[] = [];
	const given: number[] = [];
	/** Whose lines, and theirs, are hidden altogether; to be had by nobody who sees only this edition. */
	const settled = new Set<number>();
	const sizes = REACH[Math.min(lines.axes.length, REACH.length) - 1] ?? [];
	const reaches: Reach[] = sizes.map((size, at) => ({ size, wide: at === sizes.length - 1 }));

	const needed = (cell: number) =>
		states[cell] === HIDDEN && (kept ? needsKept(marks[cell]!) : !(marks[cell]! & ELSEWHERE));
	const free = (cell: number) =>
		states[cell] === HIDDEN && !(marks[cell]! & (kept ? KNOWN : ELSEWHERE));
	const hideable = (cell: number) =>
		states[cell] === OPEN &&
		values[cell]! > 0 &&
		!(marks[cell]! & (kept ? KNOWN | ELSEWHERE : ELSEWHERE));
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
			if (!effort.over && lookAround(cell)) continue;
			const more = effort.over ? null : repair(cell);
			const added = more ?? fallBack(cell);
			if (added.length === 0 && kept && (effort.over || !lookAround(cell))) given.push(cell);
			const all = added.concat(guardLines(lines, added.concat(cell), limit));
			for (const one of all) {
				hidden.push(one);
				if (needed(one)) next.push(one);
			}
			if (added.length > 0 && !holds(cell)) next.push(cell);
		}
		waiting = next;
	}
	return { hidden, given };

	/** On no line a cell is whatever it is; and where no line crosses its own, guarding the line was enough. */
	function alone(cell: number): boolean {
		if (!kept && lines.uncrossed) return true;
		return lines.of(cell).length === 0;
	}

	/** Does it hold among the hidden cells near it? Learns what it can of the others on the way. */
	function lookAround(cell: number): boolean {
		let before = 0;
		for (const reach of reaches) {
			const block = around(lines, cell, reach, free, effort);
			if (block.length === before) continue;
			before = block.length;
			const moves = programOf(lines, block, effort);
			if (!moves) continue;
			ask(moves, cell);
			if (holds(cell)) {
				if (!effort.halfOver)
					for (const other of moves.cells) if (needed(other) && !holds(other)) ask(moves, other);
				return true;
			}
			if (effort.over) break;
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
		// Small enough, but not yet far enough from the highest: where it stands may be an estimate.
		if (low[cell]! > SLACK && !holds(cell)) moves.program.push(at, -1, value);
		learn(moves);
	}

	function learn({ program, cells }: Program): void {
		effort.spend(4 * cells.length);
		for (const [at, cell] of cells.entries()) {
			const now = values[cell]! + program.at(at);
			if (now < low[cell]!) low[cell] = now;
			if (now > high[cell]!) high[cell] = now;
		}
	}

	/** What must be hidden as well for this cell to move far enough, the least there is near it; null: not found. */
	function repair(cell: number): number[] | null {
		const usable = (other: number) => free(other) || hideable(other);
		let before = 0;
		for (const reach of reaches) {
			if (effort.over) return null;
			const block = around(lines, cell, reach, usable, effort);
			if (block.length === before) continue;
			before = block.length;
			const added = new Set<number>();
			const value = values[cell]!;
			if (low[cell]! > least + SLACK && !moved(block, cell, Math.min(least, value) - value, added))
				continue;
			const from = Math.min(low[cell]!, least);
			const far = Math.max(limit - 1, (low[cell]! <= least ? from : least) + limit);
			if (high[cell]! < far - SLACK && !moved(block, cell, far - value, added)) continue;
			for (const other of added) states[other] = HIDDEN;
			return [...added];
		}
		return null;
	}

	/** Moves the cell by so much at the least price, and notes which shown cells had to move along. */
	function moved(block: number[], cell: number, by: number, added: Set<number>): boolean {
		if (Math.abs(by) < SLACK) return true;
		const price = (other: number) =>
			states[other] === HIDDEN || added.has(other) ? 0 : 1 + values[other]! / 50;
		const built = programOf(lines, block, effort, price, cell, by);
		if (!built) return false;
		const { program: moves, cells, objective } = built;
		moves.best(objective!);
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

	/**
	 * Everything on the cell's lines, then on theirs, and so on: where all of it is hidden, any multiple of
	 * it could be the truth. First only what stands beside it.
	 */
	function fallBack(cell: number): number[] {
		const added: number[] = [];
		if (settled.has(cell)) return added;
		const seen = new Set([cell]);
		const gone = new Set<number>();
		let edge = [cell];
		for (let step = 0; edge.length > 0; step++) {
			const next: number[] = [];
			for (const one of edge)
				for (const line of lines.of(one)) {
					if (gone.has(line.number)) continue;
					gone.add(line.number);
					for (const side of ['parts', 'totals'] as const)
						for (const other of lines.members(line, side)) {
							if (seen.has(other)) continue;
							seen.add(other);
							if (hideable(other)) {
								states[other] = HIDDEN;
								added.push(other);
							}
							if (states[other] === HIDDEN) next.push(other);
						}
				}
			edge = next;
			if (!effort.over && step < 2 && lookAround(cell)) return added;
		}
		// All of it is hidden now, so all of it could be nought, or any multiple; but for those who know a part.
		for (const one of seen) {
			if (states[one] !== HIDDEN) continue;
			settled.add(one);
			if (kept) continue;
			low[one] = 0;
			high[one] = Math.max(high[one]!, values[one]! * 1000 + limit);
		}
		return added;
	}
}

const SLACK = 1e-6;

const needsKept = (marks: number) => (marks & WANTED) !== 0 && (marks & KNOWN) === 0;
