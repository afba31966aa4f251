import type { Cells } from '../cells.ts';
import type { CubeShape } from '../cube.ts';
import { gridSize, strides } from '../grid.ts';
import type { Elsewhere } from './earlier.ts';
import type { Wide } from './widen.ts';

/**
 * The counting cells of a cube in columns, for the work on small numbers. Measures are one more axis,
 * the slowest, because men + women = all may stand as measures too. A cell is known by its index here;
 * its id is its place in the grid of all axes.
 */

export const [MISSING, OPEN, HIDDEN] = [0, 1, 2] as const;
export type State = typeof MISSING | typeof OPEN | typeof HIDDEN;

/** What may stand in for a value nobody here knows: the sender, or an earlier edition, suppressed it. */
export const UNKNOWN = 1;
/** Published before with the value it has now: hiding it hides nothing from one who kept that. */
export const KNOWN = 2;
/** Must be guarded against those who kept what was published before. */
export const WANTED = 4;
/** Small itself, or hidden before: not hidden to guard another. */
export const PRIMARY = 8;
/** Not in the new edition, only in an earlier publication. */
export const ELSEWHERE = 16;

export type Counted = { cells: Cells; virtual?: boolean };

export class Places {
	/** Lengths and steps by axis: the dimensions in their order, then the measures. */
	readonly lengths: number[];
	readonly steps: number[];
	readonly count: number;
	readonly ids: Float64Array;
	readonly values: Float64Array;
	readonly states: Uint8Array;
	readonly marks: Uint8Array;
	readonly #index: Int32Array | Map<number, number>;

	/** How many of the cells are the edition's own: the first. */
	readonly own: number;
	/** How many places one measure has. */
	readonly grid: number;

	constructor(
		shape: CubeShape,
		counted: Counted[],
		wide?: Pick<Wide, 'shape' | 'place'>,
		beside?: Elsewhere
	) {
		const { dimensions } = wide?.shape ?? shape;
		const grid = gridSize(dimensions);
		this.grid = grid;
		this.lengths = [...dimensions.map(({ categories }) => categories.length), counted.length];
		this.steps = [...strides(dimensions), grid];
		this.own = counted.reduce((sum, { cells }) => sum + cells.size, 0);
		this.count = this.own + (beside?.size ?? 0);
		this.ids = new Float64Array(this.count);
		this.values = new Float64Array(this.count);
		this.states = new Uint8Array(this.count);
		this.marks = new Uint8Array(this.count);
		const dense = grid * counted.length <= DENSE;
		this.#index = dense ? new Int32Array(grid * counted.length) : new Map<number, number>();
		let at = 0;
		const put = (id: number, value: number, state: State, marks: number) => {
			this.ids[at] = id;
			this.values[at] = value;
			this.states[at] = state;
			this.marks[at] = marks;
			if (this.#index instanceof Map) this.#index.set(id, at);
			else this.#index[id] = at + 1;
			at++;
		};
		for (const [measure, { cells }] of counted.entries())
			for (const position of cells.keys()) {
				const status = cells.statusAt(position)!;
				const id = measure * grid + (wide ? wide.place(position) : position);
				const state = status === 'v' ? OPEN : status === 's' ? HIDDEN : MISSING;
				put(id, cells.valueAt(position) ?? 0, state, status === 's' ? UNKNOWN | PRIMARY : 0);
			}
		for (const [id, value] of beside ?? [])
			if (value === null) put(id, 0, HIDDEN, ELSEWHERE | UNKNOWN | PRIMARY | WANTED);
			else put(id, value, OPEN, ELSEWHERE | KNOWN);
	}

	/** The cell with this id; -1 where there is none. */
	at(id: number): number {
		return this.#index instanceof Map ? (this.#index.get(id) ?? -1) : this.#index[id]! - 1;
	}

	/** The lines along an axis that have a cell in this category: the id that each one's first place would have. */
	*basesWith(axis: number, place: number): Generator<number> {
		const [step, length] = [this.steps[axis]!, this.lengths[axis]!];
		const size = this.steps.at(-1)! * this.lengths.at(-1)!;
		if (this.#index instanceof Map) {
			for (let cell = 0; cell < this.count; cell++)
				if (this.place(cell, axis) === place) yield this.ids[cell]! - place * step;
			return;
		}
		for (let outer = 0; outer < size; outer += step * length)
			for (let base = outer; base < outer + step; base++)
				if (this.#index[base + place * step] !== 0) yield base;
	}

	/** Which category of an axis the cell stands in. */
	place(cell: number, axis: number): number {
		const beyond = Math.floor(this.ids[cell]! / this.steps[axis]!);
		const length = this.lengths[axis]!;
		return beyond - Math.floor(beyond / length) * length;
	}
}

/** Up to here a grid has a place for every cell it could hold; beyond, only those it holds are looked up. */
export const DENSE = 24_000_000;
