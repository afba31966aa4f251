import { notFound, refuse } from '../base/errors.ts';
import { record } from '../base/events.server.ts';
import type { Db, Tx } from '../base/sql.server.ts';
import { judge } from '../forum/objects.server.ts';
import type { Person } from '../people/person.ts';
import { breaksOf } from './breaks.server.ts';
import { series } from './cells.server.ts';
import type { CubeShape, Measure } from './cube.ts';
import { labelOf } from './grid.ts';
import { verdictOn, type Foretold, type Verdict } from './hypothesis.ts';
import type { Direction } from './indicator.ts';
import { byPeriod, isPeriod } from './periods.ts';
import { newest } from './versions.server.ts';

/** Hypotheses as rows: written once, never changed, judged anew by every version (D10). */

/** Writes one. Its beginning is a figure that stands; its end is a period the figures have not come to. */
export async function suppose(
	tx: Tx,
	person: Person,
	datasetId: string,
	measure: string,
	said: Foretold
): Promise<string> {
	const { facts } = await judge(tx, person, 'suppose', datasetId);
	const version = await newest(tx, datasetId);
	if (!version?.shape.measures.some(({ key }) => key === measure)) return notFound();
	const time = version.shape.dimensions.find(({ role }) => role === 'time');
	if (!time) return refuse('data.hypothesis_no_time');
	const places = placesIn(version.shape, said.places);
	if (!isPeriod(said.byPeriod)) refuse('data.hypothesis_period', { field: 'byPeriod' });
	const ends = time.categories.map(({ code }) => code);
	if (!ends.includes(said.fromPeriod)) refuse('data.no_such_period', { field: 'fromPeriod' });
	if (ends.some((code) => byPeriod(code, said.byPeriod) >= 0))
		refuse('data.hypothesis_late', { field: 'byPeriod' });
	const points = await series(tx, version.id, { measure, where: whereOf(places) });
	const baseline = points.find(({ period }) => period === said.fromPeriod)?.value ?? null;
	if (baseline === null) return refuse('data.hypothesis_no_figure', { field: 'fromPeriod' });
	const [row] = await tx<{ id: string }[]>`
		insert into hypotheses (dataset_id, measure, statement, places, direction, least, from_period, by_period,
			version_id, baseline, by)
		values (${datasetId}, ${measure}, ${said.statement}, ${tx.json(places)}, ${said.direction}, ${said.least},
			${said.fromPeriod}, ${said.byPeriod}, ${version.id}, ${baseline}, ${person.id})
		returning id`;
	await record(tx, {
		person: person.id,
		verb: 'dataset.hypothesis_written',
		kind: 'dataset',
		object: datasetId,
		forum: facts.forumId,
		detail: { measure, hypothesis: row!.id }
	});
	return row!.id;
}

/** One category for each dimension but time. */
function placesIn({ dimensions }: CubeShape, said: Record<string, string>): Record<string, string> {
	return Object.fromEntries(
		dimensions
			.filter(({ role }) => role !== 'time')
			.map(({ key, categories }) => {
				const known = categories.some(({ code }) => code === said[key]);
				return known ? [key, said[key]!] : refuse('data.hypothesis_place', { field: 'places' });
			})
	);
}

const whereOf = (places: Record<string, string>) =>
	Object.fromEntries(Object.entries(places).map(([key, code]) => [key, [code]]));

export type HypothesisLine = {
	id: string;
	statement: string;
	/** 'Bakkegården, Piger': where it is read, without what has only one category. */
	place: string;
	direction: Direction;
	least: number | null;
	fromPeriod: string;
	byPeriod: string;
	baseline: number;
	/** The version that was the newest when it was written. */
	number: number;
	byName: string;
	at: Date;
	verdict: Verdict;
};

/** An indicator's hypotheses, newest first, each with what the newest version says of it. */
export async function of(
	db: Db,
	person: Person,
	datasetId: string,
	measure: Measure
): Promise<HypothesisLine[]> {
	const { standing } = await judge(db, person, 'read', datasetId);
	if (standing.role === null) return [];
	const rows = await db<
		(Omit<HypothesisLine, 'place' | 'verdict'> & { places: Record<string, string> })[]
	>`
		select h.id, h.statement, h.places, h.direction, h.least, h.from_period "fromPeriod",
			h.by_period "byPeriod", h.baseline, v.number, p.name "byName", h.at
		from hypotheses h join versions v on v.id = h.version_id join persons p on p.id = h.by
		where h.dataset_id = ${datasetId} and h.measure = ${measure.key} order by h.at desc`;
	if (rows.length === 0) return [];
	const version = (await newest(db, datasetId))!;
	const breaks = (await breaksOf(db, [datasetId]))
		.filter((one) => one.measure === measure.key)
		.map(({ period }) => period);
	return await Promise.all(
		rows.map(async ({ places, ...line }) => ({
			...line,
			place: placeWords(version.shape, places),
			verdict: verdictOn(
				line,
				await series(db, version.id, { measure: measure.key, where: whereOf(places) }),
				breaks
			)
		}))
	);
}

const placeWords = ({ dimensions }: CubeShape, places: Record<string, string>): string =>
	dimensions
		.filter(({ key, categories }) => places[key] !== undefined && categories.length > 1)
		.map((dimension) => labelOf(dimension, places[dimension.key]!))
		.join(', ');
