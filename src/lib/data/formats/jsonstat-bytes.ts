import { refuse } from '../../base/errors.ts';
import { MAX_BYTES } from '../encoding.ts';
import { MAX_CELLS } from './described.ts';

/**
 * Bytes to JSON, within bounds. A few megabytes of brackets become gigabytes of empty lists, so what
 * the text would become is counted before it is parsed.
 */
export function parseBounded(bytes: Uint8Array): unknown {
	if (bytes.length > MAX_BYTES)
		refuse('data.too_large', { status: 413, limit: MAX_BYTES / 1024 / 1024 });
	refuseBomb(bytes);
	const text = decode(bytes);
	try {
		return JSON.parse(text);
	} catch (error) {
		const place = /position (\d+)/.exec((error as Error).message)?.[1];
		const before = text.slice(0, place === undefined ? text.length : Number(place));
		const line = before.split('\n').length;
		return refuse('data.json_syntax', { line, column: before.length - before.lastIndexOf('\n') });
	}
}

const MAX_DEPTH = 40;
/** Lists and objects: categories, units, notes. Figures are neither. */
const MAX_NESTS = 1_000_000;
const MAX_NAMES = 2_000_000;

function refuseBomb(bytes: Uint8Array): void {
	let [depth, nests, names, items] = [0, 0, 0, 0];
	for (let at = 0; at < bytes.length; at++) {
		switch (bytes[at]) {
			case 0x22: // a text: to its closing quotation mark
				for (at++; at < bytes.length && bytes[at] !== 0x22; at++) if (bytes[at] === 0x5c) at++;
				break;
			case 0x5b:
			case 0x7b:
				nests++;
				if (++depth > MAX_DEPTH) refuse('data.json_too_deep', { limit: MAX_DEPTH });
				break;
			case 0x5d:
			case 0x7d:
				depth--;
				break;
			case 0x3a:
				names++;
				break;
			case 0x2c:
				items++;
		}
	}
	const most = Math.max(nests / MAX_NESTS, names / MAX_NAMES, items / (MAX_CELLS + MAX_NESTS));
	if (most > 1) refuse('data.too_many_cells', { cells: items, limit: MAX_CELLS });
}

/** JSON is UTF-8; older producers write Windows-1252 all the same. */
function decode(bytes: Uint8Array): string {
	try {
		return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
	} catch {
		return new TextDecoder('windows-1252').decode(bytes);
	}
}
