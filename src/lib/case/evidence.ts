import type { Told } from './told.ts';

/** What counts as evidence and what it says about a case (C2, C3). */
export const kinds = [
	'figure',
	'document',
	'research',
	'practice',
	'stakeholder',
	'comparable_case'
] as const;
export type EvidenceKind = (typeof kinds)[number];

/** The four sources of evidence-based management: none of them is enough alone. */
export const sources = ['organisation', 'research', 'experience', 'stakeholders'] as const;
export type Source = (typeof sources)[number];

export const stances = ['supports', 'contradicts', 'neutral'] as const;
export type Stance = (typeof stances)[number];

export type Evidence = {
	id: string;
	kind: EvidenceKind;
	title: string;
	note: string;
	link: string | null;
	figureId: string | null;
	annotationId: string | null;
	stance: Stance;
	addedBy: string;
	addedByName: string;
	addedAt: Date;
	parkedAt: Date | null;
	parkedByName: string | null;
	parkedReason: string;
	/** Who sends it, and what they want with it. */
	sender: string;
	/** Among what matters most. */
	shortlisted: boolean;
	/** In the way of its kind: an experience, a comparable case. */
	told: Told;
	/** A file put forward; its bytes are asked for apart. */
	file: EvidenceFile | null;
};

export type EvidenceFile = { name: string; type: string; size: number; sha256: string };

const sourceOfKind: Record<EvidenceKind, Source> = {
	figure: 'organisation',
	document: 'organisation',
	research: 'research',
	practice: 'experience',
	// How it went elsewhere is somebody else's practice.
	comparable_case: 'experience',
	stakeholder: 'stakeholders'
};

export const sourceOf = (kind: EvidenceKind): Source => sourceOfKind[kind];

export type MeterReading = { source: Source; count: number; contradicting: number };

/** How much there is from each of the four sources. What is parked does not count. */
export function meter(evidence: Pick<Evidence, 'kind' | 'stance' | 'parkedAt'>[]): MeterReading[] {
	return sources.map((source) => {
		const here = evidence.filter((item) => !item.parkedAt && sourceOf(item.kind) === source);
		return {
			source,
			count: here.length,
			contradicting: here.filter((item) => item.stance === 'contradicts').length
		};
	});
}

export type DataFirst =
	| { order: 'no_data' }
	| { order: 'data_only'; data: Date }
	| { order: 'data_first' | 'options_first'; data: Date; options: Date };

/**
 * Did data come before the options (C3)? The first figure is held against the first option somebody
 * thought of; the status quo is always there and says nothing. Parked figures and withdrawn options
 * count: parking or withdrawing afterwards does not change what came first. Same moment: data first.
 */
export function dataFirst(
	evidence: Pick<Evidence, 'kind' | 'addedAt'>[],
	options: { statusQuo: boolean; createdAt: Date }[]
): DataFirst {
	const data = earliest(evidence.filter((item) => item.kind === 'figure').map((e) => e.addedAt));
	const option = earliest(options.filter((item) => !item.statusQuo).map((o) => o.createdAt));
	if (!data) return { order: 'no_data' };
	if (!option) return { order: 'data_only', data };
	return { order: data <= option ? 'data_first' : 'options_first', data, options: option };
}

/** Evidence grouped by source in the fixed order, each in the order it was added. */
export function bySource<E extends Pick<Evidence, 'kind' | 'addedAt'>>(
	evidence: E[]
): { source: Source; items: E[] }[] {
	const inOrder = evidence.toSorted((a, b) => a.addedAt.getTime() - b.addedAt.getTime());
	return sources.map((source) => ({
		source,
		items: inOrder.filter((item) => sourceOf(item.kind) === source)
	}));
}

const earliest = (dates: Date[]) =>
	dates.reduce<Date | null>((first, date) => (!first || date < first ? date : first), null);

/** Actions whose forms say by themselves what was refused. */
export const EVIDENCE_ACTIONS: readonly string[] = [
	'addEvidence',
	'addFigure',
	'describe',
	'relate',
	'appraise'
];
