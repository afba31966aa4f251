/**
 * Which state may follow which, and by whom (C7). Asked by the verb and by the page's buttons.
 * Whether the person may change state in this case at all is judged before, by forum/access.
 */
export const states = [
	'draft',
	'in_review',
	'ready',
	'on_agenda',
	'decided',
	'deferred',
	'returned',
	'in_follow_up',
	'closed'
] as const;
export type CaseState = (typeof states)[number];

export type Who = { role: string | null; chair: boolean; author: boolean };

/** Where the move is made: most by a button on the case; some only follow from something else. */
export type Via = 'page' | 'approval' | 'agenda' | 'decision';

export type Move = { to: CaseState; reason: boolean };

type Rule = {
	from: CaseState;
	to: CaseState;
	/** preparer: who writes the case, secretary or director; agenda: secretary or chair; anyone: judged by the verb it is part of. */
	by: 'preparer' | 'agenda' | 'director' | 'anyone';
	via: Via;
	/** The others deserve to know why. */
	reason?: true;
};

const rules: Rule[] = [
	{ from: 'draft', to: 'in_review', by: 'preparer', via: 'page' },
	{ from: 'draft', to: 'ready', by: 'preparer', via: 'page' },
	{ from: 'in_review', to: 'ready', by: 'preparer', via: 'page' },
	{ from: 'in_review', to: 'draft', by: 'preparer', via: 'page' },
	{ from: 'in_review', to: 'returned', by: 'director', via: 'page', reason: true },
	{ from: 'ready', to: 'draft', by: 'preparer', via: 'page' },
	{ from: 'ready', to: 'returned', by: 'director', via: 'page', reason: true },
	{ from: 'returned', to: 'in_review', by: 'preparer', via: 'page' },
	{ from: 'returned', to: 'ready', by: 'preparer', via: 'page' },
	{ from: 'deferred', to: 'ready', by: 'preparer', via: 'page' },
	{ from: 'on_agenda', to: 'deferred', by: 'agenda', via: 'page', reason: true },
	{ from: 'on_agenda', to: 'returned', by: 'agenda', via: 'page', reason: true },
	// Asking for approval takes a case to review; the director's answer takes it on. Judged by approvals.server.ts.
	{ from: 'draft', to: 'in_review', by: 'anyone', via: 'approval' },
	{ from: 'returned', to: 'in_review', by: 'anyone', via: 'approval' },
	{ from: 'in_review', to: 'ready', by: 'anyone', via: 'approval' },
	{ from: 'in_review', to: 'returned', by: 'anyone', via: 'approval' },
	{ from: 'ready', to: 'returned', by: 'anyone', via: 'approval' },
	// A case that comes to nothing is closed, with the reason.
	{ from: 'draft', to: 'closed', by: 'preparer', via: 'page', reason: true },
	{ from: 'in_review', to: 'closed', by: 'preparer', via: 'page', reason: true },
	{ from: 'ready', to: 'closed', by: 'preparer', via: 'page', reason: true },
	{ from: 'returned', to: 'closed', by: 'preparer', via: 'page', reason: true },
	{ from: 'deferred', to: 'closed', by: 'preparer', via: 'page', reason: true },
	// Sparring and orientation seek no decision; the meeting ends them.
	{ from: 'on_agenda', to: 'closed', by: 'agenda', via: 'page', reason: true },
	// An unready case may be put on an agenda: what is missing shows, and stops nobody (rule 7).
	{ from: 'draft', to: 'on_agenda', by: 'agenda', via: 'agenda' },
	{ from: 'in_review', to: 'on_agenda', by: 'agenda', via: 'agenda' },
	{ from: 'ready', to: 'on_agenda', by: 'agenda', via: 'agenda' },
	{ from: 'returned', to: 'on_agenda', by: 'agenda', via: 'agenda' },
	{ from: 'deferred', to: 'on_agenda', by: 'agenda', via: 'agenda' },
	// Not reached at one meeting, carried over to the next.
	{ from: 'on_agenda', to: 'on_agenda', by: 'agenda', via: 'agenda' },
	{ from: 'on_agenda', to: 'ready', by: 'agenda', via: 'agenda' },
	// The decision settles its case in its own transaction, judged there.
	{ from: 'on_agenda', to: 'decided', by: 'anyone', via: 'decision' },
	{ from: 'ready', to: 'decided', by: 'anyone', via: 'decision' }, // between meetings
	// A sparring off the record ends with the meeting it was on.
	{ from: 'on_agenda', to: 'closed', by: 'anyone', via: 'decision' },
	// What hangs on a decision moves its case on; nobody does that by hand.
	{ from: 'decided', to: 'in_follow_up', by: 'anyone', via: 'decision' },
	{ from: 'decided', to: 'closed', by: 'anyone', via: 'decision' },
	{ from: 'in_follow_up', to: 'closed', by: 'anyone', via: 'decision' }
];

const holds: Record<Rule['by'], (who: Who) => boolean> = {
	preparer: ({ role, author }) =>
		role === 'secretary' || role === 'director' || (author && role !== null && role !== 'observer'),
	agenda: ({ role, chair }) => role === 'secretary' || chair,
	director: ({ role }) => role === 'director',
	anyone: () => true
};

/** Who writes the case, the secretary and directors prepare it: they move it along and ask for what it needs. */
export const prepares = (who: Who): boolean => holds.preparer(who);

/** The moves open to this person from this state. */
export function moves(state: CaseState, who: Who, via: Via = 'page'): Move[] {
	return rules
		.filter((rule) => rule.from === state && rule.via === via && holds[rule.by](who))
		.map((rule) => ({ to: rule.to, reason: rule.reason === true }));
}

/** Does the state exist to be moved to from here at all, by anyone, this way? */
export const follows = (from: string, to: CaseState, via: Via) =>
	rules.some((rule) => rule.from === from && rule.to === to && rule.via === via);

/** In these states the case is as it was decided or closed: nothing in it is written. */
export const settledStates = ['decided', 'in_follow_up', 'closed'] as const;
export const isSettled = (state: string) => (settledStates as readonly string[]).includes(state);

/** How a state looks beside its word: shape and colour of ui's Status. */
export const tone = (state: CaseState): 'green' | 'amber' | 'none' =>
	state === 'ready' || state === 'decided' || state === 'on_agenda' || state === 'in_follow_up'
		? 'green'
		: state === 'returned' || state === 'deferred'
			? 'amber'
			: 'none';
