/**
 * What a case is beside its text, options and evidence, as it goes out and is compared later (C10): its kind, the parts
 * it is made of, and what it proposes of the budget (C11). In codes and øre, so that it reads the same in any language.
 */
import { wordDiff } from '#lib/document/difference.ts';
import type { Segment } from '#lib/document/segments.ts';
import type { Proposal, Way } from './budget.ts';
import type { CaseKind, TemplatePart } from './template.ts';

export type ProposalThen = {
	departmentId: string;
	departmentName: string;
	way: Way;
	/** Øre, positive: `way` says which. */
	ore: number;
	year: number;
	lasting: boolean;
	/** Øre, what its department's proposals might come to that year; null: no frame was set. */
	frame: number | null;
	whyNot: string;
};

export type HeadThen = {
	kind: CaseKind;
	template: TemplatePart[];
	/** null: it proposed nothing, or was of another kind. */
	proposal: ProposalThen | null;
};

/** In the order they are read. */
const proposalFields = ['way', 'ore', 'year', 'lasting', 'department', 'frame'] as const;
export type ProposalField = (typeof proposalFields)[number];

export type ProposalChange = {
	before: ProposalThen | null;
	after: ProposalThen | null;
	/** Where it stood both before and after: what of it is another. */
	fields: ProposalField[];
	/** Why it is not built on data, word by word; empty where that is the same. */
	whyNot: Segment[];
};

export type HeadChange = {
	kind: { before: CaseKind; after: CaseKind } | null;
	proposal: ProposalChange | null;
};

/** Named fields: what a proposal grows later must not slip into what was sent. */
export const proposalThen = (proposal: Proposal): ProposalThen => ({
	departmentId: proposal.departmentId,
	departmentName: proposal.departmentName,
	way: proposal.way,
	ore: proposal.ore,
	year: proposal.year,
	lasting: proposal.lasting,
	frame: proposal.frame,
	whyNot: proposal.whyNot
});

/** Nothing is told where nothing was kept of what it was then. */
export function headChange(before?: HeadThen | null, now?: HeadThen | null): HeadChange {
	if (!before || !now) return { kind: null, proposal: null };
	return {
		kind: before.kind === now.kind ? null : { before: before.kind, after: now.kind },
		proposal: proposalChange(before.proposal, now.proposal)
	};
}

function proposalChange(
	before: ProposalThen | null,
	after: ProposalThen | null
): ProposalChange | null {
	if (!before || !after) return before || after ? { before, after, fields: [], whyNot: [] } : null;
	const fields = proposalFields.filter((field) => valueOf(before, field) !== valueOf(after, field));
	const whyNot = before.whyNot === after.whyNot ? [] : wordDiff(before.whyNot, after.whyNot);
	return fields.length + whyNot.length ? { before, after, fields, whyNot } : null;
}

/** A department is the same by whatever name. */
const valueOf = (proposal: ProposalThen, field: ProposalField) =>
	proposal[field === 'department' ? 'departmentId' : field];
