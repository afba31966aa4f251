/** The words of the budget round. */
import { m } from '#paraglide/messages.js';
import type { Locale } from '#lib/base/format.ts';
import { builtOn, type Outcome, type Proposal, type Way } from './budget.ts';
import type { ProposalField, ProposalThen } from './head-then.ts';
import { sayMoney, sayOre } from './option-words.ts';

const ways: Record<Way, () => string> = {
	expansion: m.budget_way_expansion,
	reduction: m.budget_way_reduction
};
export const wayWord = (way: Way): string => ways[way]();

/** "Udvidelse: 2,1 mio. kr. om året varigt fra 2020, Center X". */
export const sayProposal = (
	{ way, ore, year, lasting, departmentName }: Omit<ProposalThen, 'frame' | 'whyNot'>,
	locale: Locale
): string =>
	`${wayWord(way)}: ${sayMoney({ ore, yearly: lasting, from: year, to: lasting ? null : year }, locale)}, ${departmentName}`;

/** "Ramme for Center X i 2020: 1 mio. kr."; empty where none is set. */
export const sayFrame = (
	{ frame, year, departmentName }: Pick<ProposalThen, 'frame' | 'year' | 'departmentName'>,
	locale: Locale
): string =>
	frame === null
		? ''
		: m.budget_frame_of({
				department: departmentName,
				year: `${year}`,
				amount: sayOre(frame, locale)
			});

/** All of a proposal, a line each: page, print and files tell it alike. */
export const proposalLines = (
	proposal: ProposalThen & { figures: number },
	locale: Locale
): string[] =>
	[
		sayProposal(proposal, locale),
		sayFrame(proposal, locale),
		builtWord(builtOn(proposal), proposal)
	].filter(Boolean);

const fieldWords: Record<ProposalField, () => string> = {
	way: m.budget_way,
	ore: m.option_line_amount,
	year: m.budget_year_from,
	lasting: m.budget_lasting,
	department: m.option_line_department,
	frame: m.budget_frame
};
export const proposalFieldWord = (field: ProposalField): string => fieldWords[field]();

/** One field of what was proposed, as a reader meets it. */
export function sayProposalField(
	proposal: ProposalThen,
	field: ProposalField,
	locale: Locale
): string {
	switch (field) {
		case 'way':
			return wayWord(proposal.way);
		case 'ore':
			return sayOre(proposal.ore, locale);
		case 'year':
			return `${proposal.year}`;
		case 'lasting':
			return proposal.lasting ? m.budget_lasting_yes() : m.budget_once();
		case 'department':
			return proposal.departmentName;
		case 'frame':
			return proposal.frame === null ? m.budget_frame_none() : sayOre(proposal.frame, locale);
	}
}

const outcomes: Record<Outcome, () => string> = {
	open: m.budget_outcome_open,
	carried: m.budget_outcome_carried,
	as_now: m.budget_outcome_as_now,
	withdrawn: m.budget_outcome_withdrawn
};
export const outcomeWord = (outcome: Outcome): string => outcomes[outcome]();

export const builtWord = (
	how: ReturnType<typeof builtOn>,
	{ figures, whyNot }: Pick<Proposal, 'figures' | 'whyNot'>
): string =>
	how === 'data'
		? figures === 1
			? m.budget_built_one()
			: m.budget_built({ count: figures })
		: how === 'reason'
			? m.budget_not_built({ why: whyNot })
			: m.budget_built_unsaid();
