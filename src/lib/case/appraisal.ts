/** How far a piece of evidence can be trusted, and how much it says about this question (C2). */
export const levels = ['low', 'medium', 'high'] as const;
export type Level = (typeof levels)[number];

export type Appraised = { name: string; credibility: Level; relevance: Level; reason: string };

/** What is known of the appraisals of one piece of evidence. */
export type Appraisals = {
	/** How many have appraised it. */
	count: number;
	mine: Appraised | null;
	/** Everybody's; null until the reader has given theirs, if they may. */
	given: Appraised[] | null;
};

export const NOT_APPRAISED: Appraisals = { count: 0, mine: null, given: [] };

/** How many said what, highest first; levels nobody chose are left out. Never a mean: three do not average. */
export function spread(given: Appraised[], of: 'credibility' | 'relevance') {
	return levels
		.toReversed()
		.map((level) => ({ level, count: given.filter((one) => one[of] === level).length }))
		.filter(({ count }) => count > 0);
}
