/**
 * The budget round (C11): what a department's proposals may come to in a year, and what they come to. In whole øre, as
 * all money: an expansion is positive, a reduction negative, and a frame below zero is what must be found.
 */
import { inYear, type Money } from './money.ts';

export const ways = ['expansion', 'reduction'] as const;
export type Way = (typeof ways)[number];

export type Proposal = {
	caseId: string;
	number: number;
	title: string;
	departmentId: string;
	departmentName: string;
	way: Way;
	/** Øre, positive: `way` says which. */
	ore: number;
	year: number;
	/** Every year from then on; else that year only. */
	lasting: boolean;
	/** Figures the case rests on, not those set aside. */
	figures: number;
	whyNot: string;
	/** Øre: the frame its department has in its first year; null where none is set. */
	frame: number | null;
	state: string;
	outcome: Outcome;
	/** What the way that was chosen, or that the case recommends, gains or costs other departments. */
	elsewhere: { departmentId: string; departmentName: string; what: string; money: Money[] }[];
};

/** What became of a proposal: nothing yet, a way was chosen, one goes on as now, or it was closed undecided. */
export type Outcome = 'open' | 'carried' | 'as_now' | 'withdrawn';

/** What was chosen, by case. A case that is not decided is not in it. */
export type Outcomes = Map<string, { optionId: string; statusQuo: boolean }>;

/** A decision says more than the state: a case that was carried and is followed up to its end is still carried. */
export const outcomeOf = (state: string, chosen?: { statusQuo: boolean }): Outcome =>
	chosen ? (chosen.statusQuo ? 'as_now' : 'carried') : state === 'closed' ? 'withdrawn' : 'open';

/** The one rule of what a round adds up: what is still proposed, and what was decided for. */
export const counts = ({ outcome }: Pick<Proposal, 'outcome'>): boolean =>
	outcome === 'open' || outcome === 'carried';

export type Frame = { departmentId: string; departmentName: string; ore: number };

export type Row = {
	departmentId: string;
	name: string;
	frame: number | null;
	expansions: number;
	reductions: number;
	net: number;
	/** What is left of the frame; below zero: more than it holds. null where there is none, or not all is known. */
	left: number | null;
	/** From other departments' proposals: beside the sum, not in it, since it is theirs to count. */
	fromOthers: number;
};

/** "Built on data, or why not": figures, a reason, or nothing said yet. */
export const builtOn = ({ figures, whyNot }: Pick<Proposal, 'figures' | 'whyNot'>) =>
	figures > 0 ? ('data' as const) : whyNot ? ('reason' as const) : ('unsaid' as const);

/** As it is summed. */
export const moneyOf = ({ way, ore, year, lasting }: Proposal): Money => ({
	ore: way === 'reduction' ? -ore : ore,
	yearly: lasting,
	from: year,
	to: lasting ? null : year
});

/**
 * Of what counts, one row for each department with a frame, a proposal or an effect in the year, by name; and all of
 * them together. `whole`: these are all the proposals there are; else what they leave of a frame is not said.
 */
export function round(
	frames: Frame[],
	proposed: Proposal[],
	year: number,
	whole = true
): { rows: Row[]; total: Row } {
	const proposals = proposed.filter(counts);
	const names = new Map<string, string>();
	for (const { departmentId, departmentName } of frames) names.set(departmentId, departmentName);
	for (const proposal of proposals.filter((one) => inYear([moneyOf(one)], year) !== 0)) {
		names.set(proposal.departmentId, proposal.departmentName);
	}
	for (const { elsewhere } of proposals)
		for (const effect of elsewhere)
			if (inYear(effect.money, year) !== 0) names.set(effect.departmentId, effect.departmentName);
	const rows = [...names]
		.map(([departmentId, name]) => rowOf(departmentId, name, frames, proposals, year))
		.map((row) => (whole ? row : { ...row, left: null }))
		.sort((a, b) => a.name.localeCompare(b.name, 'da'));
	const all = (field: 'expansions' | 'reductions' | 'net' | 'fromOthers') =>
		rows.reduce((so, row) => so + row[field], 0);
	const framed = rows.filter(({ frame }) => frame !== null);
	// A frame for some says nothing of what others propose: then nothing is left, or over, of all together.
	const held = rows.every((row) => row.frame !== null || row.net === 0);
	const frame = framed.length ? framed.reduce((so, row) => so + row.frame!, 0) : null;
	return {
		rows,
		total: {
			departmentId: '',
			name: '',
			frame,
			expansions: all('expansions'),
			reductions: all('reductions'),
			net: all('net'),
			left: frame === null || !held || !whole ? null : frame - all('net'),
			fromOthers: all('fromOthers')
		}
	};
}

function rowOf(
	departmentId: string,
	name: string,
	frames: Frame[],
	proposals: Proposal[],
	year: number
): Row {
	const own = proposals.filter((one) => one.departmentId === departmentId);
	const of = (way: Way) =>
		inYear(
			own.filter((one) => one.way === way).map((one) => moneyOf(one)),
			year
		);
	const [expansions, reductions] = [of('expansion'), of('reduction')];
	const net = expansions + reductions;
	const frame = frames.find((one) => one.departmentId === departmentId)?.ore ?? null;
	const effects = proposals.flatMap(({ elsewhere }) =>
		elsewhere.filter((effect) => effect.departmentId === departmentId)
	);
	return {
		departmentId,
		name,
		frame,
		expansions,
		reductions,
		net,
		left: frame === null ? null : frame - net,
		fromOthers: inYear(
			effects.flatMap(({ money }) => money),
			year
		)
	};
}
