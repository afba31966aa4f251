/** What follows of an option, line by line (C5): for whom, gain or cost, how likely, and on which assumption. */
import type { Likelihood } from './options.ts';
import { sum, toOre, windowOf, type Money, type Sum, type Window } from './money.ts';

export const abouts = [
	'citizens',
	'performance',
	'economy',
	'department',
	'staff',
	'side_effect',
	'assumption',
	'carried_out'
] as const;
export type About = (typeof abouts)[number];

export const effects = ['gain', 'cost'] as const;
export type Effect = (typeof effects)[number];

export const directions = ['up', 'down'] as const;
export type Direction = (typeof directions)[number];

/** What a line says. The frozen record has a form of its own (decision/record.ts). */
export type LineSaid = {
	about: About;
	what: string;
	effect: Effect | null;
	likelihood: Likelihood | null;
	assumption: string;
	/** Who says so, outside the tool. */
	toldBy: string;
	/** Øre, positive: `effect` says which way; null where no money is said. */
	ore: number | null;
	yearly: boolean;
	from: number | null;
	to: number | null;
	funding: string;
};

export type Consequence = LineSaid & {
	id: string;
	optionId: string;
	/** The first wording of the same line: what it is known by, however often it is said anew. */
	root: string;
	department: { id: string; name: string } | null;
	indicator: Moves | null;
	saidBy: string;
	saidByName: string;
	saidAt: Date;
	withdrawn: { at: Date; byName: string; reason: string } | null;
	/** Said anew since: another line stands in its place. */
	replaced: boolean;
};

/** A line as it goes out with the case: what it said, and of which department by its name then. */
export const lineSaid = (line: Consequence): LineSaid & { department: string | null } => ({
	about: line.about,
	what: line.what,
	department: line.department?.name ?? null,
	effect: line.effect,
	likelihood: line.likelihood,
	assumption: line.assumption,
	toldBy: line.toldBy,
	ore: line.ore,
	yearly: line.yearly,
	from: line.from,
	to: line.to,
	funding: line.funding
});

/** An indicator a line says it moves. No label: the reader may not read where it is from. */
export type Moves = {
	datasetId: string;
	measure: string;
	label: string | null;
	direction: Direction | null;
};

export const inForce = (lines: Consequence[]): Consequence[] =>
	lines.filter((line) => !line.withdrawn && !line.replaced);

/** A line's money as it is summed: a gain is below zero. */
export const signed = ({
	ore,
	effect,
	yearly,
	from,
	to
}: Pick<Consequence, 'ore' | 'effect' | 'yearly' | 'from' | 'to'>): Money[] =>
	ore === null ? [] : [{ ore: effect === 'gain' ? -ore : ore, yearly, from, to }];

/** What an option costs: from its lines where they say money, else the amount it was given, whose years nobody knows. */
export type Cost =
	{ from: 'lines'; sum: Sum } | { from: 'amount'; ore: number } | { from: 'nothing' };

type Costed = { amount: number | null; lines: Consequence[] };

export function costOf({ amount, lines }: Costed, window?: Window | null): Cost {
	const money = inForce(lines).flatMap(signed);
	if (money.length > 0) return { from: 'lines', sum: sum(money, window ?? windowOf(money)) };
	return amount === null ? { from: 'nothing' } : { from: 'amount', ore: toOre(amount) };
}

/** The years all options are told over, so that they can be held against each other. */
export const commonWindow = (options: { lines: Consequence[] }[]): Window | null =>
	windowOf(options.flatMap(({ lines }) => inForce(lines).flatMap(signed)));

/**
 * How much more an option costs than the status quo, in øre; null where the two cannot be held against each other:
 * one says its money line by line and the other not, or over no years.
 */
export function difference(option: Cost, statusQuo: Cost): number | null {
	if (option.from === 'amount' && statusQuo.from === 'amount') return option.ore - statusQuo.ore;
	if (option.from !== 'lines' || statusQuo.from !== 'lines') return null;
	const [one, other] = [option.sum.total, statusQuo.sum.total];
	return one === null || other === null ? null : one - other;
}

/** The lines' total and the amount the option was given are two; null where they agree, or one is not said. */
export function disagree({ amount, lines }: Costed): { lines: number; amount: number } | null {
	const cost = costOf({ amount, lines });
	if (amount === null || cost.from !== 'lines' || cost.sum.total === null) return null;
	// "6 mio. om året" is no total: it agrees as soon as it is what one year comes to.
	const given = toOre(amount);
	const said = [cost.sum.total, cost.sum.after, ...cost.sum.years.map(({ ore }) => ore)];
	return said.includes(given) ? null : { lines: cost.sum.total, amount: given };
}

/** Whose gain or cost, an option's or others': by department, what it comes to and what is said. */
export function byDepartment(lines: Consequence[]) {
	const found = new Map<string, { name: string; lines: Consequence[] }>();
	for (const line of inForce(lines)) {
		if (!line.department) continue;
		const { id, name } = line.department;
		found.set(id, { name, lines: [...(found.get(id)?.lines ?? []), line] });
	}
	return [...found].map(([id, { name, lines }]) => ({
		id,
		name,
		lines,
		sum: sum(lines.flatMap(signed))
	}));
}
