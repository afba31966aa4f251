import type { Db } from '../base/sql.server.ts';
import {
	derivedId,
	derivedKey,
	formulaFrom,
	unfit,
	type Formula,
	type FormulaRow
} from './derive.ts';
import type { CubeShape, Measure } from './cube.ts';
import { shape } from './versions.server.ts';
import { formulaUnit } from './words.ts';

/** A version's measures as they can be read: those stored, and those worked out from them (D11). */

export type DerivedMeasure = Measure & { formula: Formula; reason: string; ended: boolean };

type Row = FormulaRow & {
	id: string;
	label: string;
	decimals: number;
	reason: string;
	ended: boolean;
};

/** The derived measures this version can carry, also those since ended: what cites one goes on showing it. */
export async function derivedOf(db: Db, versionId: string): Promise<DerivedMeasure[]> {
	const { measures, dimensions } = await shape(db, versionId);
	const periods = dimensions.find(({ role }) => role === 'time')?.categories ?? [];
	const rows = await db<Row[]>`
		select d.id, d.label, d.kind, d.numerator, d.denominator, d.per, d.base_period "basePeriod", d.decimals, d.reason,
			exists (select from derived_measure_ends e where e.derived_id = d.id) ended
		from derived_measures d join versions v on v.dataset_id = d.dataset_id
		where v.id = ${versionId} order by d.at`;
	return rows.flatMap(({ id, label, decimals, reason, ended, ...row }) => {
		const formula = formulaFrom(row);
		if (unfit(formula, measures, periods)) return [];
		return {
			key: derivedKey(id),
			label,
			unit: formulaUnit(formula),
			decimals,
			// Nobody is counted in a quotient: what it rests on is hidden where it must be.
			countsPeople: false,
			additive: false,
			formula,
			reason,
			ended
		};
	});
}

/** The version's shape with its derived measures after the stored ones. */
export async function readable(db: Db, versionId: string): Promise<CubeShape> {
	const [stored, derived] = [await shape(db, versionId), await derivedOf(db, versionId)];
	return derived.length === 0 ? stored : { ...stored, measures: [...stored.measures, ...derived] };
}

/** The same without those that have ended, but those named: what one may choose from. */
export async function offered(db: Db, versionId: string, but?: string): Promise<CubeShape> {
	const of = await readable(db, versionId);
	const ended = (one: Measure) => 'ended' in one && one.ended === true && one.key !== but;
	return { ...of, measures: of.measures.filter((one) => !ended(one)) };
}

/** A shape that has this measure, if the version can carry it. Asks nothing more of the database for a stored one. */
export const shapeFor = (db: Db, versionId: string, measure: string): Promise<CubeShape> =>
	derivedId(measure) === null ? shape(db, versionId) : readable(db, versionId);

/** How a derived measure is worked out in this version; null for one it has not. */
export async function formulaOf(
	db: Db,
	versionId: string,
	measure: string
): Promise<Formula | null> {
	if (derivedId(measure) === null) return null;
	return (await derivedOf(db, versionId)).find(({ key }) => key === measure)?.formula ?? null;
}
