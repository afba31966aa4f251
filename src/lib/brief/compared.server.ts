import { m } from '#paraglide/messages.js';
import type { Db } from '../base/sql.server.ts';
import type { FigureData, FigureSpec } from '../chart/figure.ts';
import type { Revision } from '../data/compare.ts';
import type { Comparison } from '../data/comparison.server.ts';
import type { CubeShape } from '../data/cube.ts';
import { compared } from './drawn.server.ts';
import { proposal, specProblem } from './figure.ts';

/**
 * Two editions drawn together: the later one as it would be drawn by itself, and on it what the earlier said of the
 * same cells where it said otherwise. Held where the revised cell looked at lies. The caller has judged the reader.
 */
export async function comparedOverall(
	db: Db,
	{ from, to, shape }: Comparison,
	{ measure, coordinates }: Revision
): Promise<FigureData | null> {
	const spec = around(proposal(shape, measure), shape, coordinates);
	if (specProblem(spec, shape)) return null;
	const label = shape.measures.find(({ key }) => key === measure)?.label ?? measure;
	const why = m.data_compare_why({ from: from.number, to: to.number });
	const figure = await compared(db, { before: from, after: to }, spec, { title: label, why });
	return { ...figure, id: 'compared' };
}

/** The same figure where the cell is: what is held is held there, and of too many lines its own is among them. */
function around(
	spec: FigureSpec,
	{ dimensions }: CubeShape,
	coordinates: Revision['coordinates']
): FigureSpec {
	const where = { ...spec.where };
	for (const { key } of dimensions) {
		const code = coordinates[key];
		if (code === undefined) continue;
		if (key !== spec.x && key !== spec.series) where[key] = [code];
		else if (where[key] && !where[key].includes(code)) where[key] = [...where[key], code];
	}
	return { ...spec, where };
}
