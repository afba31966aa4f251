export const isWords = (mark: string) => mark.startsWith(WORDS);
/** In marks, words that stood instead of a number begin with a quotation mark. */
export const WORDS = '"';

/**
 * What the source says of single cells of one measure: 'e' for estimated, '..' for why there is no
 * number. Sparse; a few symbols over many cells take a byte each.
 */
export class Marks {
	readonly symbols: string[] = [];
	#known = new Map<string, number>();
	#at = new Map<number, number>();
	#dense: Uint8Array | null = null;
	#room: number;

	constructor(room: number) {
		this.#room = room;
	}

	/** Symbols after the 250th are passed over: that many are no symbols. */
	set(position: number, symbol: string): void {
		let number = this.#known.get(symbol);
		if (number === undefined) {
			if (this.symbols.length >= 250) return;
			number = this.symbols.push(symbol);
			this.#known.set(symbol, number);
		}
		if (this.#dense) this.#dense[position] = number;
		else this.#at.set(position, number);
		if (!this.#dense && this.#at.size > 1000 && this.#at.size * 32 > this.#room) this.#spread();
	}

	get(position: number): string | undefined {
		const number = this.#dense ? this.#dense[position] : this.#at.get(position);
		return number ? this.symbols[number - 1] : undefined;
	}

	delete(position: number): void {
		if (this.#dense) this.#dense[position] = 0;
		else this.#at.delete(position);
	}

	get empty(): boolean {
		return this.symbols.length === 0;
	}

	/** Symbols that are in use. */
	used(): string[] {
		return [...new Set(Array.from(this, ([, symbol]) => symbol))];
	}

	/** In the grid's order. */
	*[Symbol.iterator](): Generator<[number, string]> {
		if (this.#dense) {
			for (const [position, number] of this.#dense.entries())
				if (number > 0) yield [position, this.symbols[number - 1]!];
			return;
		}
		for (const [position, number] of [...this.#at].sort((a, b) => a[0] - b[0]))
			yield [position, this.symbols[number - 1]!];
	}

	#spread(): void {
		const dense = new Uint8Array(this.#room);
		for (const [position, number] of this.#at) dense[position] = number;
		this.#dense = dense;
		this.#at = new Map();
	}
}
