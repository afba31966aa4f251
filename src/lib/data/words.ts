import { m } from '#paraglide/messages.js';
import { formatNumber, type Locale } from '../base/format.ts';
import type { Grade } from './citation.ts';
import type { Cell, Coordinates, Dimension, Measure } from './cube.ts';
import type { Wanted } from './description.ts';
import type { Choice, ChoiceOption } from './formats/format.ts';
import { labelOf } from './grid.ts';
import type { Question } from './problem.ts';
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
