/** The words for the chapter's codes. Only what is seen asks; rules and verbs speak in codes. */
import { m } from '#paraglide/messages.js';
import type { Level } from './appraisal.ts';
import type { Step } from './approval.ts';
import type { EvidenceKind, Source, Stance } from './evidence.ts';
import type { Likelihood } from './options.ts';
import type { CaseState } from './states.ts';
import { isHouseKey, type CaseKind, type HouseKey, type TemplatePart } from './template.ts';
import type { OptionField } from './changes.ts';

const parts: Record<HouseKey | 'decision', () => string> = {
	proposal: m.template_part_proposal,
	built_on: m.template_part_built_on,
	other_departments: m.template_part_other_departments,
	status: m.template_part_status,
	learned: m.template_part_learned,
	adjust: m.template_part_adjust,
	recommendation: m.case_section_recommendation,
	decision: m.case_section_decision,
	background: m.case_section_background,
	account: m.case_section_account,
	evidence: m.case_section_evidence,
	options: m.case_section_options,
	consequences: m.case_section_consequences,
	risk: m.case_section_risk,
	economy: m.case_section_economy,
	next: m.case_section_next
};
const helps: Record<HouseKey, () => string> = {
	proposal: m.template_help_proposal,
	built_on: m.template_help_built_on,
	other_departments: m.template_help_other_departments,
	status: m.template_help_status,
	learned: m.template_help_learned,
	adjust: m.template_help_adjust,
	recommendation: m.case_help_recommendation,
	background: m.case_help_background,
	account: m.case_help_account,
	evidence: m.case_help_evidence,
	options: m.case_help_options,
	consequences: m.case_help_consequences,
	risk: m.case_help_risk,
	economy: m.case_help_economy,
	next: m.case_help_next
};
const states: Record<CaseState, () => string> = {
	draft: m.case_state_draft,
	in_review: m.case_state_in_review,
	ready: m.case_state_ready,
	on_agenda: m.case_state_on_agenda,
	decided: m.case_state_decided,
	deferred: m.case_state_deferred,
	returned: m.case_state_returned,
	in_follow_up: m.case_state_in_follow_up,
	closed: m.case_state_closed
};
const moves: Partial<Record<CaseState, () => string>> = {
	draft: m.case_move_draft,
	in_review: m.case_move_in_review,
	ready: m.case_move_ready,
	on_agenda: m.case_move_on_agenda,
	deferred: m.case_move_deferred,
	returned: m.case_move_returned,
	closed: m.case_move_closed
};
const caseKinds: Record<CaseKind, () => string> = {
	decision: m.case_kind_decision,
	sparring: m.case_kind_sparring,
	orientation: m.case_kind_orientation,
	budget: m.case_kind_budget,
	follow_up: m.case_kind_follow_up
};
const evidenceKinds: Record<EvidenceKind, () => string> = {
	figure: m.case_kind_of_figure,
	document: m.case_kind_of_document,
	research: m.case_kind_of_research,
	practice: m.case_kind_of_practice,
	stakeholder: m.case_kind_of_stakeholder,
	comparable_case: m.case_kind_of_comparable_case
};
const sources: Record<Source, () => string> = {
	organisation: m.case_source_organisation,
	research: m.case_source_research,
	experience: m.case_source_experience,
	stakeholders: m.case_source_stakeholders
};
const stances: Record<Stance, () => string> = {
	supports: m.case_stance_supports,
	contradicts: m.case_stance_contradicts,
	neutral: m.case_stance_neutral
};
const likelihoods: Record<Likelihood, () => string> = {
	likely: m.case_likelihood_likely,
	possible: m.case_likelihood_possible,
	unlikely: m.case_likelihood_unlikely
};
const fields: Record<OptionField, () => string> = {
	title: m.case_changes_field_title,
	recommended: m.case_changes_field_recommended,
	amount: m.case_changes_field_amount,
	horizon: m.case_changes_field_horizon,
	funding: m.case_changes_field_funding,
	likelihood: m.case_changes_field_likelihood
};

/** The house's word for a part; empty for one of a forum's own, which has its name with it. */
export const partWord = (key: string): string =>
	key === 'decision' || isHouseKey(key) ? parts[key]() : '';
export const partHelp = (key: string): string => (isHouseKey(key) ? helps[key]() : '');
/** A part of another kind than the case's own, as that kind called it. */
export const asideName = ({ key, name }: Pick<TemplatePart, 'key' | 'name'>): string =>
	name ?? (isHouseKey(key) ? partWord(key) : key);
/** What a part is called in this template, and what helps one to write it. */
export const partName = (template: TemplatePart[], key: string): string =>
	template.find((part) => part.key === key)?.name ?? partWord(key);
export const partHelpIn = (template: TemplatePart[], key: string): string =>
	template.find((part) => part.key === key)?.help ?? partHelp(key);
export const stateWord = (state: CaseState) => states[state]();
export const moveWord = (to: CaseState) => (moves[to] ?? states[to])();
export const caseKindWord = (kind: CaseKind) => caseKinds[kind]();
export const evidenceKindWord = (kind: EvidenceKind) => evidenceKinds[kind]();
export const sourceWord = (source: Source) => sources[source]();
export const stanceWord = (stance: Stance) => stances[stance]();
export const likelihoodWord = (likelihood: Likelihood | null) =>
	likelihood ? likelihoods[likelihood]() : m.case_likelihood_none();
export const fieldWord = (field: OptionField) => fields[field]();

const levels: Record<Level, () => string> = {
	low: m.case_level_low,
	medium: m.case_level_medium,
	high: m.case_level_high
};
export const levelWord = (level: Level): string => levels[level]();

const approvals: Record<Step, (told: { name: string; date: string }) => string> = {
	asked: m.case_approval_asked,
	approved: m.case_approval_approved,
	sent_back: m.case_approval_sent_back,
	withdrawn: m.case_approval_withdrawn
};
export const approvalWord = (step: Step, told: { name: string; date: string }): string =>
	approvals[step](told);
export const approvalTone = (step: Step): 'green' | 'amber' | 'none' =>
	step === 'approved' ? 'green' : step === 'sent_back' ? 'amber' : 'none';
