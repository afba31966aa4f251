import type { Locale } from '../base/format.ts';
import {
	aboutWord,
	groundWord,
	saidBeside,
	saySum,
	sayView,
	verdictWord,
	viewPartWord
} from '../case/option-words.ts';
import { m } from '#paraglide/messages.js';
import type { FrozenOption } from './record.ts';

/** What was said of a frozen option beside its prose, as lines of text: page, PDF and Word tell it alike. */
export function besideLines(option: FrozenOption, locale: Locale): string[] {
	const { consequences = [], sum, views = [], conflicts = [] } = option;
	return [
		...consequences.map((line) => {
			const taken = line.withdrawn
				? [m.option_taken_back_by({ name: line.withdrawn.by }), line.withdrawn.reason]
				: [];
			const told = [line.what, ...saidBeside(line, locale), line.by];
			return line.withdrawn
				? `${m.option_changes_line_removed({ text: line.what })} (${taken.filter(Boolean).join(': ')})`
				: `${aboutWord(line.about)}: ${told.join(' · ')}`;
		}),
		...(sum ? [[m.option_sum(), saySum(sum, locale).join(' · ')].join(' ')] : []),
		...views.map((view) => `${viewPartWord(view.part)}: ${sayView(view)} (${view.by})`),
		...conflicts.map(({ goal, ground, verdict, reason, by }) =>
			[
				`${m.option_changes_conflict({ text: goal.title })}. ${groundWord(ground)}`,
				verdict ? `${verdictWord(verdict)}, ${by}: ${reason}` : m.option_goal_not_said()
			].join('. ')
		)
	];
}
