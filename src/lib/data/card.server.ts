import type { BreakLine } from './breaks.server.ts';
import type { Db } from '../base/sql.server.ts';
import { notFound } from '../base/errors.ts';
import type { Person } from '../people/person.ts';
import * as datasets from './datasets.server.ts';
import { rows, type IndicatorRow } from './indicators.server.ts';

/** The full card of a number (D3): everything that is known of where it comes from, in the version it stands in. */
export type Card = {
	dataset: datasets.DatasetPage;
	version: datasets.VersionLine & { hash: string };
	/** The measure's own, when the number is one measure's. */
	indicator: IndicatorRow | null;
	breaks: BreakLine[];
	newest: { number: number; asOf: string } | null;
};

export async function card(
	db: Db,
	person: Person,
	datasetId: string,
	number: number,
	measure: string | null
): Promise<Card> {
	const dataset = await datasets.page(db, person, datasetId);
	const line = dataset.versions.find((version) => version.number === number) ?? notFound();
	const [row] = await db<{ hash: string }[]>`
		select file_hash hash from versions where id = ${line.id}`;
	const indicator = measure === null ? null : ((await rows(db, datasetId, measure))[0] ?? null);
	const last = dataset.versions[0]!;
	return {
		dataset,
		version: { ...line, hash: row!.hash },
		indicator,
		breaks: dataset.breaks.filter((one) => !one.ended && (!measure || one.measure === measure)),
		newest: last.number > number ? { number: last.number, asOf: last.asOf } : null
	};
}
