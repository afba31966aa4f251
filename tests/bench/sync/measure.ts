import type { Child } from './child.ts';
import type { Kind } from './kinds.ts';
import type { Store } from './store.ts';

/** What a row has to work with. */
export type Bench = {
	kinds: Kind[];
	store: Store;
	/** Two load generators: one measures while the other does harm. */
	load: Child;
	other: Child;
};

export type Values = Partial<Record<Kind, number>>;

/** One measured thing, of everyone measured. */
export type Line = {
	what: string;
	values: Values;
	/** Digits after the point. */
	digits?: number;
	/** What the issue asks of ours; `most` may follow from what the peers did in this run. */
	limit?: { said: string; most: number };
};

export type Table = { title: string; lines: Line[]; notes: string[] };

export const pause = (ms: number) => new Promise<void>((done) => setTimeout(done, ms));

/** `factor` times what a peer did, when it was measured. */
export function times(values: Values, kind: Kind, factor: number, digits = 1): Line['limit'] {
	const peer = values[kind];
	if (peer === undefined) return undefined;
	const said = factor === 1 ? `≤ ${kind}` : `≤ ${factor} × ${kind}`;
	return { said: `${said} = ${(peer * factor).toFixed(digits)}`, most: peer * factor };
}

export function atMost(most: number, unit = ''): Line['limit'] {
	return { said: most === 0 ? '0' : `≤ ${most}${unit}`, most };
}
