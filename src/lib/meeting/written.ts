/** Deciding in writing between meetings (C7): what may be answered, and when the chair can settle it. Pure. */

export const ANSWERS = ['agree', 'against', 'meeting'] as const;
export type Answer = (typeof ANSWERS)[number];

/** A procedure as one reader sees it. */
export type Written = {
	id: string;
	/** The last day to answer, 'YYYY-MM-DD'. */
	due: string;
	/** One who wants it on a meeting ends it. */
	oneStops: boolean;
	askedAt: Date;
	askedByName: string;
	ended: 'decided' | 'stopped' | 'withdrawn' | null;
	/** How many have answered, of how many who may. */
	answered: number;
	entitled: number;
	/** The reader's own newest answer. */
	own: { answer: Answer; words: string } | null;
	/** Each one's newest: for the chair while it runs, for every reader once it has ended. */
	answers: { name: string; answer: Answer; words: string }[] | null;
	/** The chair can settle it now. */
	ripe: boolean;
	may: { answer: boolean; withdraw: boolean };
};

/** It can be settled when everyone has answered, or from the day after the last. */
export const isRipe = (
	{ due, answered, entitled }: Pick<Written, 'due' | 'answered' | 'entitled'>,
	today: string
): boolean => today > due || (entitled > 0 && answered >= entitled);

/** How many chose what, every choice listed. */
export const counted = (answers: { answer: Answer }[]): { choice: Answer; count: number }[] =>
	ANSWERS.map((choice) => ({
		choice,
		count: answers.filter(({ answer }) => answer === choice).length
	}));
