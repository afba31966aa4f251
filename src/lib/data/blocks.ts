import type { Cells } from './cells.ts';

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
};

/** Blocks do not reach over a multiple of this. */
export const BLOCK = 1024;
/** Where more positions than this are empty, a new block begins. */
const GAP = 64;

export function* blocksOf(cells: Cells): Generator<Block> {
	let [first, next] = [-1, 0];
	let statuses = '';
	let numbers: number[] = [];
	const closed = (): Block => ({ first, statuses, numbers: `{${numbers.join(',')}}` });
	for (const position of cells.keys()) {
		const gap = position - next;
		if (first === -1 || gap > GAP || position - (position % BLOCK) > first) {
			if (first !== -1) yield closed();
			first = position;
			statuses = '';
			numbers = [];
		} else if (gap > 0) statuses += '.'.repeat(gap);
		const status = cells.statusAt(position)!;
		statuses += status;
		if (status === 'v') numbers.push(cells.valueAt(position)!);
		next = position + 1;
	}
	if (first !== -1) yield closed();
}

/** Puts a block's cells among the others. */
export function fillFrom(cells: Cells, { first, statuses, numbers }: Block): void {
	const values = numbers.slice(1, -1).split(',');
	let at = 0;
	for (let place = 0; place < statuses.length; place++) {
		const letter = statuses[place];
		if (letter === 'v') cells.setValue(first + place, Number(values[at++]));
		else if (letter !== '.') cells.setStatus(first + place, letter as 'm' | 's');
	}
}
