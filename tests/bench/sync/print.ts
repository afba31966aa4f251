import { KINDS, type Kind } from './kinds.ts';
import type { Line, Table } from './measure.ts';

/**
 * A table per row: each measured thing, what everyone did, and in brackets how many times that ours took.
 * The last column says whether ours keeps what the issue asks.
 */
export function print({ title, lines, notes }: Table): void {
	const kinds = KINDS.filter((kind) => lines.some(({ values }) => values[kind] !== undefined));
	const rows = [[title, ...kinds, 'limit', 'holds'], ...lines.map((line) => cells(line, kinds))];
	const widths = rows[0]!.map((_, i) => Math.max(...rows.map((row) => row[i]!.length)));
	for (const row of rows)
		console.log(
			row.map((text, i) => (i ? text.padStart(widths[i]!) : text.padEnd(widths[i]!))).join('  ')
		);
	for (const note of notes) console.log(`  ${note}`);
	console.log();
}

function cells(line: Line, kinds: readonly Kind[]): string[] {
	const { what, values, limit, digits = 1 } = line;
	const ours = values.ours;
	const cell = (kind: Kind) => {
		const value = values[kind];
		if (value === undefined || Number.isNaN(value)) return '–';
		const ratio =
			kind !== 'ours' && ours !== undefined && value > 0 ? ` (×${short(ours / value)})` : '';
		return value.toFixed(digits) + ratio;
	};
	const holds = !limit || ours === undefined ? '' : ours <= limit.most ? 'yes' : 'NO';
	return [what, ...kinds.map(cell), limit?.said ?? '', holds];
}

const short = (ratio: number) => (ratio < 10 ? ratio.toFixed(2) : ratio.toFixed(0));

/** Whether every limit of the table is kept. */
export function kept({ lines }: Table): boolean {
	return lines.every(
		({ limit, values }) => !limit || values.ours === undefined || values.ours <= limit.most
	);
}
