import type { Db } from '#lib/base/sql.server.ts';
import { breaksOf } from '#lib/data/breaks.server.ts';
import { places, signedAt } from '#lib/data/couple.ts';
import { newestAgreed, read, type Read } from '#lib/data/coupled.server.ts';
import type { Dimension } from '#lib/data/cube.ts';
import { positionOf } from '#lib/data/grid.ts';
import { restsOn } from '#lib/data/derive.ts';
import { signsOf } from '#lib/data/signs.ts';
import { m } from '#paraglide/messages.js';
import { coupledSpec, SIDE, sideDimension, type CoupledWish, type Side } from './coupled.ts';
import type { FigureCell, FigureData, FigureSpec } from './figure.ts';

/** A coupling as a figure: its joined cells as they may be shown now. */

type Words = { id: string; title: string; why: string };

/** The caller has judged the reader of what it stands in. */
export async function coupledFigure(
	db: Db,
	couplingId: string,
	spec: FigureSpec | CoupledWish,
	words: Words
): Promise<FigureData> {
	return await figureOf(db, await read(db, couplingId), spec, words);
}

export async function figureOf(
	db: Db,
	coupling: Read,
	wish: FigureSpec | CoupledWish,
	words: Words
): Promise<FigureData> {
	const { parts, shared, result } = coupling;
	const sides = parts.map((part, side): Side => {
		const { citation, heldIn, held, measure: key, label } = part;
		const measure = result?.cube.shape.measures[side] ?? {
			key,
			label,
			unit: '',
			decimals: 0,
			countsPeople: false,
			additive: false
		};
		return {
			measure: { ...measure, key },
			citation,
			keys: Object.fromEntries(shared.map((one) => [one.dimension.key, one.keys[side]!])),
			held,
			heldIn
		};
	});
	const both: [Side, Side] = [sides[0]!, sides[1]!];
	const spec =
		'series' in wish ? wish : coupledSpec(dimensionsOf(coupling), parts[0]!.measure, wish);
	const dimensions = dimensionsOf(coupling).map((dimension) => ({
		...dimension,
		categories: dimension.categories.filter(
			({ code }) => spec.where[dimension.key]?.includes(code) ?? true
		)
	}));
	const cells = cellsOf(coupling, dimensions);
	return {
		...words,
		spec,
		dimensions: [...dimensions, sideDimension(both, m.data_coupling_side())],
		measure: both[0].measure,
		cells,
		...signsOf({ marks: result?.cube.shape.marks, dimensions: [], measures: [] }, cells),
		citation: both[0].citation,
		breaks: await breaksIn(db, both),
		coupled: {
			id: coupling.id,
			sides: both,
			agreed: result !== null,
			limit: result?.limit ?? null,
			hidden: result?.suppressed ?? 0,
			newer: await newestAgreed(db, coupling.id)
		}
	};
}

/** What the two share, with the categories both have. */
export const dimensionsOf = ({ shared }: Pick<Read, 'shared'>): Dimension[] =>
	shared.map(({ dimension }) => dimension);

function cellsOf({ result }: Read, dimensions: Dimension[]): FigureCell[] {
	if (!result) return [];
	const { shape, cells } = result.cube;
	return [...places(dimensions)].flatMap((coordinates) => {
		const position = positionOf(shape, coordinates);
		return cells.map((_, side): FigureCell => {
			const cell =
				(position === null ? undefined : signedAt(result.cube, side, position)) ?? MISSING;
			return { coordinates: { ...coordinates, [SIDE]: String(side) }, ...cell };
		});
	});
}

const MISSING = { value: null, status: 'm' } as const;

/** A break in either is a break in holding them against each other; whose it is, is said. */
async function breaksIn(db: Db, sides: [Side, Side]): Promise<FigureData['breaks']> {
	const found = await breaksOf(
		db,
		sides.map(({ citation }) => citation.datasetId)
	);
	return sides.flatMap(({ citation, measure }) =>
		found
			.filter(
				(one) => one.datasetId === citation.datasetId && restsOn(measure).includes(one.measure)
			)
			.map(({ period, reason }) => ({ period, reason: `${measure.label}: ${reason}` }))
	);
}
