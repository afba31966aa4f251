import { m } from '#paraglide/messages.js';
import { formatDate, type Locale } from '../base/format.ts';
import type { Method } from './record.ts';
import type { Decider, EvidenceRole } from './roles.ts';

/** A decision's rules in the reader's words. */

const ROLE: Record<EvidenceRole, () => string> = {
	made: m.decision_role_made,
	informed: m.decision_role_informed,
	supports: m.decision_role_supports,
	unused: m.decision_role_unused
};
export const role = (one: EvidenceRole): string => ROLE[one]();

const DECIDER: Record<Decider, () => string> = {
	director: m.decision_decider_director,
	forum: m.decision_decider_forum,
	council: m.decision_decider_council,
	external: m.decision_decider_external
};
export const decider = (one: Decider): string => DECIDER[one]();

const METHOD: Record<Method, () => string> = {
	chair: m.decision_after_hearing,
	vote: m.decision_after_vote,
	written: m.decision_after_written
};
/** How it was decided, after the name of who did. */
export const method = (one: Method): string => METHOD[one]();

/** What was voted on; of a written procedure, by when it was answered. */
export const voteQuestion = (question: string, among: string, locale: Locale): string =>
	among === 'written'
		? m.decision_written_question({ date: formatDate(question, locale, 'long') })
		: question;

/** A vote's choice: an option's title, or the word for yes, no and abstain. */
export function choice(one: string, label: string): string {
	if (one === 'yes') return m.decision_vote_yes();
	if (one === 'no') return m.decision_vote_no();
	if (one === 'agree') return m.decision_written_agree();
	if (one === 'against') return m.decision_written_against();
	if (one === 'meeting') return m.decision_written_meeting();
	return one === 'abstain' ? m.decision_vote_abstain() : label;
}
