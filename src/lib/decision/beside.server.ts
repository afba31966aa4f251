import type { Tx } from '../base/sql.server.ts';
import { findConflicts, verdictOn, type RunningGoal } from '../case/conflicts.ts';
import * as conflicts from '../case/conflicts.server.ts';
import { costOf } from '../case/consequences.ts';
import * as consequences from '../case/consequences.server.ts';
import * as views from '../case/views.server.ts';
import type { Person } from '../people/person.ts';
import type { FrozenConflict, FrozenConsequence, FrozenOption, FrozenView } from './record.ts';

/**
 * What was said of each option beside its prose, as it is frozen: its lines with what they come to, what people said
 * in a word, and the goals it pulls against. A confidential goal is named to nobody who might read the record.
 */
export async function beside(tx: Tx, person: Person, caseId: string, goals: RunningGoal[]) {
	const all = await consequences.list(tx, person, caseId);
	const said = await views.list(tx, caseId);
	const verdicts = await conflicts.list(tx, caseId);
	const open = goals.filter((goal) => !goal.confidential);
	const found = findConflicts(all, open);
	return (
		optionId: string
	): Required<Pick<FrozenOption, 'consequences' | 'sum' | 'views' | 'conflicts'>> => {
		const lines = all.filter((line) => line.optionId === optionId && !line.replaced);
		const cost = costOf({ amount: null, lines });
		return {
			consequences: lines.map(frozenLine),
			sum: cost.from === 'lines' ? cost.sum : null,
			views: said.filter((view) => view.optionId === optionId).map(frozenView),
			conflicts: found
				.filter((one) => one.optionId === optionId)
				.map((one): FrozenConflict => {
					const { id, title } = open.find((goal) => goal.id === one.goalId)!;
					const verdict = verdictOn(one, verdicts);
					return {
						goal: { id, title },
						ground: one.ground,
						verdict: verdict?.verdict ?? null,
						reason: verdict?.reason ?? '',
						by: verdict?.byName ?? ''
					};
				})
		};
	};
}

type Lines = Awaited<ReturnType<typeof consequences.list>>;
type Views = Awaited<ReturnType<typeof views.list>>;

const frozenLine = (line: Lines[number]): FrozenConsequence => ({
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
	funding: line.funding,
	indicator: line.indicator && {
		label: line.indicator.label,
		direction: line.indicator.direction
	},
	by: line.saidByName,
	at: line.saidAt.toISOString(),
	withdrawn: line.withdrawn && { by: line.withdrawn.byName, reason: line.withdrawn.reason }
});

const frozenView = ({ part, level, words, name, at }: Views[number]): FrozenView => ({
	part,
	level,
	words,
	by: name,
	at: at.toISOString()
});
