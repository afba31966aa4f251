/** Question, evidence, options and decision on one axis of time: did data come first (C3)? */
import type { Evidence } from './evidence.ts';

export const LANES = ['question', 'evidence', 'options', 'decision'] as const;
export type Lane = (typeof LANES)[number];

export type Moment = {
	lane: Lane;
	at: Date;
	title: string;
	/** A figure, as against other evidence. */
	data: boolean;
};
/** `x`: 0 to 1 along the axis. */
export type Timeline = { from: Date; to: Date; moments: (Moment & { x: number })[] };

/**
 * What happened when, the earliest first. The status quo was always there and says nothing; what was parked or
 * withdrawn afterwards still came when it came. Null when there is nothing but the question: an axis with one
 * point shows nothing.
 */
export function timeline(told: {
	question: { title: string; at: Date };
	evidence: Pick<Evidence, 'kind' | 'title' | 'addedAt'>[];
	options: { title: string; statusQuo: boolean; createdAt: Date }[];
	decision: { title: string; at: Date } | null;
}): Timeline | null {
	const { question, evidence, options, decision } = told;
	const moments: Moment[] = [
		{ lane: 'question' as const, ...question, data: false },
		...evidence.map(({ kind, title, addedAt }) => ({
			lane: 'evidence' as const,
			title,
			at: addedAt,
			data: kind === 'figure'
		})),
		...options
			.filter(({ statusQuo }) => !statusQuo)
			.map(({ title, createdAt }) => ({
				lane: 'options' as const,
				title,
				at: createdAt,
				data: false
			})),
		...(decision ? [{ lane: 'decision' as const, ...decision, data: false }] : [])
	].toSorted(
		(a, b) => a.at.getTime() - b.at.getTime() || LANES.indexOf(a.lane) - LANES.indexOf(b.lane)
	);
	if (moments.length < 2) return null;
	const [from, to] = [moments[0]!.at, moments.at(-1)!.at];
	const span = to.getTime() - from.getTime();
	return {
		from,
		to,
		moments: moments.map((moment) => ({
			...moment,
			x: span === 0 ? 0 : (moment.at.getTime() - from.getTime()) / span
		}))
	};
}
