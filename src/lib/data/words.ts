import { m } from '#paraglide/messages.js';
import { getLocale } from '#paraglide/runtime.js';
import { formatNumber, type Locale } from '../base/format.ts';
import type { Grade } from './citation.ts';
import type { Cell, Coordinates, Dimension, Measure } from './cube.ts';
import type { Wanted } from './description.ts';
import type { Choice, ChoiceOption } from './formats/format.ts';
import { factorOf, type Formula, type Kind } from './derive.ts';
import { labelOf } from './grid.ts';
import type { Question } from './problem.ts';
import type { Outlook } from './hypothesis.ts';
import type { Colour, Counted, Direction, IndicatorWanted, Meaning } from './indicator.ts';
import type { Outcome, Rhythm } from './pull.ts';
import type { ColumnRole } from './recipe.ts';

/** The chapter's codes in the reader's words. */

export const roleWord = (role: ColumnRole): string =>
	({
		time: m.data_role_time,
		area: m.data_role_area,
		category: m.data_role_category,
		measure_name: m.data_role_measure_name,
		unit: m.data_role_unit,
		value: m.data_role_value,
		measure: m.data_role_measure,
		spread: m.data_role_spread,
		ignore: m.data_role_ignore
	})[role]();

export const rhythmWord = (rhythm: Rhythm): string =>
	({
		daily: m.data_rhythm_daily,
		weekly: m.data_rhythm_weekly,
		monthly: m.data_rhythm_monthly
	})[rhythm]();

/** How the last fetch went. */
export const outcomeWord = (outcome: Outcome): string =>
	({
		stored: m.data_outcome_stored,
		unchanged: m.data_outcome_unchanged,
		refused: m.data_outcome_refused,
		failed: m.data_outcome_failed
	})[outcome]();

export const outcomeTone = (outcome: Outcome) =>
	(({ stored: 'green', unchanged: 'green', refused: 'red', failed: 'amber' }) as const)[outcome];

export const gradeWord = (grade: Grade | null): string =>
	grade
		? {
				validated: m.data_grade_validated,
				provisional: m.data_grade_provisional,
				weak: m.data_grade_weak
			}[grade]()
		: m.data_grade_none();

export const gradeMeaning = (grade: Grade): string =>
	({
		validated: m.data_grade_validated_means,
		provisional: m.data_grade_provisional_means,
		weak: m.data_grade_weak_means
	})[grade]();

export const gradeTone = (grade: Grade | null) =>
	grade ? ({ validated: 'green', provisional: 'amber', weak: 'red' } as const)[grade] : 'none';

/** What is asked for, in a line: 'kilde, formål'. */
export const wantedWord = (field: Wanted): string =>
	({
		source: m.data_wanted_source,
		registration: m.data_wanted_registration,
		population: m.data_wanted_population,
		weaknesses: m.data_wanted_weaknesses,
		grade: m.data_wanted_grade,
		legalBasis: m.data_wanted_legalBasis,
		purpose: m.data_wanted_purpose,
		rhythm: m.data_wanted_rhythm,
		nextUpdate: m.data_wanted_nextUpdate,
		sender: m.data_wanted_sender,
		senderInterest: m.data_wanted_senderInterest,
		secondId: m.data_wanted_secondId
	})[field]();

export const questionWord = ({ kind, column }: Question): string =>
	({
		names: m.data_question_names,
		addresses: m.data_question_addresses,
		whole: m.data_question_whole
	})[kind]({ column });

/** What may be chosen of how a file is read. */
export const choiceWord = (key: Choice['key']): string =>
	({
		delimiter: m.data_choice_delimiter,
		sheet: m.data_choice_sheet,
		range: m.data_choice_range,
		dataset: m.data_choice_dataset,
		language: m.data_choice_language
	})[key]();

/** One of what may be chosen: mostly a name from the file. */
export function optionWord(key: Choice['key'], { value, label }: ChoiceOption): string {
	if (key === 'delimiter')
		return {
			';': m.data_delimiter_semicolon,
			',': m.data_delimiter_comma,
			'\t': m.data_delimiter_tab,
			'|': m.data_delimiter_pipe
		}[value as ';']();
	if (key !== 'language') return label;
	return { da: m.data_language_da, en: m.data_language_en }[value as 'da']?.() ?? label;
}

/** A cell as it reads in a table: a number, or the word for why there is none. */
export function cellText(cell: Cell | null | undefined, measure: Measure, locale: Locale): string {
	if (!cell || cell.status === 'm') return m.data_missing_cell();
	if (cell.status === 's') return m.data_suppressed();
	return formatNumber(cell.value!, locale, { decimals: measure.decimals });
}

/** 'Bakkegården, 2018': in the order of the cube's dimensions. */
export const placeText = (coordinates: Coordinates, dimensions: Dimension[]): string =>
	dimensions.map((dimension) => labelOf(dimension, coordinates[dimension.key] ?? '')).join(', ');

export const directionWord = (direction: Direction): string =>
	direction === 'up' ? m.data_direction_up() : m.data_direction_down();

/** 'stiger', 'falder': what a series does. */
export const directionVerb = (direction: Direction): string =>
	direction === 'up' ? m.data_rises() : m.data_falls();

export const meaningWord = (meaning: Meaning): string =>
	meaning === 'act' ? m.data_meaning_act() : m.data_meaning_relative();

/** What an indicator counts along the way from what is put in to what comes of it. */
export const countedWord = (counted: Counted): string =>
	({
		effort: m.data_counts_effort,
		process: m.data_counts_process,
		result: m.data_counts_result,
		effect: m.data_counts_effect
	})[counted]();

export const countedMeaning = (counted: Counted): string =>
	({
		effort: m.data_counts_effort_means,
		process: m.data_counts_process_means,
		result: m.data_counts_result_means,
		effect: m.data_counts_effect_means
	})[counted]();

/** What a colour says: never shown without it. */
export const colourWord = ({ says }: Colour): string =>
	({
		good: m.data_colour_good,
		watch: m.data_colour_watch,
		act: m.data_colour_act,
		best: m.data_colour_best,
		middle: m.data_colour_middle,
		worst: m.data_colour_worst
	})[says]();

export const indicatorWantedWord = (field: IndicatorWanted): string =>
	({
		why: m.data_indicator_wanted_why,
		direction: m.data_indicator_wanted_direction,
		population: m.data_indicator_wanted_population,
		counts: m.data_indicator_wanted_counts,
		demandedBy: m.data_indicator_wanted_demanded
	})[field]();

/** What the figures say of a hypothesis. Never that something caused it. */
export const outlookWord = (outlook: Outlook): string =>
	({
		too_early: m.data_outlook_too_early,
		supported: m.data_outlook_supported,
		not_supported: m.data_outlook_not_supported,
		no_figures: m.data_outlook_no_figures,
		broken: m.data_outlook_broken
	})[outlook]();

export const outlookTone = (outlook: Outlook) =>
	(
		({
			too_early: 'none',
			supported: 'green',
			not_supported: 'red',
			no_figures: 'amber',
			broken: 'amber'
		}) as const
	)[outlook];

export const derivedKindWord = (kind: Kind): string =>
	({ rate: m.data_kind_rate, share: m.data_kind_share, index: m.data_kind_index })[kind]();

/** 'Anbragte ÷ Børn × 1.000' */
export function formulaText(formula: Formula, measures: Pick<Measure, 'key' | 'label'>[]): string {
	const label = (key: string) => measures.find((measure) => measure.key === key)?.label ?? key;
	const above = label(formula.numerator);
	if (formula.kind === 'index') return m.data_formula_index({ above, period: formula.basePeriod });
	const factor = formatNumber(factorOf(formula), getLocale(), { decimals: 0 });
	return m.data_formula({ above, below: label(formula.denominator), factor });
}

/** The unit of what it gives: 'pr. 1.000'. */
export function formulaUnit(formula: Formula): string {
	if (formula.kind === 'share') return m.data_unit_share();
	if (formula.kind === 'index') return m.data_unit_index({ period: formula.basePeriod });
	return m.data_unit_rate({ per: formatNumber(formula.per, getLocale(), { decimals: 0 }) });
}
