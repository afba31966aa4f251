import { m } from '#paraglide/messages.js';
import { getLocale } from '#paraglide/runtime.js';
import { formatDate } from '../base/format.ts';
import type { FigureKind } from '../chart/figure.ts';
import type { Missing, Section } from './brief.ts';
import type { Step } from './steps.ts';
import type { Recognition, ReviewAnswer } from './together.ts';
import type { Part } from './view.ts';

export function partWord(part: Part): string {
	return {
		headline: m.brief_section_headline,
		messages: m.brief_section_messages,
		figures: m.brief_section_figures,
		story: m.brief_section_story,
		consequences: m.brief_section_consequences,
		options: m.brief_section_options,
		recommendations: m.brief_section_recommendations,
		life: m.brief_section_life,
		rivals: m.brief_section_rivals,
		behind: m.brief_section_behind,
		left_out: m.brief_section_left_out
	}[part]();
}

export function partHelp(section: Section): string {
	return {
		headline: m.brief_help_headline,
		messages: m.brief_help_messages,
		story: m.brief_help_story,
		consequences: m.brief_help_consequences,
		options: m.brief_help_options,
		recommendations: m.brief_help_recommendations,
		life: m.brief_help_life
	}[section]();
}

export function stepWord(step: Step): string {
	return {
		draft: m.brief_step_draft,
		in_review: m.brief_step_in_review,
		with_owners: m.brief_step_with_owners,
		published: m.brief_step_published
	}[step]();
}

/** Who sees it as it is now. */
export function stepNote(step: Exclude<Step, 'published'>): string {
	return {
		draft: m.brief_draft_note,
		in_review: m.brief_note_in_review,
		with_owners: m.brief_note_with_owners
	}[step]();
}

/** What is missing, in one line. */
export function missingWords(missing: Missing[]): string {
	return missing
		.map((what) =>
			({
				serves: m.brief_missing_serves,
				headline: m.brief_missing_headline,
				messages: m.brief_missing_messages,
				figures: m.brief_missing_figures,
				why: m.brief_missing_why,
				besides_algorithm: m.brief_missing_besides_algorithm
			})[what]()
		)
		.join(', ');
}

export function kindWord(kind: FigureKind): string {
	return {
		line: m.brief_kind_line,
		bar: m.brief_kind_bar,
		stacked: m.brief_kind_stacked,
		range: m.brief_kind_range,
		map: m.brief_kind_map,
		panels: m.brief_kind_panels,
		table: m.brief_kind_table,
		number: m.brief_kind_number,
		beside: m.brief_kind_beside,
		scatter: m.brief_kind_scatter
	}[kind]();
}

/** What an owner was asked and said, in one line. */
export function recognitionWord({
	name,
	datasetTitle,
	recognised
}: Pick<Recognition, 'name' | 'datasetTitle' | 'recognised'>): string {
	const said = { name, dataset: datasetTitle };
	if (recognised === null) return m.brief_recognise_waits(said);
	return recognised ? m.brief_recognised(said) : m.brief_not_recognised(said);
}

/** That an answer was changed, and when it was given as it stands. */
export const changedWord = ({ answeredAt }: { answeredAt: Date | null }): string =>
	m.brief_answer_changed({ date: answeredAt ? formatDate(answeredAt, getLocale(), 'short') : '' });

export const reviewAnswerWord = (answer: ReviewAnswer): string =>
	answer === 'comments' ? m.brief_review_comments() : m.brief_review_nothing_more();
