/**
 * What people say of an option in a word each (C6): Moore's triangle for every option, and for the way that is chosen
 * what must change in tasks, technology, people, structure and surroundings (Leavitt). Never asked for.
 */
export const corners = ['value', 'support', 'capacity'] as const;
export const changes = ['tasks', 'technology', 'people', 'structure', 'surroundings'] as const;
export type Corner = (typeof corners)[number];
export type Change = (typeof changes)[number];
export type ViewPart = Corner | Change;
export const viewParts = [...corners, ...changes] as const;

export const viewLevels = ['low', 'medium', 'high'] as const;
export type ViewLevel = (typeof viewLevels)[number];

export type View = {
	optionId: string;
	part: ViewPart;
	level: ViewLevel;
	words: string;
	personId: string;
	name: string;
	at: Date;
};

export type Spread = Record<ViewLevel, number>;

/** How many said each level of one part: the spread, never a mean alone. */
export function spread(views: Pick<View, 'part' | 'level'>[], part: ViewPart): Spread {
	const found: Spread = { low: 0, medium: 0, high: 0 };
	for (const view of views) if (view.part === part) found[view.level] += 1;
	return found;
}

export const isSaid = ({ low, medium, high }: Spread): boolean => low + medium + high > 0;

/** Where the shape is drawn: the middle one, the lower of two; null where nobody has said. */
export function middle({ low, medium, high }: Spread): ViewLevel | null {
	const count = low + medium + high;
	if (count === 0) return null;
	const place = Math.floor((count - 1) / 2);
	return place < low ? 'low' : place < low + medium ? 'medium' : 'high';
}

export const isCorner = (part: ViewPart): part is Corner =>
	(corners as readonly string[]).includes(part);
