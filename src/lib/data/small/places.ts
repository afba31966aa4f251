import type { Cells } from '../cells.ts';
import type { CubeShape } from '../cube.ts';
import { gridSize, strides } from '../grid.ts';

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

	constructor(shape: CubeShape, counted: Counted[]) {
		const grid = gridSize(shape.dimensions);
		this.lengths = [...shape.dimensions.map(({ categories }) => categories.length), counted.length];
		this.steps = [...strides(shape.dimensions), grid];
		this.count = counted.reduce((sum, { cells }) => sum + cells.size, 0);
		this.ids = new Float64Array(this.count);
		this.values = new Float64Array(this.count);
		this.states = new Uint8Array(this.count);
		this.marks = new Uint8Array(this.count);
		const dense = grid * counted.length <= DENSE;
		this.#index = dense ? new Int32Array(grid * counted.length) : new Map<number, number>();
		let at = 0;
		for (const [measure, { cells }] of counted.entries())
			for (const position of cells.keys()) {
				const status = cells.statusAt(position)!;
				this.ids[at] = measure * grid + position;
				this.values[at] = cells.valueAt(position) ?? 0;
				this.states[at] = status === 'v' ? OPEN : status === 's' ? HIDDEN : MISSING;
				if (status === 's') this.marks[at] = UNKNOWN | PRIMARY;
				if (this.#index instanceof Map) this.#index.set(this.ids[at]!, at);
				else this.#index[this.ids[at]!] = at + 1;
				at++;
			}
	}

	/** The cell with this id; -1 where there is none. */
	at(id: number): number {
		return this.#index instanceof Map ? (this.#index.get(id) ?? -1) : this.#index[id]! - 1;
	}

	/** Which category of an axis the cell stands in. */
	place(cell: number, axis: number): number {
		return Math.floor(this.ids[cell]! / this.steps[axis]!) % this.lengths[axis]!;
	}
}

/** Up to here a grid has a place for every cell it could hold; beyond, only those it holds are looked up. */
const DENSE = 24_000_000;
