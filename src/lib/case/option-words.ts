/** The words for what follows of an option, what people say of it, and what it pulls against. */
import { m } from '#paraglide/messages.js';
import type { Locale } from '#lib/base/format.ts';
import type { Ground } from './conflicts.ts';
import type { About, Consequence, Cost, Effect } from './consequences.ts';
import { runs, toKr, type Sum } from './money.ts';
import { sayAmount } from './options.ts';
import type { SaidThen } from './said-then.ts';
import { isCorner, type View, type ViewLevel, type ViewPart } from './views.ts';
import { likelihoodWord } from './words.ts';

const abouts: Record<About, () => string> = {
	citizens: m.option_about_citizens,
	performance: m.option_about_performance,
	economy: m.option_about_economy,
	department: m.option_about_department,
	staff: m.option_about_staff,
	side_effect: m.option_about_side_effect,
	assumption: m.option_about_assumption,
	carried_out: m.option_about_carried_out
};
const effects: Record<Effect, () => string> = {
	gain: m.option_effect_gain,
	cost: m.option_effect_cost
};
const parts: Record<ViewPart, () => string> = {
	value: m.option_part_value,
	support: m.option_part_support,
	capacity: m.option_part_capacity,
	tasks: m.option_part_tasks,
	technology: m.option_part_technology,
	people: m.option_part_people,
	structure: m.option_part_structure,
	surroundings: m.option_part_surroundings
};
const cornerLevels: Record<ViewLevel, () => string> = {
	low: m.option_level_low,
	medium: m.option_level_medium,
	high: m.option_level_high
};
const readyLevels: Record<ViewLevel, () => string> = {
	low: m.option_ready_low,
	medium: m.option_ready_medium,
	high: m.option_ready_high
};
const grounds: Record<Ground, () => string> = {
	against: m.option_ground_against,
	same_indicator: m.option_ground_same_indicator,
	department: m.option_ground_department
};

export const aboutWord = (about: About): string => abouts[about]();
export const effectWord = (effect: Effect): string => effects[effect]();
export const viewPartWord = (part: ViewPart): string => parts[part]();
export const viewLevelWord = (part: ViewPart, level: ViewLevel): string =>
	(isCorner(part) ? cornerLevels : readyLevels)[level]();
export const groundWord = (ground: Ground): string => grounds[ground]();

/** Kroner for øre: "2,1 mio. kr.". */
export const sayOre = (ore: number, locale: Locale): string => sayAmount(toKr(ore), locale);

/** With its sign, as a difference: "+2,1 mio. kr.", "−450.000 kr.". */
export const sayDifference = (ore: number, locale: Locale): string =>
	ore === 0 ? m.option_no_difference() : `${ore > 0 ? '+' : ''}${sayOre(ore, locale)}`;

type Said = Pick<
	Consequence,
	'ore' | 'effect' | 'yearly' | 'from' | 'to' | 'likelihood' | 'assumption' | 'toldBy' | 'funding'
> & {
	department: { name: string } | string | null;
	indicator: { label: string | null; direction: 'up' | 'down' | null } | null;
};

/** A line's money and years: "2 mio. kr. om året 2019–2022". Empty where no money is said. */
export function sayMoney(
	{ ore, yearly, from, to }: Pick<Said, 'ore' | 'yearly' | 'from' | 'to'>,
	locale: Locale
): string {
	if (ore === null) return from === null ? '' : sayYears(from, to, yearly);
	const amount = sayOre(ore, locale);
	if (from === null) return yearly ? m.option_yearly({ amount }) : amount;
	const years = sayYears(from, to, yearly);
	return yearly ? m.option_yearly_in({ amount, years }) : m.option_once_in({ amount, years });
}

const sayYears = (from: number, to: number | null, yearly: boolean): string =>
	to === null && yearly
		? m.option_lasting({ from: `${from}` })
		: to === null || to === from
			? `${from}`
			: `${from}–${to}`;

/** All a line says beside its words, in the order it is read. */
export function saidBeside(line: Said, locale: Locale): string[] {
	const { effect, likelihood, assumption, toldBy, funding, indicator, department } = line;
	const money = sayMoney(line, locale);
	return [
		department === null ? '' : typeof department === 'string' ? department : department.name,
		[effect && effectWord(effect), money].filter(Boolean).join(' '),
		funding && m.option_funded({ by: funding }),
		likelihood ? likelihoodWord(likelihood) : '',
		assumption && m.option_assumes({ what: assumption }),
		toldBy && m.option_told_by({ who: toldBy }),
		indicator?.label
			? indicator.direction === 'up'
				? m.option_moves_up({ label: indicator.label })
				: indicator.direction === 'down'
					? m.option_moves_down({ label: indicator.label })
					: m.option_moves({ label: indicator.label })
			: ''
	].filter((text): text is string => Boolean(text));
}

/** A sum in words: its years in runs, what is in no year, and what lasts. */
export function saySum(sum: Sum, locale: Locale): string[] {
	return [
		...runs(sum.years)
			.filter(({ ore }) => ore !== 0)
			.map(({ from, to, ore }) =>
				from === to
					? `${from}: ${sayOre(ore, locale)}`
					: `${from}–${to}: ${m.option_yearly({ amount: sayOre(ore, locale) })}`
			),
		sum.once ? m.option_sum_once({ amount: sayOre(sum.once, locale) }) : '',
		sum.everyYear ? m.option_sum_every_year({ amount: sayOre(sum.everyYear, locale) }) : '',
		sum.after ? m.option_sum_after({ amount: sayOre(sum.after, locale) }) : ''
	].filter(Boolean);
}

/** What an option costs, in words: its lines' sum, else the amount and years it was given. Empty where nothing is said. */
export function sayCost(cost: Cost, { horizon }: { horizon: string }, locale: Locale): string[] {
	if (cost.from === 'nothing') return [];
	if (cost.from === 'amount')
		return [[sayOre(cost.ore, locale), horizon].filter(Boolean).join(' ')];
	const parts = saySum(cost.sum, locale);
	return parts.length ? parts : [sayOre(0, locale)];
}

/** One thing said of an option, as it was sent out. */
export function sayThen(said: SaidThen, locale: Locale): string {
	if (said.kind === 'view') return `${said.name}, ${viewPartWord(said.part)}: ${sayView(said)}`;
	if (said.kind === 'conflict') return `${said.goal}: ${verdictWord(said.verdict)}. ${said.reason}`;
	const { moves = null } = said;
	const indicator = moves && { ...moves, label: moves.label ?? m.option_indicator_unread() };
	const beside = saidBeside({ ...said, indicator }, locale);
	return `${aboutWord(said.about)}: ${[said.what, ...beside].join(' · ')}`;
}

export const sayView = ({ part, level, words }: Pick<View, 'part' | 'level' | 'words'>): string =>
	words ? `${viewLevelWord(part, level)}, ${words}` : viewLevelWord(part, level);

export const verdictWord = (verdict: 'confirmed' | 'dismissed' | null): string =>
	verdict === 'confirmed'
		? m.option_conflict_confirmed()
		: verdict === 'dismissed'
			? m.option_conflict_dismissed()
			: m.option_goal_not_said();
