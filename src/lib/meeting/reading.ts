/** How prepared a forum is, told without telling of anyone (C10, G7). Pure. */

/** Below so many, a count would say what single people have done. */
export const FLOOR = 3;

export type Prepared = { few: number } | { count: number; of: number } | { most: number };

/**
 * What the chair is told of one case: how many of the others it was sent to have opened it. Fewer than three
 * who have, or who have not, are never counted: 'few' and 'most' hold for any of them. Null where the others
 * are too few to be told apart from each other.
 */
export function prepared(opened: number, of: number): Prepared | null {
	if (of <= FLOOR) return null;
	if (opened < FLOOR) return { few: FLOOR };
	return of - opened < FLOOR ? { most: of } : { count: opened, of };
}
