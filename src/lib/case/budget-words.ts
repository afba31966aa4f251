/** The words of the budget round. */
import { m } from '#paraglide/messages.js';
import type { Locale } from '#lib/base/format.ts';
import { builtOn, type Proposal, type Way } from './budget.ts';
import { sayMoney } from './option-words.ts';

const ways: Record<Way, () => string> = {
	expansion: m.budget_way_expansion,
	reduction: m.budget_way_reduction
};
export const wayWord = (way: Way): string => ways[way]();

/** "Udvidelse: 2,1 mio. kr. om året varigt fra 2020, Center X". */
export const sayProposal = (
	{ way, ore, year, lasting, departmentName }: Proposal,
	locale: Locale
): string =>
	`${wayWord(way)}: ${sayMoney({ ore, yearly: lasting, from: year, to: lasting ? null : year }, locale)}, ${departmentName}`;

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
