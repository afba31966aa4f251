/**
 * Where an option's lines and goals that run already pull apart (C5), found from the rows themselves. It says what
 * stands side by side, never what causes what, and it is a person who says whether it is a conflict.
 */
import { inForce, type Consequence, type Direction } from './consequences.ts';

/** A running goal, as far as a case needs to know it. Handed in by the page. */
export type RunningGoal = {
	id: string;
	title: string;
	ownerName: string;
	departmentId: string | null;
	/** Closed to most: named nowhere that others read. */
	confidential: boolean;
	/** What it steers by, and which way; null for a goal that is not measured. */
	indicator: { datasetId: string; measure: string; label: string; direction: Direction } | null;
};

/** From the weakest: the cost falls in the goal's department, the same indicator is moved, it is moved the other way. */
export const grounds = ['department', 'same_indicator', 'against'] as const;
export type Ground = (typeof grounds)[number];

export type Found = {
	optionId: string;
	goalId: string;
	ground: Ground;
	/** The lines it is found from. */
	lines: string[];
};

export type Verdict = {
	optionId: string;
	goalId: string;
	/** null: it is closed to some. */
	goalTitle: string | null;
	/** What was found when it was said. */
	ground: Ground;
	verdict: 'confirmed' | 'dismissed';
	reason: string;
	byName: string;
	at: Date;
};

export const verdicts = ['confirmed', 'dismissed'] as const;

/** One for each option and goal, on its strongest ground. */
export function findConflicts(lines: Consequence[], goals: RunningGoal[]): Found[] {
	const found = new Map<string, Found>();
	for (const line of inForce(lines))
		for (const goal of goals) {
			const ground = groundOf(line, goal);
			if (!ground) continue;
			const key = `${line.optionId} ${goal.id}`;
			const was = found.get(key);
			if (!was || rank(ground) > rank(was.ground))
				found.set(key, { optionId: line.optionId, goalId: goal.id, ground, lines: [line.id] });
			else if (was.ground === ground) was.lines.push(line.id);
		}
	return [...found.values()].sort((a, b) => rank(b.ground) - rank(a.ground));
}

/** The word that stands: the last, unless something stronger was found since it was said. */
export function verdictOn(
	{ optionId, goalId, ground }: Found,
	verdicts: Verdict[]
): Verdict | null {
	const last = verdicts.findLast((one) => one.optionId === optionId && one.goalId === goalId);
	return last && rank(last.ground) >= rank(ground) ? last : null;
}

function groundOf(line: Consequence, goal: RunningGoal): Ground | null {
	const { indicator: moved, department, effect } = line;
	const steered = goal.indicator;
	const same =
		moved !== null &&
		steered !== null &&
		moved.datasetId === steered.datasetId &&
		moved.measure === steered.measure;
	if (same && moved.direction === null) return 'same_indicator';
	if (same && moved.direction !== steered.direction) return 'against';
	return effect === 'cost' && department !== null && department.id === goal.departmentId
		? 'department'
		: null;
}

const rank = (ground: Ground): number => grounds.indexOf(ground);
