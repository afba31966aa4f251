/** Bytes of a file, written in the test. */
export const utf8 = (text: string) => new TextEncoder().encode(text);

/** Latin letters only: what a Danish system's export holds. */
export const windows1252 = (text: string) => Uint8Array.from(text, (char) => char.charCodeAt(0));

export function utf16(text: string, order: 'le' | 'be', mark: boolean): Uint8Array {
	const codes = [...(mark ? '\ufeff' : ''), ...text].map((char) => char.charCodeAt(0));
	return Uint8Array.from(
		codes.flatMap((code) => (order === 'le' ? [code & 0xff, code >> 8] : [code >> 8, code & 0xff]))
	);
}

/** The code of the refusal that `work` ends in, with what fills its sentence. */
export function refusalOf(work: () => unknown): { code: string; params: object } {
	try {
		work();
	} catch (error) {
		const { code, params } = error as { code: string; params: object };
		return { code, params };
	}
	throw new Error('nothing was refused');
}
