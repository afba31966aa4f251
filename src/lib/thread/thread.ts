import type { ObjectKind } from '../forum/access.ts';

/** The thread as one line: what stands on it, from data to goals. */
export const KINDS = ['dataset', 'brief', 'case', 'decision', 'goal'] as const;
export type ThreadKind = (typeof KINDS)[number];

/** An object on the thread. Without a title it is a stub: one may know of it, not read it. */
export type Hop = { id: string; title: string | null; current: boolean };

export type Thread = {
	/** Where one stands. A meeting is beside the thread and has none. */
	current: ObjectKind;
	hops: { kind: ThreadKind; nodes: Hop[] }[];
};

const PLACES: Record<ThreadKind, string> = {
	dataset: '/data',
	brief: '/briefs',
	case: '/cases',
	decision: '/decisions',
	goal: '/goals'
};

export function placeOf(kind: ThreadKind, id: string): string {
	return `${PLACES[kind]}/${id}`;
}
