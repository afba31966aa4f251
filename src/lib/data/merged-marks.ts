import type { Cells } from './cells.ts';
import type { CubeShape } from './cube.ts';
import { isWords, Marks } from './marks.ts';

/**
 * What the source said of the cells that became one. A sum of something estimated is estimated: it carries the
 * marks of the parts it is made of, each once ('e p'). Where no sum could be made it carries what was said of the
 * parts that have no number; a suppressed one carries none.
 */

/** Between marks that came together. */
const BESIDE = ' ';

/** `move`: where a place of the old grid is in the new; `gone`: nothing was added up there, so nothing is said. */
export function movedMarks(
	before: Cells,
	marks: Marks,
	after: Cells,
	move: (position: number) => number,
	gone: (position: number) => boolean
): Marks | undefined {
	const found = new Map<number, Set<string>>();
	for (const [position, mark] of marks) {
		const to = move(position);
		const status = after.statusAt(to);
		if (status === undefined || status === 's' || gone(to)) continue;
		// Of a number what was said of numbers; of none what was said of the parts that have none.
		if (before.statusAt(position) !== status) continue;
		found.set(to, (found.get(to) ?? new Set()).add(mark));
	}
	const result = new Marks(after.room);
	for (const [position, said] of found) result.set(position, together([...said]));
	return result.empty ? undefined : result;
}

/** Whole words beside each other say nothing: of several marks only signs stay. */
function together(marks: string[]): string {
	if (marks.length === 1) return marks[0]!;
	const signs = marks.filter((mark) => !isWords(mark)).sort();
	return signs.join(BESIDE) || marks[0]!;
}

/** What marks that came together mean, for those that the file tells of: 'anslået; foreløbigt'. */
export function meaningsOf(
	told: NonNullable<CubeShape['marks']>,
	marks: (Marks | undefined)[]
): NonNullable<CubeShape['marks']> {
	const both = marks.flatMap((of) => of?.used() ?? []).filter((mark) => !(mark in told));
	const meanings = both.flatMap((mark) => {
		const said = mark.split(BESIDE).map((one) => told[one]);
		return said.length > 1 && said.every(Boolean) ? [[mark, said.join('; ')] as const] : [];
	});
	return { ...told, ...Object.fromEntries(meanings) };
}
