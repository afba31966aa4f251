import type { z } from 'zod';
import type { indicatorSchema } from './indicator-input.ts';

/** An indicator: one measure that a forum reads, with what it is for and what its colours mean (D8, D12). */

export const DIRECTIONS = ['up', 'down'] as const;
export type Direction = (typeof DIRECTIONS)[number];

/** relative: how it stands beside the others. act: something must be done now, whatever the others have. */
export const MEANINGS = ['relative', 'act'] as const;
export type Meaning = (typeof MEANINGS)[number];

/** What one counts along the way from what is put in to what comes of it (D12). */
export const COUNTED = ['effort', 'process', 'result', 'effect'] as const;
export type Counted = (typeof COUNTED)[number];

export type Said = z.output<typeof indicatorSchema>;
export type SaidInput = z.input<typeof indicatorSchema>;

/** What is asked for in a line until it is given. */
export const INDICATOR_WANTED = ['why', 'direction', 'population', 'counts', 'demandedBy'] as const;
export type IndicatorWanted = (typeof INDICATOR_WANTED)[number];
export const wantedOf = (said: Pick<Said, IndicatorWanted>): IndicatorWanted[] =>
	INDICATOR_WANTED.filter((key) => said[key] === null);

export type Colour = {
	tone: 'green' | 'amber' | 'red' | 'none';
	says: 'good' | 'watch' | 'act' | 'best' | 'middle' | 'worst';
};

/** Fewer than this to stand beside, and "a quarter of them" says nothing. */
export const LEAST_PEERS = 4;

/**
 * What a value's colour is, and what it says; null when nobody has said what colours mean here. A colour is never
 * shown without its words. `peers` are the values of all that are compared, its own among them.
 */
export function colourOf(
	value: number | null,
	{ direction, meaning, greenAt, redAt }: Pick<Said, 'direction' | 'meaning' | 'greenAt' | 'redAt'>,
	peers: number[]
): Colour | null {
	if (value === null || !direction || !meaning) return null;
	const better = (a: number, b: number) => (direction === 'up' ? a > b : a < b);
	if (meaning === 'act') {
		if (greenAt === null || redAt === null) return null;
		if (!better(greenAt, value)) return { tone: 'green', says: 'good' };
		return better(value, redAt) ? { tone: 'amber', says: 'watch' } : { tone: 'red', says: 'act' };
	}
	if (peers.length < LEAST_PEERS) return null;
	const above = peers.filter((peer) => better(peer, value)).length;
	const below = peers.filter((peer) => better(value, peer)).length;
	const quarter = peers.length / 4;
	if (above < quarter && below >= peers.length / 2) return { tone: 'green', says: 'best' };
	if (below < quarter && above >= peers.length / 2) return { tone: 'red', says: 'worst' };
	return { tone: 'none', says: 'middle' };
}

/** Is it taken over others than those it is meant to be about? Then it says so wherever it is read. */
export function mismatched({
	population,
	denominator
}: Pick<Said, 'population' | 'denominator'>): boolean {
	const plain = (words: string) =>
		words
			.toLowerCase()
			.replace(/[^\p{L}\p{N}]+/gu, ' ')
			.trim();
	return population !== null && denominator !== null && plain(population) !== plain(denominator);
}
