import type { Cells } from './cells.ts';
import { isWords, type Marks } from './marks.ts';

/**
 * Cells as they are stored (migration 0019): blocks of up to 1,024 positions, a letter for each and the
 * numbers of those that have one. A suppressed cell's number has no place to stand.
 */
export type Block = {
	/** Position of the first letter. */
	first: number;
	/** v, m or s for each position from `first` on; '.' where there is no cell. */
	statuses: string;
	/** Of the 'v's, in order, as Postgres writes an array: '{1,2.5}'. */
	numbers: string;
	/** What the source says of its cells: place from `first` on, how many, mark. Null: nothing. */
	marks?: Run[] | null;
};
type Run = [place: number, count: number, mark: string];

/** Blocks do not reach over a multiple of this. */
export const BLOCK = 1024;
/** Where more positions than this are empty, a new block begins. */
const GAP = 64;

/** A suppressed cell's mark is not stored, nor are words that stood instead of a number. */
export function* blocksOf(cells: Cells, marks?: Marks): Generator<Block> {
	let [first, next] = [-1, 0];
	let statuses = '';
	let numbers: number[] = [];
	let runs: Run[] = [];
	const closed = (): Block => ({
		first,
		statuses,
		numbers: `{${numbers.join(',')}}`,
		...(runs.length > 0 ? { marks: runs } : {})
	});
	for (const position of cells.keys()) {
		const gap = position - next;
		if (first === -1 || gap > GAP || position - (position % BLOCK) > first) {
			if (first !== -1) yield closed();
			first = position;
			statuses = '';
			numbers = [];
			runs = [];
		} else if (gap > 0) statuses += '.'.repeat(gap);
		const status = cells.statusAt(position)!;
		statuses += status;
		if (status === 'v') numbers.push(cells.valueAt(position)!);
		const mark = marks && status !== 's' ? marks.get(position) : undefined;
		if (mark !== undefined && !isWords(mark)) {
			const run = runs.at(-1);
			const place = position - first;
			if (run && run[2] === mark && run[0] + run[1] === place) run[1]++;
			else runs.push([place, 1, mark]);
		}
		next = position + 1;
	}
	if (first !== -1) yield closed();
}

/** Puts a block's cells, and its marks, among the others. */
export function fillFrom(cells: Cells, block: Block, marks?: Marks): void {
	const { first, statuses, numbers } = block;
	for (const [place, count, mark] of (marks && block.marks) ?? [])
		for (let at = 0; at < count; at++) marks!.set(first + place + at, mark);
	const values = numbers.slice(1, -1).split(',');
	let at = 0;
	for (let place = 0; place < statuses.length; place++) {
		const letter = statuses[place];
		if (letter === 'v') cells.setValue(first + place, Number(values[at++]));
		else if (letter !== '.') cells.setStatus(first + place, letter as 'm' | 's');
	}
}
