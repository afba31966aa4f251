import type { Status } from './status.ts';

/** How goals are put before a direction: what needs looking at first, grouped by what it is about. */

export type Attention = {
	status: Status;
	/** No indicator: judged by people, on a sign. */
	measured: boolean;
	/** The next look, or a milestone, is past its day. */
	overdue: boolean;
	stale: boolean;
	title: string;
};

const SEVERITY: Record<Status, number> = {
	missed: 0,
	behind: 1,
	no_data: 2,
	on_course: 3,
	ahead: 4,
	reached: 5
};

/** Overdue first, then the worst status, then stale figures, then by name. */
export function inOrder<G extends Attention>(goals: G[], locale = 'da'): G[] {
	return goals.toSorted(
		(a, b) =>
			Number(b.overdue) - Number(a.overdue) ||
			SEVERITY[a.status] - SEVERITY[b.status] ||
			Number(b.stale) - Number(a.stale) ||
			a.title.localeCompare(b.title, locale)
	);
}

export type Group<G> = { name: string; goals: G[] };

/** Groups in the order of the goal that needs most attention in each. */
export function grouped<G extends Attention>(
	goals: G[],
	nameOf: (goal: G) => string,
	locale = 'da'
): Group<G>[] {
	const groups: Group<G>[] = [];
	for (const goal of inOrder(goals, locale)) {
		const name = nameOf(goal);
		const group = groups.find((one) => one.name === name);
		if (group) group.goals.push(goal);
		else groups.push({ name, goals: [goal] });
	}
	return groups;
}

export type Tone = 'red' | 'amber' | 'green' | 'none';

/** Shape and colour beside the word: a triangle for what is off, a dot for what is not, a ring for what is unknown. */
export function tone(status: Status): Tone {
	if (status === 'missed' || status === 'behind') return 'red';
	return status === 'no_data' ? 'none' : 'green';
}

/** What the head of the board counts. A goal is in one count only. */
export function counts(goals: Attention[]): { status: Status | 'unmeasured'; count: number }[] {
	const keyed = goals.map(({ status, measured }) =>
		!measured && status === 'no_data' ? 'unmeasured' : status
	);
	return (['missed', 'behind', 'on_course', 'ahead', 'reached', 'no_data', 'unmeasured'] as const)
		.map((status) => ({ status, count: keyed.filter((one) => one === status).length }))
		.filter(({ count }) => count > 0);
}
