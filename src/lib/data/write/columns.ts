import type { Cube } from '../cube.ts';
import { isWords } from '../marks.ts';

/** What a table of a cube has beside its dimensions: a column for each measure, and one for its signs, where the source set any. */
export type WrittenColumn = { heading: string; measure: number; signs: boolean };

/** Begins the heading of a column of signs; read again, it is no dimension (`roles.ts`). */
export const SIGNS_HEADING = 'Tegn: ';

export function columnsOf({ shape, marks }: Cube): WrittenColumn[] {
	return shape.measures.flatMap(({ label, unit }, measure) => [
		{ heading: unit ? `${label} (${unit})` : label, measure, signs: false },
		...(marks?.[measure] ? [{ heading: SIGNS_HEADING + label, measure, signs: true }] : [])
	]);
}

/** The source's sign on a cell; '' where there is none, and where the cell is suppressed. */
export function signAt({ cells, marks }: Cube, measure: number, position: number): string {
	const sign = marks?.[measure]?.get(position);
	return sign === undefined || isWords(sign) || cells[measure]!.statusAt(position) === 's'
		? ''
		: sign;
}
