import type { Db } from '#lib/base/sql.server.ts';
import { slice } from '#lib/data/cells.server.ts';
import type { Citation } from '#lib/data/citation.ts';
import { derivedId } from '#lib/data/derive.ts';
import { mismatched } from '#lib/data/indicator.ts';
import { rows } from '#lib/data/indicators.server.ts';
import { shape } from '#lib/data/versions.server.ts';
import type { FigureData } from './figure.ts';

/**
 * What is said of a figure's indicator now (D8): which way is good, what its colours mean, the count beside a mean,
 * and whether it is taken over others than those it is about. Nothing said, nothing shown.
 */
export async function meantBy(
	db: Db,
	{ datasetId, versionId }: Citation,
	{ measure, spec }: Pick<FigureData, 'measure' | 'spec'>
): Promise<Pick<FigureData, 'indicator'>> {
	if (derivedId(measure.key) !== null) return {};
	const [said] = await rows(db, datasetId, measure.key);
	if (!said) return {};
	const { direction, meaning, greenAt, redAt, population, denominator } = said;
	const counts = said.thresholdMeasure
		? (await shape(db, versionId)).measures.find(({ key }) => key === said.thresholdMeasure)
		: undefined;
	if (!direction && !counts && !mismatched(said)) return {};
	return {
		indicator: {
			direction,
			meaning,
			greenAt,
			redAt,
			threshold: counts
				? {
						label: counts.label,
						decimals: counts.decimals,
						cells: await slice(db, versionId, counts.key, spec.where)
					}
				: null,
			mismatch: mismatched(said)
				? {
						population: population!,
						denominator: denominator!,
						reason: said.denominatorReason
					}
				: null
		}
	};
}
