import type { Cell, CubeShape } from './cube.ts';

/**
 * The source's marks on single cells ('e': estimated), as a reader meets them: the sign beside the number, and
 * what it means. The file's own words come before ours.
 */

/** Signs that mean the same with most senders: Eurostat's flags, the Nordic offices' standard signs, SDMX. */
export const KNOWN_SIGNS = [
	'..',
	'...',
	'.',
	'-',
	'*',
	'b',
	'c',
	'd',
	'e',
	'f',
	'n',
	'p',
	'r',
	'u',
	'z'
] as const;
export type KnownSign = (typeof KNOWN_SIGNS)[number];

/** The sign as one of those known; null where only the sender knows what it means. */
export function knownSign(sign: string): KnownSign | null {
	const plain = sign.trim().replace(/^:/, '').toLowerCase();
	return KNOWN_SIGNS.find((known) => known === plain) ?? null;
}

/** Longer than there is room for between two columns. */
export const isLong = (sign: string): boolean => sign.length > 3;

/** The signs on these cells with what the file says they mean ('' where it does not say); none when there are none. */
export function signsOf(
	{ marks = {} }: CubeShape,
	cells: Iterable<Cell>
): { signs?: Record<string, string> } {
	const signs: Record<string, string> = {};
	for (const { sign } of cells) if (sign !== undefined) signs[sign] ??= marks[sign] ?? '';
	return Object.keys(signs).length > 0 ? { signs } : {};
}
