import type { Db } from '../base/sql.server.ts';
import * as cells from '../data/cells.server.ts';
import type { Measure } from '../data/cube.ts';
import { offered } from '../data/formulas.server.ts';
import * as versions from '../data/versions.server.ts';
import { thawed } from '../decision/figure.ts';
import * as decisions from '../decision/read.server.ts';
import * as objects from '../forum/objects.server.ts';
import type { Person } from '../people/person.ts';
import { type Indicator, indicatorsOf } from './indicator.ts';

/** What a goal made outside a meeting may read. */
export type Offer = { measures: Measure[]; measure: string | null; indicators: Indicator[] };

/** From a dataset's newest version: the series of one measure. */
export async function fromDataset(
	db: Db,
	person: Person,
	datasetId: string,
	wanted: string | null
): Promise<Offer> {
	await objects.judge(db, person, 'read', datasetId);
	const newest = await versions.newest(db, datasetId);
	if (!newest) return { measures: [], measure: null, indicators: [] };
	const { measures, dimensions } = await offered(db, newest.id);
	const measure = measures.find(({ key }) => key === wanted) ?? measures[0]!;
	const source = {
		id: datasetId,
		title: measure.label,
		measure,
		dimensions,
		cells: await cells.slice(db, newest.id, measure.key, {}),
		citation: { versionId: newest.id }
	};
	return { measures, measure: measure.key, indicators: indicatorsOf(source, { pinned: false }) };
}

/** From the figures a decision rests on, as they were pinned. */
export async function fromDecision(
	db: Db,
	person: Person,
	decisionId: string
): Promise<Indicator[]> {
	const { record } = await decisions.recordOf(db, person, decisionId);
	return record.figures.map(thawed).flatMap((figure) => indicatorsOf(figure));
}
