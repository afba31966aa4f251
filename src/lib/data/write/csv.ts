import type { Cell, Cube } from '../cube.ts';
import { strides } from '../grid.ts';
import { columnsOf, signAt } from './columns.ts';

/**
 * A cube as Danish CSV: UTF-8 with BOM, semicolons, decimal comma. A suppressed cell is empty, a missing
 * one `..`; the source's signs stand in a column beside. What a spreadsheet would run is defused.
 */
export function* csvPieces(cube: Cube): Generator<string> {
	const { shape, cells } = cube;
	const columns = columnsOf(cube);
	const steps = strides(shape.dimensions);
	const heading = [
		...shape.dimensions.map(({ label }) => label),
		...columns.map(({ heading }) => heading)
	];
	yield `\ufeff${heading.map(quoted).join(';')}\r\n`;
	const positions = [...new Set(cells.flatMap((one) => [...one.keys()]))].sort((a, b) => a - b);
	let lines = '';
	for (const position of positions) {
		const labels = shape.dimensions.map(({ categories }, axis) =>
			quoted(categories[Math.floor(position / steps[axis]!) % categories.length]!.label)
		);
		const numbers = columns.map(({ measure, signs }) =>
			signs ? quoted(signAt(cube, measure, position)) : written(cells[measure]!.get(position))
		);
		lines += `${[...labels, ...numbers].join(';')}\r\n`;
		if (lines.length > 50_000) {
			yield lines;
			lines = '';
		}
	}
	if (lines !== '') yield lines;
}

export const written = (cell: Cell | undefined) =>
	!cell || cell.status === 'm'
		? '..'
		: cell.status === 's'
			? ''
			: String(cell.value).replace('.', ',');

export function quoted(text: string): string {
	const safe = /^[=+@\t\r]|^-.*[|!(=]/.test(text) ? `'${text}` : text;
	return /[;"\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
