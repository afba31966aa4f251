import { Cells } from './cells.ts';
import type { Dimension } from './cube.ts';
import { gridSize, strides } from './grid.ts';
import {
	decimalsOf,
	isMissing,
	readNumber,
	suppressedBySender,
	type NumberFormat
} from './numbers.ts';
import { stop, type Problem } from './problem.ts';
import { SPREAD_MEASURE, type TableRecipe } from './recipe.ts';
import type { Column, Table } from './table.ts';

/** Rows of a table → the cells of each measure. Every text is read once, every row is only counted out. */

export type Axis = {
	name: string;
	dimension: Dimension;
	/** Null for the one whose categories are headings. */
	column: number | null;
	places: Map<string, number>;
};

/** Which column does what, as indices into the table. */
export type Layout = {
	dimensions: { index: number; label: string; role: Dimension['role'] }[];
	name: number | null;
	unit: number | null;
	/** The columns that hold numbers of named (or the one unnamed) measure. */
	values: number[];
	/** Columns that are a measure of their own. */
	own: number[];
	spread: TableRecipe['table']['spread'];
};

/** One measure being filled. */
export type Filling = { source: string; cells: Cells; unit: string | null; decimals: number };

export type Filled = { fillings: Filling[]; problems: Problem[]; suppressedBySender: number };

/** No more problems of one kind than a person reads. */
const MOST = 20;

export function fill(layout: Layout, axes: Axis[], recipe: TableRecipe, table: Table): Filled {
	const filler = new Filler(layout, axes, recipe, table);
	for (let row = 0; row < table.size; row++) filler.take(row);
	return filler.filled();
}

/** A row without a category still has a place. */
export const codeOf = (cell: string) => cell.trim().replace(/\s+/g, ' ') || '–';

class Filler {
	readonly #table: Table;
	readonly #room: number;
	readonly #offsets: { codes: Uint32Array; offsets: Float64Array }[];
	readonly #names: Names | null;
	readonly #units: { codes: Uint32Array; texts: string[] } | null;
	/** Columns of values in the order of a row, the named ones first. */
	readonly #readers: Reader[];
	readonly #fillings = new Map<string, Filling>();
	readonly #problems: Problem[] = [];
	readonly #counts = new Map<string, number>();
	#bySender = 0;

	constructor(layout: Layout, axes: Axis[], recipe: TableRecipe, table: Table) {
		const dimensions = axes.map(({ dimension }) => dimension);
		const steps = strides(dimensions);
		const column = (index: number | null) => (index === null ? null : table.columns[index]!);
		this.#table = table;
		this.#room = gridSize(dimensions);
		this.#offsets = axes.flatMap((axis, at) => {
			const read = column(axis.column);
			return read ? [{ codes: read.codes, offsets: offsetsOf(read, axis, steps[at]!) }] : [];
		});
		const names = column(layout.name);
		this.#names = names && { codes: names.codes, texts: names.texts.map((text) => text.trim()) };
		const units = column(layout.unit);
		this.#units = units && { codes: units.codes, texts: units.texts.map((text) => text.trim()) };
		const texts = reading(recipe);
		const heading = (index: number) => table.header[index]!;
		this.#readers = [
			...layout.values.map((index) => ({
				...texts(table.columns[index]!),
				index,
				named: true,
				source: layout.spread ? SPREAD_MEASURE : heading(index),
				offset: layout.spread ? axes.at(-1)!.places.get(heading(index))! : 0
			})),
			...layout.own.map((index) => ({
				...texts(table.columns[index]!),
				index,
				named: false,
				source: heading(index),
				offset: 0
			}))
		];
	}

	take(row: number): void {
		const nameless = this.#names !== null && this.#names.texts[this.#names.codes[row]!] === '';
		if (nameless) this.#report('data.no_measure_name', { row: this.#table.numbers[row]! });
		const position = this.#positionOf(row);
		for (const reader of this.#readers) {
			if (reader.named && nameless) continue;
			const into = this.#fillingOf(reader, row);
			if (reader.named && this.#units) this.#unit(into, row);
			this.#put(into, position + reader.offset, reader, row);
		}
	}

	filled(): Filled {
		for (const [code, count] of this.#counts)
			if (count > MOST) this.#problems.push(stop('data.and_more', { count: count - MOST, code }));
		return {
			fillings: [...this.#fillings.values()],
			problems: this.#problems,
			suppressedBySender: this.#bySender
		};
	}

	#positionOf(row: number): number {
		let position = 0;
		for (const { codes, offsets } of this.#offsets) position += offsets[codes[row]!]!;
		return position;
	}

	#sourceOf(reader: Reader, row: number): string {
		const names = reader.named ? this.#names : null;
		return names ? names.texts[names.codes[row]!]! : reader.source;
	}

	#fillingOf(reader: Reader, row: number): Filling {
		const source = this.#sourceOf(reader, row);
		let found = this.#fillings.get(source);
		if (!found) {
			found = { cells: new Cells(this.#room), source, unit: null, decimals: 0 };
			this.#fillings.set(source, found);
		}
		return found;
	}

	#unit(into: Filling, row: number): void {
		const unit = this.#units!.texts[this.#units!.codes[row]!]!;
		if (into.unit !== null && into.unit !== unit)
			this.#report('data.unit_varies', { row: this.#table.numbers[row]!, measure: into.source });
		into.unit ??= unit;
	}

	#put(into: Filling, position: number, reader: Reader, row: number): void {
		const code = reader.codes[row]!;
		const kind = reader.kinds[code]!;
		if (kind === UNREADABLE)
			return this.#report('data.unreadable', {
				row: this.#table.numbers[row]!,
				column: this.#table.header[reader.index]!
			});
		const status = LETTERS[kind]!;
		const value = reader.values[code]!;
		const before = into.cells.statusAt(position);
		if (before !== undefined) {
			if (before === status && (status !== 'v' || into.cells.valueAt(position) === value)) return;
			return this.#report('data.duplicate_differs', () => ({
				row: this.#table.numbers[row]!,
				other: this.#giver(into.source, position),
				measure: into.source
			}));
		}
		if (status !== 'v') {
			if (status === 's') this.#bySender++;
			into.cells.setStatus(position, status);
			return;
		}
		into.cells.setValue(position, value);
		if (reader.decimals[code]! > into.decimals) into.decimals = reader.decimals[code]!;
	}

	/** The spreadsheet's row that first gave this cell. */
	#giver(source: string, position: number): number {
		for (let row = 0; row < this.#table.size; row++)
			for (const reader of this.#readers)
				if (
					this.#positionOf(row) + reader.offset === position &&
					this.#sourceOf(reader, row) === source &&
					reader.kinds[reader.codes[row]!] !== UNREADABLE
				)
					return this.#table.numbers[row]!;
		return 0;
	}

	#report(code: string, params: Problem['params'] | (() => Problem['params'])): void {
		const count = (this.#counts.get(code) ?? 0) + 1;
		this.#counts.set(code, count);
		if (count <= MOST)
			this.#problems.push(stop(code, typeof params === 'function' ? params() : params));
	}
}

type Names = { codes: Uint32Array; texts: string[] };

function offsetsOf({ texts }: Column, { places }: Axis, step: number): Float64Array {
	return Float64Array.from(texts, (text) => places.get(codeOf(text))! * step);
}

type Read = {
	codes: Uint32Array;
	/** By text: what it is, and its number. */
	kinds: Uint8Array;
	values: Float64Array;
	decimals: Uint8Array;
};

type Reader = Read & {
	index: number;
	/** Its row says which measure it holds, where rows do. */
	named: boolean;
	source: string;
	offset: number;
};

const [UNREADABLE, LETTERS] = [0, [undefined, 'v', 'm', 's'] as const] as const;

function reading(recipe: TableRecipe): (column: Column) => Read {
	const format: NumberFormat = { decimal: recipe.table.decimal, thousands: recipe.table.thousands };
	const missing = new Set(
		recipe.table.missing.map((token) => token.trim().toLowerCase()).concat('')
	);
	return ({ texts, codes }) => {
		const read = {
			codes,
			kinds: new Uint8Array(texts.length),
			values: new Float64Array(texts.length),
			decimals: new Uint8Array(texts.length)
		};
		for (const [code, text] of texts.entries()) {
			if (isMissing(text, missing)) read.kinds[code] = LETTERS.indexOf('m');
			else {
				const value = readNumber(text, format);
				if (value !== null) {
					read.kinds[code] = LETTERS.indexOf('v');
					read.values[code] = value;
					read.decimals[code] = decimalsOf(text, format);
				} else if (suppressedBySender(text)) read.kinds[code] = LETTERS.indexOf('s');
			}
		}
		return read;
	};
}
