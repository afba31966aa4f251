import { refuse } from '../base/errors.ts';

/** Bytes to text. Danish files come in four encodings; anything else is refused rather than guessed. */

export const ENCODINGS = ['utf-8', 'windows-1252', 'utf-16le', 'utf-16be'] as const;
export type Encoding = (typeof ENCODINGS)[number];

/** The largest file taken in. Known on both sides, so that the browser can say it before sending. */
export const MAX_BYTES = 64 * 1024 * 1024;

export type Decoded = {
	text: string;
	encoding: Encoding;
	bom: boolean;
	/** The bytes stop inside a character: the file was cut. */
	cut: boolean;
};

/**
 * What the bytes say. Throws a refusal when they are no text in a known encoding:
 * `data.empty`, `data.too_large`, `data.is_zip`, `data.is_excel_old`, `data.is_pdf`, `data.unknown_encoding`.
 */
export function decode(bytes: Uint8Array): Decoded {
	if (bytes.length > MAX_BYTES)
		refuse('data.too_large', { status: 413, limit: MAX_BYTES / 1024 / 1024 });
	refuseOtherFormats(bytes);
	const decoded = decodeAs(bytes);
	if (decoded.text.trim() === '') refuse('data.empty');
	if (CONTROL.test(decoded.text)) refuse('data.unknown_encoding');
	return decoded;
}

// Control characters no table holds; tab, line feeds and form feed are fine.
// eslint-disable-next-line no-control-regex
const CONTROL = /[\u0000-\u0008\u000e-\u001f\u007f-\u009f]/;

export type InBytes = {
	/** Without a byte-order mark, in an encoding where ASCII is ASCII. */
	body: Uint8Array;
	/** The encoding of `body`. */
	written: 'utf-8' | 'windows-1252';
	/** The encoding of the file. */
	encoding: Encoding;
	bom: boolean;
	cut: boolean;
};

/** What `decode` says and refuses, without making one long text of a file that can be read as it is. */
export function inBytes(bytes: Uint8Array): InBytes {
	const wide =
		(bytes[0] === 0xff && bytes[1] === 0xfe) ||
		(bytes[0] === 0xfe && bytes[1] === 0xff) ||
		widthPattern(bytes) !== null;
	if (wide || bytes.length < PIECE) {
		const { text, ...told } = decode(bytes);
		return { ...told, body: new TextEncoder().encode(text), written: 'utf-8' };
	}
	if (bytes.length > MAX_BYTES)
		refuse('data.too_large', { status: 413, limit: MAX_BYTES / 1024 / 1024 });
	refuseOtherFormats(bytes);
	const bom = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
	const body = bom ? bytes.subarray(3) : bytes;
	const utf8 = readsAsUtf8(body);
	if (bom && !utf8) refuse('data.unknown_encoding');
	const encoding = utf8 ? 'utf-8' : 'windows-1252';
	if (!utf8) refuseForeign(body);
	else if (utf8.odd) refuse('data.unknown_encoding');
	if (isBlank(body, encoding)) refuse('data.empty');
	return { body, written: encoding, encoding, bom, cut: utf8?.cut ?? false };
}

const PIECE = 1024 * 1024;

/** Null when it is something else; `odd`: with control characters. An unfinished last character is a cut, where there were others before it. */
function readsAsUtf8(bytes: Uint8Array): { cut: boolean; odd: boolean } | null {
	const decoder = new TextDecoder('utf-8', { fatal: true });
	let [wide, odd] = [false, false];
	try {
		for (let at = 0; at < bytes.length; at += PIECE) {
			const text = decoder.decode(bytes.subarray(at, at + PIECE), { stream: true });
			// eslint-disable-next-line no-control-regex
			wide ||= /[^\u0000-\u007f]/.test(text);
			odd ||= CONTROL.test(text);
		}
	} catch {
		return null;
	}
	try {
		decoder.decode();
		return { cut: false, odd };
	} catch {
		return wide ? { cut: true, odd } : null;
	}
}

/** What `decodeWindows1252` and `decode` refuse of a text, counted by byte. */
function refuseForeign(bytes: Uint8Array): void {
	const counts = new Uint32Array(256);
	for (let at = 0; at < bytes.length; at++) counts[bytes[at]!]!++;
	let [beyondAscii, western] = [0, 0];
	for (const [byte, count] of counts.entries()) {
		if (count === 0) continue;
		const letter = new TextDecoder('windows-1252').decode(Uint8Array.of(byte));
		if (CONTROL.test(letter)) refuse('data.unknown_encoding');
		if (byte > 0x7f) beyondAscii += count;
		if (letter.match(WESTERN)) western += count;
	}
	if (western < beyondAscii * 0.75) refuse('data.unknown_encoding');
}

function isBlank(bytes: Uint8Array, encoding: string): boolean {
	const decoder = new TextDecoder(encoding);
	for (let at = 0; at < bytes.length; at += PIECE)
		if (decoder.decode(bytes.subarray(at, at + PIECE), { stream: true }).trim() !== '')
			return false;
	return true;
}

function refuseOtherFormats(bytes: Uint8Array): void {
	const starts = (...magic: number[]) => magic.every((byte, index) => bytes[index] === byte);
	if (bytes.length === 0) refuse('data.empty');
	if (starts(0x50, 0x4b, 0x03, 0x04) || starts(0x50, 0x4b, 0x05, 0x06) || starts(0x1f, 0x8b))
		refuse('data.is_zip');
	if (starts(0xd0, 0xcf, 0x11, 0xe0)) refuse('data.is_excel_old');
	if (starts(0x25, 0x50, 0x44, 0x46)) refuse('data.is_pdf');
	if (starts(0xff, 0xfe, 0, 0) || starts(0, 0, 0xfe, 0xff)) refuse('data.unknown_encoding');
}

function decodeAs(bytes: Uint8Array): Decoded {
	if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) {
		const utf8 = decodeUtf8(bytes.subarray(3));
		return utf8 ? { ...utf8, bom: true } : refuse('data.unknown_encoding');
	}
	if (bytes[0] === 0xff && bytes[1] === 0xfe)
		return decodeUtf16(bytes.subarray(2), 'utf-16le', true);
	if (bytes[0] === 0xfe && bytes[1] === 0xff)
		return decodeUtf16(bytes.subarray(2), 'utf-16be', true);
	const wide = widthPattern(bytes);
	if (wide) return decodeUtf16(bytes, wide, false);
	return decodeUtf8(bytes) ?? decodeWindows1252(bytes);
}

/** UTF-16 without a mark shows as zeros in every other byte. */
function widthPattern(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | null {
	const sample = bytes.subarray(0, 4096);
	let even = 0;
	let odd = 0;
	for (let index = 0; index < sample.length; index++)
		if (sample[index] === 0) index % 2 === 0 ? even++ : odd++;
	const half = sample.length / 2;
	if (odd > half * 0.6 && even < half * 0.05) return 'utf-16le';
	if (even > half * 0.6 && odd < half * 0.05) return 'utf-16be';
	return null;
}

function decodeUtf16(bytes: Uint8Array, encoding: 'utf-16le' | 'utf-16be', bom: boolean): Decoded {
	try {
		const text = new TextDecoder(encoding, { fatal: true }).decode(bytes, { stream: true });
		return { text, encoding, bom, cut: bytes.length % 2 === 1 };
	} catch {
		return refuse('data.unknown_encoding');
	}
}

function decodeUtf8(bytes: Uint8Array): Decoded | null {
	try {
		const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
		return { text, encoding: 'utf-8', bom: false, cut: false };
	} catch {
		return decodeCutUtf8(bytes);
	}
}

/** UTF-8 but for an unfinished last character: a file cut in the middle. */
function decodeCutUtf8(bytes: Uint8Array): Decoded | null {
	try {
		const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true });
		// A lone last byte is as likely to be one Windows-1252 letter, unless UTF-8 was seen before it.
		// eslint-disable-next-line no-control-regex
		return /[^\u0000-\u007f]/.test(text)
			? { text, encoding: 'utf-8', bom: false, cut: true }
			: null;
	} catch {
		return null;
	}
}

const WESTERN = /[æøåÆØÅäöüÄÖÜßéèêëÉáàâíóúñçðþÐÞ§½¼°²³´€£–—‘’“”«»…·×±µ©®\u00a0\u00ad]/g;

function decodeWindows1252(bytes: Uint8Array): Decoded {
	const text = new TextDecoder('windows-1252').decode(bytes);
	// Every byte is *something* in this encoding. Letters no Danish file would hold mean it was another.
	// eslint-disable-next-line no-control-regex
	const beyondAscii = text.match(/[^\u0000-\u007f]/g)?.length ?? 0;
	const western = text.match(WESTERN)?.length ?? 0;
	if (western < beyondAscii * 0.75) refuse('data.unknown_encoding');
	return { text, encoding: 'windows-1252', bom: false, cut: false };
}
