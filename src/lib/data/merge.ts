import { Cells } from './cells.ts';
import type { Cell, Cube } from './cube.ts';
import { gridSize, strides } from './grid.ts';
import { meaningsOf, movedMarks } from './merged-marks.ts';

/**
 * Several categories become one, so that small areas get above the small-number limit (D5). What can
 * be added is added; means and shares cannot, and are missing afterwards. Categories the file does not
 * have are passed over; fewer than two of them leaves the cube as it was. What the source said of single cells
 * goes along (merged-marks.ts).
 */
export function mergeCategories(
	cube: Cube,
	key: string,
	merge: { into: string; from: string[] }
): Cube {
	const axis = cube.shape.dimensions.findIndex((dimension) => dimension.key === key);
	const dimension = cube.shape.dimensions[axis];
	const from = new Set(merge.from);
	const found = dimension?.categories.filter(({ code }) => from.has(code)) ?? [];
	if (!dimension || found.length < 2) return cube;

	const kept = dimension.categories.filter(({ code }) => !from.has(code));
	const categories = [
		...kept.filter(({ code }) => code !== merge.into),
		{ code: merge.into, label: merge.into }
	];
	const place = dimension.categories.map(({ code }) =>
		from.has(code) || code === merge.into
			? categories.length - 1
			: categories.findIndex((category) => category.code === code)
	);
	const dimensions = cube.shape.dimensions.map((each, index) =>
		index === axis ? { ...each, categories } : each
	);
	const oldSteps = strides(cube.shape.dimensions);
	const newSteps = strides(dimensions);
	const move = (position: number) => {
		let moved = 0;
		for (const [index, each] of cube.shape.dimensions.entries()) {
			const at = Math.floor(position / oldSteps[index]!) % each.categories.length;
			moved += (index === axis ? place[at]! : at) * newSteps[index]!;
		}
		return moved;
	};
	const merged = (position: number) =>
		Math.floor(position / newSteps[axis]!) % categories.length === categories.length - 1;
	const additive = (index: number) => cube.shape.measures[index]!.additive;
	const cells = cube.cells.map((before, index) => {
		const result = new Cells(gridSize(dimensions));
		for (const [position, cell] of before) {
			const to = move(position);
			if (to >= gridSize(dimensions)) continue;
			const there = result.get(to);
			const alone = there ? add(there, cell) : cell;
			result.set(to, merged(to) && !additive(index) ? { value: null, status: 'm' } : alone);
		}
		return result;
	});
	const shape = { ...cube.shape, dimensions };
	if (!cube.marks) return { shape, cells };
	const marks = cube.marks.map((of, index) => {
		const lost = (position: number) => merged(position) && !additive(index);
		return of && movedMarks(cube.cells[index]!, of, cells[index]!, move, lost);
	});
	const said = cube.shape.marks ? { marks: meaningsOf(cube.shape.marks, marks) } : {};
	return { shape: { ...shape, ...said }, cells, ...(marks.some(Boolean) ? { marks } : {}) };
}

function add(a: Cell, b: Cell): Cell {
	if (a.status === 'v' && b.status === 'v') return { value: a.value! + b.value!, status: 'v' };
	return { value: null, status: a.status === 's' || b.status === 's' ? 's' : 'm' };
}
