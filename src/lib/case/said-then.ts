/**
 * What is said of an option beside its prose, as it goes out with the case and is compared later (C10). In codes and in
 * people's own words, so that it reads the same whatever language it was sent in.
 */
import type { Verdict } from './conflicts.ts';
import {
	inForce,
	lineSaid,
	type Consequence,
	type Direction,
	type LineSaid
} from './consequences.ts';
import type { View, ViewLevel, ViewPart } from './views.ts';

export type LineThen = LineSaid & {
	kind: 'line';
	/** What it is known by, however often it is said anew. */
	key: string;
	department: string | null;
	/** The indicator it moves, by what it is: readers may know it or not. What was sent before it was kept has none. */
	indicator?: { datasetId: string; measure: string; direction: Direction | null } | null;
	/** The same in words for one reader, beside a change; no label: they may not read where it is from. */
	moves?: { label: string | null; direction: Direction | null } | null;
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
		...lineSaid(line),
		indicator: line.indicator && {
			datasetId: line.indicator.datasetId,
			measure: line.indicator.measure,
			direction: line.indicator.direction
		}
	};
}

/** Names of goals and departments may change; what was said has not. What was kept of only one of them tells nothing. */
function same(one: SaidThen, other: SaidThen): boolean {
	const kept = 'indicator' in one && 'indicator' in other;
	const plain = (said: SaidThen) => {
		const {
			department: _d,
			goal: _g,
			name: _n,
			indicator,
			...rest
		} = said as Record<string, unknown>;
		if (kept) rest.indicator = indicator && Object.entries(indicator).sort(byKey);
		return JSON.stringify(Object.entries(rest).sort(byKey));
	};
	return plain(one) === plain(other);
}

const byKey = ([a]: [string, unknown], [b]: [string, unknown]) => (a < b ? -1 : 1);

/** A change as one reader is told it: the indicators a line moved and moves by the names they may know them by. */
export function named(
	change: SaidChange,
	labelOf: (indicator: { datasetId: string; measure: string }) => string | null
): SaidChange {
	const name = (said: SaidThen | null): SaidThen | null => {
		if (said?.kind !== 'line') return said;
		const { indicator, ...line } = said;
		if (!indicator) return line;
		return { ...line, moves: { label: labelOf(indicator), direction: indicator.direction } };
	};
	return { ...change, before: name(change.before), after: name(change.after) };
}
