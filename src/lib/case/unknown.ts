/**
 * What a case does not settle by what is known (C4). Uncertainty: a fact is missing, and is asked for.
 * Equivocality: the same is read differently, and is talked about in the room. Two lists, never one.
 */
export type Request = {
	id: string;
	question: string;
	askedId: string;
	askedName: string;
	/** Day, YYYY-MM-DD, in Copenhagen. */
	due: string;
	byName: string;
	at: Date;
	answer: string | null;
	answeredAt: Date | null;
	answeredByName: string | null;
	withdrawnAt: Date | null;
	withdrawnByName: string | null;
};

export type Differing = {
	id: string;
	matter: string;
	byName: string;
	at: Date;
	settledAt: Date | null;
	settledByName: string | null;
	/** How many have said how they read it. */
	count: number;
	/** What the reader has said, as it stands. */
	mine: string | null;
	/** What all have said; null until the reader has said theirs, if they may. */
	readings: { name: string; reading: string; at: Date }[] | null;
};

/** Something to be asked in the room when the case is in hand. */
export type Question = {
	id: string;
	question: string;
	byName: string;
	at: Date;
	settledAt: Date | null;
	settledByName: string | null;
};

/** Something the room still has to talk about. */
export type ToTakeUp = {
	id: string;
	kind: 'question' | 'differing';
	words: string;
	byName: string;
	/** Of what is read differently: how many have said how they read it. */
	count: number;
};

/** What the room still has to talk about: what is asked, then what is read differently, each as it was raised. */
export const toTakeUp = ({
	questions,
	differings
}: Pick<Unknown, 'questions' | 'differings'>): ToTakeUp[] => [
	...questions
		.filter(({ settledAt }) => !settledAt)
		.map(({ id, question, byName }) => ({
			id,
			kind: 'question' as const,
			words: question,
			byName,
			count: 0
		})),
	...differings
		.filter(({ settledAt }) => !settledAt)
		.map(({ id, matter, byName, count }) => ({
			id,
			kind: 'differing' as const,
			words: matter,
			byName,
			count
		}))
];

/** The lists, and who may be asked. */
export type Unknown = {
	questions: Question[];
	requests: Request[];
	differings: Differing[];
	people: { id: string; name: string }[];
};

/** Actions whose forms say by themselves what was refused. */
export const UNKNOWN_ACTIONS: readonly string[] = ['ask', 'answer', 'differ', 'reading', 'turn'];

export type RequestState = 'waiting' | 'overdue' | 'answered' | 'withdrawn';

/** Computed, never typed. `today` as YYYY-MM-DD. On the day itself it is not late yet. */
export function stateOf(
	request: Pick<Request, 'due' | 'answeredAt' | 'withdrawnAt'>,
	today: string
): RequestState {
	if (request.answeredAt) return 'answered';
	if (request.withdrawnAt) return 'withdrawn';
	return request.due < today ? 'overdue' : 'waiting';
}

/** Those one waits for first, the nearest date first; then the answered; withdrawn ones last. */
export function inOrder<R extends Pick<Request, 'due' | 'answeredAt' | 'withdrawnAt'>>(
	requests: R[],
	today: string
): R[] {
	const rank = (one: R) =>
		({ overdue: 0, waiting: 0, answered: 1, withdrawn: 2 })[stateOf(one, today)];
	return requests.toSorted((a, b) => rank(a) - rank(b) || a.due.localeCompare(b.due));
}
