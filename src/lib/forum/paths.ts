import type { ObjectKind } from './access.ts';

const FOLDER: Record<ObjectKind, string> = {
	dataset: 'data',
	brief: 'briefs',
	case: 'cases',
	meeting: 'meetings',
	decision: 'decisions',
	goal: 'goals'
};

/** Where an object is read. */
export const pathOf = (kind: ObjectKind, id: string): string => `/${FOLDER[kind]}/${id}`;
