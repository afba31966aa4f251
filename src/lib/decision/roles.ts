/** What a piece of evidence did for a decision (F1). What was not used is listed, never dropped. */

export const ROLES = ['made', 'informed', 'supports', 'unused'] as const;
export type EvidenceRole = (typeof ROLES)[number];

export const DECIDERS = ['director', 'forum', 'council', 'external'] as const;
export type Decider = (typeof DECIDERS)[number];

export type Standing = 'decided' | 'recommended';

/** What the council or an external body settles is recommended here, and awaits them. */
export function standingOf(decider: Decider): Standing {
	return decider === 'council' || decider === 'external' ? 'recommended' : 'decided';
}

/** Evidence that came after the decision cannot have made or informed it. */
export function rolesFor(addedAt: Date, decidedAt: Date | null): EvidenceRole[] {
	return decidedAt && addedAt > decidedAt ? ['supports'] : [...ROLES];
}

/** Every item of the case has a role; one that nobody gave a role was not used. Unknown items are ignored. */
export function assign<E extends { id: string }>(
	evidence: E[],
	given: Record<string, EvidenceRole>
): (E & { role: EvidenceRole })[] {
	return evidence.map((item) => ({ ...item, role: given[item.id] ?? 'unused' }));
}

/** A decision rests on what it used; only those values are watched for revision (F9). */
export function restsOn(role: EvidenceRole): boolean {
	return role !== 'unused';
}
