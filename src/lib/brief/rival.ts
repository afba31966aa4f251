import type { Role } from '../forum/access.ts';

/** The same figure read in two ways, and the same thing measured in two ways (B7). Neither is made to win. */

export type Interpretation = {
	figureId: string;
	personId: string;
	name: string;
	/** As they were that day. */
	role: Role;
	departmentName: string;
	words: string;
	at: Date;
	/** How often it was said anew. */
	edits: number;
};

export type Side = { figureId: string; groups: string; assumptions: string; letIn: string };
export type RivalMeasures = { id: string; measured: string; name: string; sides: [Side, Side] };

/** What a reader would ask of a measure, and that has not been said. */
export type SideMissing = 'groups' | 'assumptions' | 'letIn';
export const missingOfSide = (side: Side): SideMissing[] =>
	(['groups', 'assumptions', 'letIn'] as const).filter((part) => !side[part].trim());
