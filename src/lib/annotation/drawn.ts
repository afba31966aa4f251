import type { CubeShape, Measure } from '#lib/data/cube.ts';

/** A figure as the page draws it: what is needed of it here. */
export type Drawn = Pick<CubeShape, 'dimensions'> & {
	id: string;
	measure: Measure;
	citation: Cited;
	/** Two datasets side by side: either can be pointed at. */
	coupled?: { sides: { measure: Measure; citation: Cited; keys: Record<string, string> }[] };
};
type Cited = { versionId: string; datasetId: string; number: number };

/** What can be pointed at in it: of two datasets side by side, in the one of this edition. */
export const shapeOf = ({ dimensions, measure, coupled }: Drawn, versionId?: string): CubeShape => {
	const side = coupled?.sides.find(({ citation }) => citation.versionId === versionId);
	if (!side) return { dimensions, measures: [measure] };
	const own = dimensions.map((one) => ({ ...one, key: side.keys[one.key] ?? one.key }));
	return { dimensions: own, measures: [side.measure] };
};
