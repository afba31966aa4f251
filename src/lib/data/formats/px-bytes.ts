import { refuse } from '../../base/errors.ts';
import { MAX_BYTES } from '../encoding.ts';

/** The bytes of a PX file as text. CODEPAGE may be missing or wrong: valid UTF-8 is trusted first. */
export function decodePx(bytes: Uint8Array): { text: string; encoding: string } {
	if (bytes.length > MAX_BYTES)
		refuse('data.too_large', { status: 413, limit: MAX_BYTES / 1024 / 1024 });
	const wide = bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : null;
	if (wide) return { text: new TextDecoder(wide).decode(bytes.subarray(2)), encoding: wide };
	try {
		return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes), encoding: 'utf-8' };
	} catch {
		const told = /^\s*CODEPAGE\s*=\s*"([^"]{1,30})"/im.exec(headOf(bytes))?.[1] ?? 'windows-1252';
		const decoder = decoderOf(told) ?? decoderOf('windows-1252')!;
		return { text: decoder.decode(bytes), encoding: decoder.encoding };
	}
}

/** Does it begin with a keyword? Whole text or a cut of it. */
export function looksLikePx(bytes: Uint8Array): boolean {
	const head = headOf(bytes).replace(/^\u00ef\u00bb\u00bf/, '');
	return /^\s*[A-Z][A-Z0-9-]+(?:\[[\w-]+\])?(?:\("[^"]*"(?:,"[^"]*")*\))?\s*=\s*(?:"|YES|NO|\d|TLIST)/.test(
		head
	);
}

/** The first keywords, byte for byte; of UTF-16 every second. */
function headOf(bytes: Uint8Array): string {
	const wide = bytes[0] === 0xff && bytes[1] === 0xfe;
	return new TextDecoder(wide ? 'utf-16le' : 'latin1').decode(bytes.subarray(wide ? 2 : 0, 8192));
}

function decoderOf(label: string): TextDecoder | null {
	try {
		const decoder = new TextDecoder(label.trim());
		// One that reads bytes as something else than letters of one byte each would be a guess too far.
		return /^utf-16/.test(decoder.encoding) ? null : decoder;
	} catch {
		return null;
	}
}
