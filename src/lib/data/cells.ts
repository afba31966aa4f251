import type { Cell, CellStatus } from './cube.ts';

/**
 * The cells of one measure: a map from position to cell, held in columns so that a million of them
 * take nine megabytes. Well filled, a place for each position of the grid; else a hash table of those
 * that are there. Read in the grid's order. `valueAt` and `statusAt` read without making an object.
 */
export class Cells implements Iterable<[number, Cell]> {
	/** How many positions the grid has. */
	readonly room: number;
	#held: Held;

	constructor(room: number, cells: Iterable<readonly [number, Cell]> = []) {
		this.room = room;
		this.#held = room <= SMALL ? new Grid(room) : new Scattered();
		for (const [position, cell] of cells) this.set(position, cell);
	}

	get size(): number {
		return this.#held.size;
	}

	has(position: number): boolean {
		return this.#held.status(position) !== NONE;
	}

	get(position: number): Cell | undefined {
		const status = this.#held.status(position);
		if (status === VALUE) return { value: this.#held.value(position), status: 'v' };
		return status === NONE ? undefined : status === MISSING ? MISSING_CELL : SUPPRESSED_CELL;
	}

	/** The number; null where there is none. */
	valueAt(position: number): number | null {
		return this.#held.status(position) === VALUE ? this.#held.value(position) : null;
	}

	statusAt(position: number): CellStatus | undefined {
		return LETTERS[this.#held.status(position)];
	}

	set(position: number, { value, status }: Cell): this {
		return status === 'v' ? this.setValue(position, value!) : this.setStatus(position, status);
	}

	setValue(position: number, value: number): this {
		return this.#put(position, VALUE, value);
	}

	/** The number that stood there is gone. */
	setStatus(position: number, status: 'm' | 's'): this {
		return this.#put(position, status === 'm' ? MISSING : SUPPRESSED, 0);
	}

	delete(position: number): boolean {
		return this.#held.delete(position);
	}

	/** The same cells, to be changed apart from these. */
	copy(): Cells {
		const result = new Cells(0);
		(result as { room: number }).room = this.room;
		result.#held = this.#held.copy();
		return result;
	}

	/** How many have this status. */
	count(status: CellStatus): number {
		return this.#held.count(LETTERS.indexOf(status) as Status);
	}

	keys(): IterableIterator<number> {
		return this.#held.positions();
	}

	*values(): IterableIterator<Cell> {
		for (const position of this.#held.positions()) yield this.get(position)!;
	}

	*entries(): IterableIterator<[number, Cell]> {
		for (const position of this.#held.positions()) {
			const cell = this.get(position);
			if (cell) yield [position, cell];
		}
	}

	[Symbol.iterator](): IterableIterator<[number, Cell]> {
		return this.entries();
	}

	#put(position: number, status: Status, value: number): this {
		if (!Number.isInteger(position) || position < 0 || position >= this.room)
			throw new RangeError(`position ${position} of ${this.room}`);
		this.#held.put(position, status, value);
		if (this.#held instanceof Scattered && this.#held.size * FILLED >= this.room)
			this.#held = this.#held.spread(this.room);
		return this;
	}
}

type Status = 0 | 1 | 2 | 3;
const [NONE, VALUE, MISSING, SUPPRESSED] = [0, 1, 2, 3] as const;
const LETTERS = [undefined, 'v', 'm', 's'] as const;
const MISSING_CELL: Cell = Object.freeze({ value: null, status: 'm' });
const SUPPRESSED_CELL: Cell = Object.freeze({ value: null, status: 's' });

/** A grid of so few positions is held whole; a larger one once one position in four is filled. */
const SMALL = 1024;
const FILLED = 4;

type Held = Grid | Scattered;

function counted(statuses: Uint8Array, wanted: Status): number {
	let count = 0;
	for (let at = 0; at < statuses.length; at++) if (statuses[at] === wanted) count++;
	return count;
}

class Grid {
	size = 0;
	readonly #values: Float64Array;
	readonly #statuses: Uint8Array;

	constructor(room: number, from?: Grid) {
		this.#values = from ? from.#values.slice() : new Float64Array(room);
		this.#statuses = from ? from.#statuses.slice() : new Uint8Array(room);
		this.size = from?.size ?? 0;
	}

	status(position: number): Status {
		return (this.#statuses[position] ?? NONE) as Status;
	}

	value(position: number): number {
		return this.#values[position]!;
	}

	put(position: number, status: Status, value: number): void {
		if (this.#statuses[position] === NONE) this.size++;
		this.#statuses[position] = status;
		this.#values[position] = value;
	}

	delete(position: number): boolean {
		if (this.status(position) === NONE) return false;
		this.#statuses[position] = NONE;
		this.#values[position] = 0;
		this.size--;
		return true;
	}

	count(status: Status): number {
		return counted(this.#statuses, status);
	}

	copy(): Grid {
		return new Grid(0, this);
	}

	*positions(): IterableIterator<number> {
		for (let position = 0; position < this.#statuses.length; position++)
			if (this.#statuses[position] !== NONE) yield position;
	}
}

/** Open addressing, linear probing. A deleted position keeps its slot, empty, until the table grows. */
class Scattered {
	size = 0;
	#slots: number;
	#keys: Int32Array;
	#values: Float64Array;
	#statuses: Uint8Array;
	#taken = 0;
	#sorted: Int32Array | null = null;

	constructor(from?: Scattered) {
		this.#keys = from ? from.#keys.slice() : new Int32Array(64).fill(-1);
		this.#values = from ? from.#values.slice() : new Float64Array(64);
		this.#statuses = from ? from.#statuses.slice() : new Uint8Array(64);
		this.#slots = this.#keys.length;
		this.#taken = from ? from.#taken : 0;
		this.size = from?.size ?? 0;
	}

	status(position: number): Status {
		return this.#statuses[this.#slotOf(position)] as Status;
	}

	value(position: number): number {
		return this.#values[this.#slotOf(position)]!;
	}

	put(position: number, status: Status, value: number): void {
		let slot = this.#slotOf(position);
		if (this.#keys[slot] === -1) {
			if ((this.#taken + 1) * 3 > this.#slots * 2) {
				this.#grow();
				slot = this.#slotOf(position);
			}
			this.#keys[slot] = position;
			this.#taken++;
		}
		if (this.#statuses[slot] === NONE) {
			this.size++;
			this.#sorted = null;
		}
		this.#statuses[slot] = status;
		this.#values[slot] = value;
	}

	delete(position: number): boolean {
		const slot = this.#slotOf(position);
		if (this.#statuses[slot] === NONE) return false;
		this.#statuses[slot] = NONE;
		this.#values[slot] = 0;
		this.size--;
		this.#sorted = null;
		return true;
	}

	count(status: Status): number {
		return counted(this.#statuses, status);
	}

	copy(): Scattered {
		return new Scattered(this);
	}

	/** Those there when reading began, without those deleted on the way. */
	*positions(): IterableIterator<number> {
		this.#sorted ??= this.#keys.filter((_, slot) => this.#statuses[slot] !== NONE).sort();
		const sorted = this.#sorted;
		for (const position of sorted) if (this.status(position) !== NONE) yield position;
	}

	spread(room: number): Grid {
		const grid = new Grid(room);
		for (let slot = 0; slot < this.#slots; slot++)
			if (this.#statuses[slot] !== NONE)
				grid.put(this.#keys[slot]!, this.#statuses[slot] as Status, this.#values[slot]!);
		return grid;
	}

	#slotOf(position: number): number {
		const mask = this.#slots - 1;
		let slot = (Math.imul(position, 0x9e3779b1) >>> 7) & mask;
		while (this.#keys[slot] !== -1 && this.#keys[slot] !== position) slot = (slot + 1) & mask;
		return slot;
	}

	#grow(): void {
		const [keys, values, statuses] = [this.#keys, this.#values, this.#statuses];
		this.#slots = Math.max(64, 2 ** Math.ceil(Math.log2((this.size + 1) * 3)));
		this.#keys = new Int32Array(this.#slots).fill(-1);
		this.#values = new Float64Array(this.#slots);
		this.#statuses = new Uint8Array(this.#slots);
		this.#taken = this.size;
		for (let slot = 0; slot < keys.length; slot++) {
			if (statuses[slot] === NONE) continue;
			const to = this.#slotOf(keys[slot]!);
			this.#keys[to] = keys[slot]!;
			this.#values[to] = values[slot]!;
			this.#statuses[to] = statuses[slot]!;
		}
	}
}
