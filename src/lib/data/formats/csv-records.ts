import { refuse } from '../../base/errors.ts';
import { ColumnWriter, Growing } from '../table.ts';

/**
 * CSV's records, straight from the bytes (RFC 4180, any of \r\n, \n and \r between records): no text is
 * made of a cell until a column has not met it before. The bytes are of an encoding in which ASCII is
 * ASCII. Reads as csv-parse does, which is the second opinion in the tests, at a sixth of its time.
 */

const [LF, CR, QUOTE] = [0x0a, 0x0d, 0x22] as const;

/** One record after another; what is asked of a cell is asked before the next. */
export class Records {
	/** Of the record: a spreadsheet's row. */
	number = 0;
	/** How many cells it has. */
	count = 0;
	readonly bytes: Uint8Array;
	readonly #decoder: TextDecoder;
	readonly #delimiter: number;
	/** Bytes that end a cell, or that it may not hold. */
	readonly #special = new Uint8Array(256);
	#starts = new Int32Array(256);
	#ends = new Int32Array(256);
	/** Whether it holds doubled quotes. */
	#doubled = new Uint8Array(256);
	#at: number;

	constructor(bytes: Uint8Array, encoding: string, delimiter: string, from = 0) {
		this.bytes = bytes;
		this.#decoder = new TextDecoder(encoding, { ignoreBOM: true });
		this.#delimiter = delimiter.charCodeAt(0);
		for (const byte of [this.#delimiter, LF, CR, QUOTE]) this.#special[byte] = 1;
		this.#at = from;
	}

	/** Goes to the next record. Refuses with `data.bad_quote`, or `data.cut_off` where a quote never ends. */
	next(): boolean {
		const { bytes } = this;
		if (this.#at >= bytes.length) return false;
		this.number++;
		this.count = 0;
		for (let at = this.#at; ; at++) {
			if (bytes[at] === QUOTE) at = this.#quoted(at);
			else {
				const start = at;
				while (at < bytes.length && this.#special[bytes[at]!] === 0) at++;
				if (bytes[at] === QUOTE) refuse('data.bad_quote', { row: this.number });
				this.#cell(start, at, 0);
			}
			const end = bytes[at];
			if (end === this.#delimiter) continue;
			if (end !== undefined && end !== CR && end !== LF)
				refuse('data.bad_quote', { row: this.number });
			this.#at = end === CR && bytes[at + 1] === LF ? at + 2 : at + 1;
			return true;
		}
	}

	/** From 0 to 1: how much is read. */
	get share(): number {
		return Math.min(1, this.#at / this.bytes.length);
	}

	start(cell: number): number {
		return this.#starts[cell]!;
	}

	end(cell: number): number {
		return this.#ends[cell]!;
	}

	isDoubled(cell: number): boolean {
		return this.#doubled[cell] === 1;
	}

	text(cell: number): string {
		const [start, end] = [this.#starts[cell]!, this.#ends[cell]!];
		const text =
			this.#shortAscii(start, end) ?? this.#decoder.decode(this.bytes.subarray(start, end));
		return this.#doubled[cell] === 1 ? text.replaceAll('""', '"') : text;
	}

	/** Numbers are short and ASCII in every encoding; asking the decoder takes ten times as long. */
	#shortAscii(start: number, end: number): string | null {
		if (end - start > 16) return null;
		let text = '';
		for (let at = start; at < end; at++) {
			const byte = this.bytes[at]!;
			if (byte > 0x7f) return null;
			text += String.fromCharCode(byte);
		}
		return text;
	}

	texts(): string[] {
		return Array.from({ length: this.count }, (_, cell) => this.text(cell));
	}

	/** Nothing but blanks. */
	isBlank(): boolean {
		for (let cell = 0; cell < this.count; cell++) {
			const [start, end] = [this.#starts[cell]!, this.#ends[cell]!];
			if (start === end) continue;
			const first = this.bytes[start]!;
			if ((first > 0x20 && first < 0x7f) || this.text(cell).trim() !== '') return false;
		}
		return true;
	}

	/** From the opening quote to the byte after the closing one. */
	#quoted(from: number): number {
		const { bytes } = this;
		let doubled: 0 | 1 = 0;
		for (let at = from + 1; at < bytes.length; at++) {
			if (bytes[at] !== QUOTE) continue;
			if (bytes[at + 1] === QUOTE) {
				doubled = 1;
				at++;
				continue;
			}
			this.#cell(from + 1, at, doubled);
			return at + 1;
		}
		return refuse('data.cut_off', { row: this.number });
	}

	#cell(start: number, end: number, doubled: 0 | 1): void {
		if (this.count === this.#starts.length) {
			this.#starts = wider(this.#starts);
			this.#ends = wider(this.#ends);
			const flags = new Uint8Array(this.#starts.length);
			flags.set(this.#doubled);
			this.#doubled = flags;
		}
		this.#starts[this.count] = start;
		this.#ends[this.count] = end;
		this.#doubled[this.count++] = doubled;
	}
}

function wider(numbers: Int32Array): Int32Array<ArrayBuffer> {
	const result = new Int32Array(numbers.length * 2);
	result.set(numbers);
	return result;
}

/** A column that knows its texts by their bytes in the file. */
export class ByteColumn extends ColumnWriter {
	/** Texts of up to eight bytes, whole: eight bytes and a code (−1: free) for each slot. */
	#short = slots(256);
	#shorts = 0;
	/** Longer texts: where in the file they stand. */
	readonly #starts = new Growing();
	readonly #ends = new Growing();
	readonly #codesOf = new Growing();
	#long = new Int32Array(256).fill(-1);
	#last = { start: 0, end: -1, code: -1 };

	/** Takes a cell; `onnew` is told a text that was not met before, and where it stands. */
	take(records: Records, cell: number, onnew: (text: string, cell: number) => void): void {
		const [start, end] = [records.start(cell), records.end(cell)];
		if (records.isDoubled(cell)) {
			const text = records.text(cell);
			onnew(text, cell);
			return this.add(text);
		}
		const last = this.#last;
		if (!same(records.bytes, start, end, last.start, last.end)) {
			last.code =
				end - start <= 8
					? this.#findShort(records, cell, start, end, onnew)
					: this.#findLong(records, cell, start, end, onnew);
			last.start = start;
			last.end = end;
		}
		this.put(last.code);
	}

	#findShort(
		records: Records,
		cell: number,
		start: number,
		end: number,
		onnew: (text: string, cell: number) => void
	): number {
		const { bytes } = records;
		let [low, high] = [0, 0];
		for (let at = Math.min(start + 4, end) - 1; at >= start; at--) low = (low << 8) | bytes[at]!;
		for (let at = end - 1; at >= start + 4; at--) high = (high << 8) | bytes[at]!;
		const held = this.#short;
		const mask = held.length / 3 - 1;
		let slot = mixed(low, high) & mask;
		for (; held[slot * 3 + 2] !== -1; slot = (slot + 1) & mask)
			if (held[slot * 3] === low && held[slot * 3 + 1] === high) return held[slot * 3 + 2]!;
		const text = records.text(cell);
		onnew(text, cell);
		const code = this.learn(text);
		held.set([low, high, code], slot * 3);
		if (++this.#shorts * 2 > mask) this.#growShort();
		return code;
	}

	#findLong(
		records: Records,
		cell: number,
		start: number,
		end: number,
		onnew: (text: string, cell: number) => void
	): number {
		const { bytes } = records;
		const mask = this.#long.length - 1;
		let slot = hashOf(bytes, start, end) & mask;
		for (; this.#long[slot] !== -1; slot = (slot + 1) & mask) {
			const known = this.#long[slot]!;
			if (same(bytes, start, end, this.#starts.at(known), this.#ends.at(known)))
				return this.#codesOf.at(known);
		}
		const text = records.text(cell);
		onnew(text, cell);
		const code = this.learn(text);
		this.#long[slot] = this.#starts.length;
		this.#starts.push(start);
		this.#ends.push(end);
		this.#codesOf.push(code);
		if (this.#starts.length * 2 > this.#long.length) this.#growLong(bytes);
		return code;
	}

	#growShort(): void {
		const held = this.#short;
		const wider = slots((held.length / 3) * 4);
		const mask = wider.length / 3 - 1;
		for (let at = 0; at < held.length; at += 3) {
			if (held[at + 2] === -1) continue;
			let slot = mixed(held[at]!, held[at + 1]!) & mask;
			while (wider[slot * 3 + 2] !== -1) slot = (slot + 1) & mask;
			wider.set(held.subarray(at, at + 3), slot * 3);
		}
		this.#short = wider;
	}

	#growLong(bytes: Uint8Array): void {
		this.#long = new Int32Array(this.#long.length * 4).fill(-1);
		const mask = this.#long.length - 1;
		for (let known = 0; known < this.#starts.length; known++) {
			let slot = hashOf(bytes, this.#starts.at(known), this.#ends.at(known)) & mask;
			while (this.#long[slot] !== -1) slot = (slot + 1) & mask;
			this.#long[slot] = known;
		}
	}
}

const slots = (count: number) => new Int32Array(count * 3).fill(-1);

function mixed(low: number, high: number): number {
	let hash = Math.imul(low, 0x9e3779b1) ^ Math.imul(high, 0x85ebca6b);
	hash = Math.imul(hash ^ (hash >>> 15), 0x21f0aaad);
	return (hash ^ (hash >>> 15)) & 0x7fffffff;
}

function same(bytes: Uint8Array, start: number, end: number, other: number, otherEnd: number) {
	if (end - start !== otherEnd - other) return false;
	// From behind: what differs in a column most often differs in its last letters.
	for (let at = end - 1, to = otherEnd - 1; at >= start; at--, to--)
		if (bytes[at] !== bytes[to]) return false;
	return true;
}

/** FNV-1a. */
function hashOf(bytes: Uint8Array, start: number, end: number): number {
	let hash = 0x811c9dc5;
	for (let at = start; at < end; at++) hash = Math.imul(hash ^ bytes[at]!, 0x01000193);
	return (hash ^ (hash >>> 15)) & 0x7fffffff;
}
