import type { Citation } from '#lib/data/citation.ts';
import type { Cell, Coordinates, CubeShape, Dimension } from '#lib/data/cube.ts';
import type { FigureData } from './figure.ts';

/** One place of one measure as two versions have it: a figure with a line, or bars, for each. Pure. */

/** Not a dimension of any cube: a key no file's heading becomes. */
export const EDITION = '~edition';

type Edition = { number: number; label: string; cells: (Cell & { coordinates: Coordinates })[] };
type Asked = {
	shape: CubeShape;
	measure: string;
	/** The place compared; what runs along the axis is taken whole. */
	coordinates: Coordinates;
	editions: Edition[];
	citation: Citation;
	words: { title: string; why: string; edition: string };
	breaks: FigureData['breaks'];
};

/** What runs along the axis: time, or the largest dimension where there is none. */
export function along({ dimensions }: CubeShape): Dimension | undefined {
	const largest = dimensions.toSorted((a, b) => b.categories.length - a.categories.length)[0];
	return dimensions.find(({ role }) => role === 'time') ?? largest;
}

export function editionsFigure(asked: Asked): FigureData | null {
	const { shape, coordinates, editions, words } = asked;
	const measure = shape.measures.find(({ key }) => key === asked.measure);
	const x = along(shape);
	if (!measure || !x) return null;
	const dimensions = shape.dimensions.map((dimension) =>
		dimension === x
			? dimension
			: {
					...dimension,
					categories: dimension.categories.filter(({ code }) => code === coordinates[dimension.key])
				}
	);
	const edition: Dimension = {
		key: EDITION,
		label: words.edition,
		role: 'category',
		categories: editions.map(({ number, label }) => ({ code: String(number), label }))
	};
	return {
		id: 'editions',
		title: words.title,
		why: words.why,
		spec: {
			kind: x.role === 'time' && x.categories.length > 2 ? 'line' : 'bar',
			measure: measure.key,
			where: {},
			x: x.key,
			series: EDITION
		},
		dimensions: [...dimensions, edition],
		measure,
		cells: editions.flatMap(({ number, cells }) =>
			cells.map(({ value, status, coordinates: at }) => ({
				// The older version may call the place something else; it is the same place.
				coordinates: { ...coordinates, [x.key]: at[x.key]!, [EDITION]: String(number) },
				value,
				status
			}))
		),
		citation: asked.citation,
		breaks: asked.breaks
	};
}
