import { Inflate } from 'fflate';
import { refuse } from '../../base/errors.ts';

/**
 * The files inside an XLSX. Read by its directory, each unpacked only when asked for, within bounds: a
 * few kilobytes can claim to be gigabytes. What does not match its checksum is refused.
 */

/** One file inside, and all that are read, unpacked. A sheet of a million cells is some 40 MB. */
const MAX_PART = 48 * 1024 * 1024;
const MAX_ALL = 128 * 1024 * 1024;
const MAX_ENTRIES = 10_000;

type Entry = { method: number; crc: number; packed: number; unpacked: number; at: number };

export class Package {
	#bytes: Uint8Array;
	#view: DataView;
	#entries = new Map<string, Entry>();
	#unpacked = 0;

	/** Refuses what is no ZIP, or one that cannot be read: `data.zip_damaged`. */
	constructor(bytes: Uint8Array) {
		this.#bytes = bytes;
		this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
		try {
			this.#readDirectory();
		} catch (error) {
			if (error instanceof RangeError) damaged();
			throw error;
		}
	}

	has(name: string): boolean {
		return this.#entries.has(name.toLowerCase());
	}

	/** A file's text; null when it is not there. */
	text(name: string): string | null {
		const entry = this.#entries.get(name.toLowerCase());
		if (!entry) return null;
		if (entry.unpacked > MAX_PART || (this.#unpacked += entry.unpacked) > MAX_ALL)
			refuse('data.xlsx_too_large', { limit: MAX_PART / 1024 / 1024 });
		const bytes = this.#unpack(entry);
		const wide = bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : 'utf-8';
		try {
			return new TextDecoder(wide, { fatal: true }).decode(bytes);
		} catch {
			return damaged();
		}
	}

	#readDirectory(): void {
		const view = this.#view;
		let end = view.byteLength - 22;
		const earliest = Math.max(0, end - 65_535);
		while (end >= earliest && view.getUint32(end, true) !== 0x06054b50) end--;
		if (end < earliest) damaged();
		const count = view.getUint16(end + 10, true);
		let at = view.getUint32(end + 16, true);
		if (count > MAX_ENTRIES) damaged();
		for (let index = 0; index < count; index++) {
			if (view.getUint32(at, true) !== 0x02014b50) damaged();
			const nameLength = view.getUint16(at + 28, true);
			const name = this.#bytes.subarray(at + 46, at + 46 + nameLength);
			this.#entries.set(new TextDecoder().decode(name).replaceAll('\\', '/').toLowerCase(), {
				method: view.getUint16(at + 10, true),
				crc: view.getUint32(at + 16, true),
				packed: view.getUint32(at + 20, true),
				unpacked: view.getUint32(at + 24, true),
				at: view.getUint32(at + 42, true)
			});
			at += 46 + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
		}
	}

	#unpack({ method, crc, packed, unpacked, at }: Entry): Uint8Array {
		try {
			if (this.#view.getUint32(at, true) !== 0x04034b50) damaged();
			const names = this.#view.getUint16(at + 26, true) + this.#view.getUint16(at + 28, true);
			const from = at + 30 + names;
			const body = this.#bytes.subarray(from, from + packed);
			if (body.length !== packed) damaged();
			if (method !== 0 && method !== 8) damaged();
			const bytes = method === 0 ? body : inflate(body, unpacked);
			if (bytes.length !== unpacked || crcOf(bytes) !== crc) damaged();
			return bytes;
		} catch (error) {
			if (error instanceof Error && error.name === 'Refusal') throw error;
			return damaged();
		}
	}
}

/** Unpacks as much as was claimed and not a piece more: a claim can be a lie. */
function inflate(body: Uint8Array, size: number): Uint8Array {
	const out = new Uint8Array(size);
	let filled = 0;
	const stream = new Inflate((piece) => {
		if (filled + piece.length > size) damaged();
		out.set(piece, filled);
		filled += piece.length;
	});
	const STEP = 16 * 1024;
	for (let at = 0; at < body.length; at += STEP)
		stream.push(body.subarray(at, at + STEP), at + STEP >= body.length);
	return out.subarray(0, filled);
}

const damaged = (): never => refuse('data.zip_damaged');

let table: Uint32Array | null = null;

/** CRC-32 as ZIP has it. */
export function crcOf(bytes: Uint8Array): number {
	table ??= Uint32Array.from({ length: 256 }, (_, index) => {
		let crc = index;
		for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
		return crc >>> 0;
	});
	let crc = 0xffffffff;
	for (let at = 0; at < bytes.length; at++) crc = table[(crc ^ bytes[at]!) & 0xff]! ^ (crc >>> 8);
	return (crc ^ 0xffffffff) >>> 0;
}
