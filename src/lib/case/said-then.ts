/**
 * What is said of an option beside its prose, as it goes out with the case and is compared later (C10). In codes and in
 * people's own words, so that it reads the same whatever language it was sent in.
 */
import type { Verdict } from './conflicts.ts';
import { inForce, type About, type Consequence, type Effect } from './consequences.ts';
import type { Likelihood } from './options.ts';
import type { View, ViewLevel, ViewPart } from './views.ts';

export type LineThen = {
	kind: 'line';
	/** What it is known by, however often it is said anew. */
	key: string;
	about: About;
	what: string;
	department: string | null;
	effect: Effect | null;
	likelihood: Likelihood | null;
	assumption: string;
	toldBy: string;
	ore: number | null;
	yearly: boolean;
	from: number | null;
	to: number | null;
	funding: string;
};
export type ViewThen = {
	kind: 'view';
	key: string;
	part: ViewPart;
	level: ViewLevel;
	words: string;
	name: string;
};
export type ConflictThen = {
	kind: 'conflict';
	key: string;
	goal: string;
	verdict: Verdict['verdict'];
	reason: string;
};
export type SaidThen = LineThen | ViewThen | ConflictThen;

export type SaidChange = { key: string; before: SaidThen | null; after: SaidThen | null };

type Said = { lines: Consequence[]; views: View[]; verdicts: Verdict[] };

/** What stands of one option now. A goal that is closed to some is not among it. */
export function saidOf(optionId: string, { lines, views, verdicts }: Said): SaidThen[] {
	const own = <Row extends { optionId: string }>(rows: Row[]) =>
		rows.filter((row) => row.optionId === optionId);
	const last = new Map(own(verdicts).map((verdict) => [verdict.goalId, verdict]));
	return [
		...inForce(own(lines)).map(lineThen),
		...own(views).map(({ part, level, words, name, personId }) => ({
			kind: 'view' as const,
			key: `${part} ${personId}`,
			part,
			level,
			words,
			name
		})),
		...[...last.values()].flatMap(({ goalId, goalTitle, verdict, reason }) =>
			goalTitle === null
				? []
				: [{ kind: 'conflict' as const, key: goalId, goal: goalTitle, verdict, reason }]
		)
	];
}

/** Nothing is told where nothing was kept of what was said then. */
export function saidChanges(
	before: SaidThen[] | undefined,
	now: SaidThen[] | undefined
): SaidChange[] {
	if (!before || !now) return [];
	const changed = now.flatMap((after): SaidChange[] => {
		const was = before.find(({ key }) => key === after.key) ?? null;
		return was && same(was, after) ? [] : [{ key: after.key, before: was, after }];
	});
	const gone = before.filter(({ key }) => !now.some((one) => one.key === key));
	return [...changed, ...gone.map((was) => ({ key: was.key, before: was, after: null }))];
}

function lineThen(line: Consequence): LineThen {
	return {
		kind: 'line',
		key: line.root,
		about: line.about,
		what: line.what,
		department: line.department?.name ?? null,
		effect: line.effect,
		likelihood: line.likelihood,
		assumption: line.assumption,
		toldBy: line.toldBy,
		ore: line.ore,
		yearly: line.yearly,
		from: line.from,
		to: line.to,
		funding: line.funding
	};
}

/** Names of goals and departments may change; what was said has not. */
function same(one: SaidThen, other: SaidThen): boolean {
	const plain = (said: SaidThen) => {
		const { department: _d, goal: _g, name: _n, ...rest } = said as Record<string, unknown>;
		return JSON.stringify(Object.entries(rest).sort(([a], [b]) => (a < b ? -1 : 1)));
	};
	return plain(one) === plain(other);
}
