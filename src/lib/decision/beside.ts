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
import { sections } from '../case/template.ts';
import { partWord } from '../case/words.ts';
import type { Content } from '../document/content.ts';
import type { DecisionRecord, FrozenOption } from './record.ts';

/** The case's sections as they were frozen, in their order and by the forum's own names. */
export function textOf(record: DecisionRecord) {
	const order = record.sections ?? sections.map((key) => ({ key, name: null }));
	return order.map(({ key, name }) => ({
		key,
		name: name ?? partWord(key),
		content: record.text[key] as Content | undefined
	}));
}

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
