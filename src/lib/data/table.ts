/**
 * A table as it was read, held by column: each different text once, and which of them stands in each
 * row. What a text is (a number, a period, a name) is then asked once, however many rows it stands in,
 * and a million rows take tens of megabytes.
 */
export type Column = {
	/** The different texts, as they first appear. */
	texts: string[];
	/** The row (from 0) where each of them first stands. */
	firsts: number[];
	/** By row: which of the texts. */
	codes: Uint32Array;
};

export class Table {
	header: string[];
	/** Spreadsheet row of the heading; the first row is 1. */
	headerRow: number;
	columns: Column[];
	/** Spreadsheet row of each row; blank rows are left out of them. */
	numbers: Uint32Array;

	constructor(header: string[], headerRow: number, columns: Column[], numbers: Uint32Array) {
		this.header = header;
		this.headerRow = headerRow;
		this.columns = columns;
		this.numbers = numbers;
	}

	/** How many rows. */
	get size(): number {
		return this.numbers.length;
	}

	textAt(row: number, column: number): string {
		const { texts, codes } = this.columns[column]!;
		return texts[codes[row]!]!;
	}

	/** Row by row, for small tables. */
	get rows(): string[][] {
		return Array.from(this.numbers, (_, row) =>
			this.columns.map(({ texts, codes }) => texts[codes[row]!]!)
		);
	}
}

/** In how many rows each of the column's texts stands. */
export function countsOf(column: Column): Uint32Array {
	let counts = counted.get(column);
	if (counts) return counts;
	const { texts, codes } = column;
	counts = new Uint32Array(texts.length);
	for (let row = 0; row < codes.length; row++) counts[codes[row]!]!++;
	counted.set(column, counts);
	return counts;
}
const counted = new WeakMap<Column, Uint32Array>();

/** How many different rows these columns have together. */
export function differentRows(table: Table, columns: number[]): number {
	const read = columns.map((index) => table.columns[index]!);
	const room = read.reduce((product, { texts }) => product * texts.length, 1);
	if (table.size === 0) return columns.length === 0 ? 1 : 0;
	if (room > MOST_BITS) return differentPairs(table, read);
	const seen = new Uint8Array(Math.ceil(room / 8));
	let different = 0;
	for (let row = 0; row < table.size; row++) {
		let place = 0;
		for (const { texts, codes } of read) place = place * texts.length + codes[row]!;
		const bit = 1 << (place & 7);
		if ((seen[place >>> 3]! & bit) !== 0) continue;
		seen[place >>> 3]! |= bit;
		different++;
	}
	return different;
}

const MOST_BITS = 2 ** 28;

/** Two columns at a time become one whose texts are the pairs. */
function differentPairs(table: Table, columns: Column[]): number {
	let known = columns[0]!.codes;
	let different = columns[0]!.texts.length;
	for (const { texts, codes } of columns.slice(1)) {
		const pairs = new Map<number, number>();
		const joined = new Uint32Array(table.size);
		for (let row = 0; row < table.size; row++) {
			const pair = known[row]! * texts.length + codes[row]!;
			let code = pairs.get(pair);
			if (code === undefined) pairs.set(pair, (code = pairs.size));
			joined[row] = code;
		}
		known = joined;
		different = pairs.size;
	}
	return different;
}

/** Writes a table row by row. */
export class TableWriter {
	readonly header: string[];
	readonly headerRow: number;
	readonly columns: ColumnWriter[];
	readonly #numbers = new Growing();

	constructor(
		header: string[],
		headerRow: number,
		columns: ColumnWriter[] = header.map(() => new ColumnWriter())
	) {
		this.header = header;
		this.headerRow = headerRow;
		this.columns = columns;
	}

	get size(): number {
		return this.#numbers.length;
	}

	/** One row: as many texts as there are headings, and its number in the spreadsheet. */
	add(texts: string[], number: number): void {
		for (const [index, column] of this.columns.entries()) column.add(texts[index]!);
		this.close(number);
	}

	/** The row whose cells the columns were given one by one. */
	close(number: number): void {
		this.#numbers.push(number);
	}

	table(): Table {
		const columns = this.columns.map((column) => column.column());
		return new Table(this.header, this.headerRow, columns, this.#numbers.whole());
	}
}

export class ColumnWriter {
	readonly #texts: string[] = [];
	readonly #firsts: number[] = [];
	readonly #codes = new Growing();
	readonly #known = new Map<string, number>();

	add(text: string): void {
		let code = this.#known.get(text);
		if (code === undefined) this.#known.set(text, (code = this.learn(text)));
		this.put(code);
	}

	put(code: number): void {
		this.#codes.push(code);
	}

	/** A text not met before in this column, about to be put in the next row; its code. */
	learn(text: string): number {
		const code = this.#texts.length;
		this.#texts.push(text);
		this.#firsts.push(this.#codes.length);
		return code;
	}

	column(): Column {
		return { texts: this.#texts, firsts: this.#firsts, codes: this.#codes.whole() };
	}
}

/** Whole numbers from 0 on, as many as come. */
export class Growing {
	length = 0;
	#held = new Uint32Array(1024);

	push(number: number): void {
		if (this.length === this.#held.length) {
			const wider = new Uint32Array(this.length * 2);
			wider.set(this.#held);
			this.#held = wider;
		}
		this.#held[this.length++] = number;
	}

	at(index: number): number {
		return this.#held[index]!;
	}

	whole(): Uint32Array {
		return this.#held.slice(0, this.length);
	}
}

/** A hundred municipalities or dates side by side are data; two hundred columns are a register. */
export const MAX_COLUMNS = 150;
