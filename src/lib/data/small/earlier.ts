import type { Cube, CubeShape } from '../cube.ts';
import { strides } from '../grid.ts';
import { totalsOf } from '../totals.ts';
import { HIDDEN, KNOWN, MISSING, OPEN, type Places, PRIMARY, WANTED } from './places.ts';

/**
 * What was published before about the same cells, by an earlier edition or another dataset of the same
 * owner. What is hidden there stays hidden here, or this edition would tell what that one keeps; and what
 * is shown there with the number it has now hides nothing here, because some kept it.
 */
export function recall(
	places: Places,
	shape: CubeShape,
	counting: number[],
	earlier: Cube[]
): void {
	const grid = places.steps.at(-1)!;
	for (const before of earlier) {
		const translate = translator(before.shape, shape);
		if (!translate) continue;
		for (const [index, measure] of before.shape.measures.entries()) {
			const at = counting.findIndex((now) => shape.measures[now]!.key === measure.key);
			if (at === -1 || !measure.countsPeople) continue;
			const cells = before.cells[index]!;
			for (const position of cells.keys()) {
				const there = translate(position);
				const cell = there === null ? -1 : places.at(at * grid + there);
				if (cell === -1 || places.states[cell] === MISSING) continue;
				const status = cells.statusAt(position);
				if (status === 's' && !(places.states[cell] === OPEN && places.values[cell] === 0)) {
					places.states[cell] = HIDDEN;
					places.marks[cell]! |= PRIMARY | WANTED;
				} else if (status === 'v' && cells.valueAt(position) === places.values[cell])
					places.marks[cell]! |= KNOWN;
			}
		}
	}
	for (let cell = 0; cell < places.count; cell++)
		if (places.states[cell] === HIDDEN && places.marks[cell]! & PRIMARY)
			places.marks[cell]! |= WANTED;
}

/**
 * Positions of one shape in another. A dimension that only one of them has stands for its total there;
 * null when it has none, or when they share nothing.
 */
export function translator(
	from: CubeShape,
	to: CubeShape
): ((position: number) => number | null) | null {
	const fromSteps = strides(from.dimensions);
	const toSteps = strides(to.dimensions);
	let fixed = 0;
	let shared = 0;
	for (const [axis, dimension] of to.dimensions.entries()) {
		if (from.dimensions.some(({ key }) => key === dimension.key)) continue;
		const place = onlyTotal(dimension);
		if (place === null) return null;
		fixed += place * toSteps[axis]!;
	}
	const axes: { step: number; length: number; to: (number | null)[] }[] = [];
	for (const [axis, dimension] of from.dimensions.entries()) {
		const [step, length] = [fromSteps[axis]!, dimension.categories.length];
		const at = to.dimensions.findIndex(({ key }) => key === dimension.key);
		if (at === -1) {
			const place = onlyTotal(dimension);
			if (place === null) return null;
			axes.push({
				step,
				length,
				to: dimension.categories.map((_, own) => (own === place ? 0 : null))
			});
			continue;
		}
		const places = new Map(to.dimensions[at]!.categories.map(({ code }, place) => [code, place]));
		const moved = dimension.categories.map(({ code }) => {
			const place = places.get(code);
			return place === undefined ? null : place * toSteps[at]!;
		});
		if (moved.every((place) => place === null)) return null;
		shared++;
		axes.push({ step, length, to: moved });
	}
	if (shared === 0) return null;
	return (position) => {
		let result = fixed;
		for (const { step, length, to: moved } of axes) {
			const part = moved[Math.floor(position / step) % length]!;
			if (part === null) return null;
			result += part;
		}
		return result;
	};
}

/** The one category that is all of a dimension; null when there is none or more than one. */
function onlyTotal(dimension: CubeShape['dimensions'][number]): number | null {
	if (dimension.categories.length === 1) return 0;
	const totals = totalsOf(dimension);
	return totals.length === 1
		? dimension.categories.findIndex(({ code }) => code === totals[0])
		: null;
}
