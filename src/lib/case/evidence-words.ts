/** The words for what is said of evidence, of notes and of what came first. */
import { m } from '#paraglide/messages.js';
import { formatNumber, type Locale } from '#lib/base/format.ts';
import type { Source } from './evidence.ts';
import type { Relation } from './relations.ts';
import type { Lane } from './timeline.ts';
import type { ToldField } from './told.ts';
import type { Becomes, Turned } from './turned.ts';

const relationWords: Record<Relation, () => string> = {
	supports: m.case_relation_supports,
	contradicts: m.case_relation_contradicts
};
export const relationWord = (relation: Relation): string => relationWords[relation]();

/** As it is asked for, and as it stands. */
const toldWords: Record<ToldField, [asked: () => string, said: () => string]> = {
	role: [m.case_told_role, m.case_told_role_short],
	situation: [m.case_told_situation, m.case_told_situation_short],
	happened: [m.case_told_happened, m.case_told_happened_short],
	who: [m.case_told_who, m.case_told_who_short],
	when: [m.case_told_when, m.case_told_when_short],
	alike: [m.case_told_alike, m.case_told_alike_short],
	result: [m.case_told_result, m.case_told_result_short]
};
export const toldAsked = (field: ToldField): string => toldWords[field][0]();
export const toldSaid = (field: ToldField): string => toldWords[field][1]();

/** What would fill an empty column of the board. */
const fillings: Record<Source, () => string> = {
	organisation: m.case_board_empty_organisation,
	research: m.case_board_empty_research,
	experience: m.case_board_empty_experience,
	stakeholders: m.case_board_empty_stakeholders
};
export const fillingOf = (source: Source): string => fillings[source]();

type BecomesWords = [
	into: () => string,
	became: (told: { title: string }) => string,
	away: () => string
];
const becomes: Record<Becomes, BecomesWords> = {
	evidence: [m.case_turn_into_evidence, m.case_turned_evidence, m.case_turned_parked],
	request: [m.case_turn_into_request, m.case_turned_request, m.case_turned_withdrawn],
	differing: [m.case_turn_into_differing, m.case_turned_differing, m.case_turned_talked],
	option: [m.case_turn_into_option, m.case_turned_option, m.case_turned_withdrawn],
	question: [m.case_turn_into_question, m.case_turned_question, m.case_turned_talked]
};
export const intoWord = (into: Becomes): string => becomes[into][0]();
/** What became of a note; of what is no longer in play, that it is so. */
export function becameWords({
	into,
	title,
	away
}: Pick<Turned, 'into' | 'title' | 'away'>): string {
	const [, became, gone] = becomes[into];
	return away ? `${became({ title })} (${gone()})` : became({ title });
}

const lanes: Record<Lane, () => string> = {
	question: m.case_timeline_question,
	evidence: m.case_timeline_evidence,
	options: m.case_timeline_options,
	decision: m.case_timeline_decision
};
export const laneWord = (lane: Lane): string => lanes[lane]();

/** How large a file is, in whole kB or tenths of MB. */
export const sizeWord = (bytes: number, locale: Locale): string =>
	bytes < 1024 * 1024
		? formatNumber(Math.ceil(bytes / 1024), locale, { unit: 'kB' })
		: formatNumber(bytes / 1024 / 1024, locale, { decimals: 1, unit: 'MB' });
