/**
 * How far a brief is on its way to the forum (B6). A draft is its authors'; then named people read it; then those
 * who own its figures are asked whether they recognise what is said of them; then it is the forum's. Every step
 * may be left out, and none of those asked can stop it.
 */
export const STEPS = ['draft', 'in_review', 'with_owners', 'published'] as const;
export type Step = (typeof STEPS)[number];

export const MOVES = ['review', 'owners', 'back', 'publish'] as const;
export type Move = (typeof MOVES)[number];

/** Where each move leads from where it may be made. What is not here is refused. */
const LEADS: Record<Step, Partial<Record<Move, Step>>> = {
	draft: { review: 'in_review', owners: 'with_owners', publish: 'published' },
	in_review: {
		review: 'in_review',
		owners: 'with_owners',
		back: 'draft',
		publish: 'published'
	},
	// A late reader is asked without taking the owners' question back.
	with_owners: {
		review: 'with_owners',
		owners: 'with_owners',
		back: 'draft',
		publish: 'published'
	},
	published: {}
};

/** The step a move leads to; null when it cannot be made from here. */
export function after(step: Step, move: Move): Step | null {
	return LEADS[step][move] ?? null;
}

export function movesFrom(step: Step): Move[] {
	return MOVES.filter((move) => after(step, move) !== null);
}
