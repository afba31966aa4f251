/** What a forum can agree on (G5), as codes. Nothing agreed asks for nothing. */

/** Whether the responsible director approves a case: not asked for; asked for, and missing shows; or no agenda without. */
export const APPROVALS = ['none', 'shown', 'required'] as const;
export type ApprovalRule = (typeof APPROVALS)[number];

/** What happens to a case after the day of handing in: it comes on and shows as late, or only if it is urgent. */
export const AFTER_DEADLINE = ['shown', 'urgent'] as const;
export type AfterDeadline = (typeof AFTER_DEADLINE)[number];

/** Deciding in writing between meetings: not here; allowed; or allowed until one member wants it on a meeting. */
export const WRITTEN = ['none', 'allowed', 'one_stops'] as const;
export type WrittenRule = (typeof WRITTEN)[number];

export type Charter = {
	/** Working days before a meeting that its material goes out; null where none is agreed. */
	circulateWorkdays: number | null;
	/** Working days before a meeting that cases are handed in; null where none is agreed. */
	handInWorkdays: number | null;
	afterDeadline: AfterDeadline;
	approval: ApprovalRule;
	writtenProcedure: WrittenRule;
	smallNumberLimit: number;
};
