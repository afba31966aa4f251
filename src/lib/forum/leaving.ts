/** What someone who is gone left behind, to be handed over (D13). */
export const LEFT = ['dataset', 'second', 'pull', 'account', 'goal', 'action'] as const;
export type LeftKind = (typeof LEFT)[number];

export type Left = {
	kind: LeftKind;
	/** Of the dataset (also for what is fetched to it), service account, goal or action. */
	id: string;
	/** What one is judged on: the dataset, the account's forum, the goal, the action's decision. */
	objectId: string;
	title: string;
	ownerId: string;
	ownerName: string;
	/** Knows a dataset beside its owner, and is still here: the nearest to take over. */
	nextId: string | null;
	due: string | null;
};
