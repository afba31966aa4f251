import { m } from '#paraglide/messages.js';
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

/** A vote's choice: an option's title, or the word for yes, no and abstain. */
export function choice(one: string, label: string): string {
	if (one === 'yes') return m.decision_vote_yes();
	if (one === 'no') return m.decision_vote_no();
	return one === 'abstain' ? m.decision_vote_abstain() : label;
}
