import { Cells } from './cells.ts';
import type { Coordinates, Cube, CubeShape, Dimension } from './cube.ts';

/** From coordinates to positions and back: row-major, the last dimension fastest (JSON-stat 2.0). */

/** How far apart neighbours of each dimension stand. */
export function strides(dimensions: Dimension[]): number[] {
	const result = new Array<number>(dimensions.length).fill(1);
	for (let index = dimensions.length - 2; index >= 0; index--)
		result[index] = result[index + 1]! * dimensions[index + 1]!.categories.length;
	return result;
}

/** How many cells one measure has room for. */
export const gridSize = (dimensions: Dimension[]) =>
	dimensions.reduce((size, dimension) => size * dimension.categories.length, 1);

/** The cell's position, or null when a dimension or category is not in the shape. */
export function positionOf(shape: CubeShape, coordinates: Coordinates): number | null {
	const steps = strides(shape.dimensions);
	let position = 0;
	for (const [index, dimension] of shape.dimensions.entries()) {
		const at = dimension.categories.findIndex(({ code }) => code === coordinates[dimension.key]);
		if (at === -1) return null;
		position += at * steps[index]!;
	}
	return position;
}

export const coordinatesAt = (shape: CubeShape, position: number): Coordinates =>
	coordinatesIn(shape)(position);

/** The same for many positions of one shape. */
export function coordinatesIn({ dimensions }: CubeShape): (position: number) => Coordinates {
	const steps = strides(dimensions);
	return (position) => {
		const result: Coordinates = {};
		let rest = position;
		for (const [axis, { key, categories }] of dimensions.entries()) {
			const place = Math.floor(rest / steps[axis]!);
			rest -= place * steps[axis]!;
			result[key] = categories[place]!.code;
		}
		return result;
	};
}

export const measureIndex = (shape: CubeShape, key: string) =>
	shape.measures.findIndex((measure) => measure.key === key);

export function labelOf(dimension: Dimension, code: string): string {
	return dimension.categories.find((category) => category.code === code)?.label ?? code;
}

/** A cube with the same shape and no cells. */
export const emptyLike = (shape: CubeShape): Cube => ({
	shape,
	cells: shape.measures.map(() => new Cells(gridSize(shape.dimensions)))
});

/** Positions of the cells that lie in these categories; a dimension not named is taken whole. */
export function positionsIn(shape: CubeShape, where: Record<string, string[]>): number[] {
	const steps = strides(shape.dimensions);
	let positions = [0];
	for (const [index, dimension] of shape.dimensions.entries()) {
		const wanted = where[dimension.key];
		const offsets: number[] = [];
		for (const [at, category] of dimension.categories.entries())
			if (!wanted || wanted.includes(category.code)) offsets.push(at * steps[index]!);
		positions = positions.flatMap((position) => offsets.map((offset) => position + offset));
	}
	return positions;
}
