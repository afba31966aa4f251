/**
 * How evidence of two kinds is told (C2): what a practitioner has met, and how it went elsewhere. The fields are
 * offered and none is demanded; what is not filled in is not kept.
 */
import type { EvidenceKind } from './evidence.ts';

export const TOLD = {
	practice: ['role', 'situation', 'happened'],
	comparable_case: ['who', 'when', 'alike', 'result']
} as const satisfies Partial<Record<EvidenceKind, readonly string[]>>;

export type ToldField = (typeof TOLD)[keyof typeof TOLD][number];
export type Told = Partial<Record<ToldField, string>>;

export const toldFields = [...TOLD.practice, ...TOLD.comparable_case] as readonly ToldField[];

/** The fields one is asked for when it is of this kind; none for the others. */
export const fieldsOf = (kind: EvidenceKind): readonly ToldField[] =>
	kind === 'practice' || kind === 'comparable_case' ? TOLD[kind] : [];

/** Only what belongs to the kind and says something, in the kind's own order. */
export function tidy(kind: EvidenceKind, told: Told): Told {
	const kept = fieldsOf(kind).flatMap((field) => {
		const words = told[field]?.trim();
		return words ? [[field, words] as const] : [];
	});
	return Object.fromEntries(kept);
}
