import { notFound, refuse } from '../base/errors.ts';
import { record } from '../base/events.server.ts';
import type { Db, Tx } from '../base/sql.server.ts';
import { may } from '../forum/access.ts';
import { judge } from '../forum/objects.server.ts';
import type { Person } from '../people/person.ts';
import { citations } from './citation.server.ts';
import type { Citation } from './citation.ts';
import { slice, type PlacedCell } from './cells.server.ts';
import type { Cell, Dimension, Measure } from './cube.ts';
import { colourOf, type Colour, type Said } from './indicator.ts';
import { looksLikeTotal } from './recipe.ts';
import { newest, shape } from './versions.server.ts';

/** Indicators: what is said of a measure, and how it stands. A row is there for each measure of every version. */

/** Says what the indicator is for. Who may describe the dataset does. */
export async function describe(
	tx: Tx,
	person: Person,
	datasetId: string,
	measure: string,
	said: Said
): Promise<void> {
	const { facts } = await judge(tx, person, 'describe', datasetId);
	const before = await row(tx, datasetId, measure);
	if (said.thresholdMeasure !== null) {
		const known = await row(tx, datasetId, said.thresholdMeasure).catch(() => null);
		if (!known || said.thresholdMeasure === measure)
			refuse('data.no_such_measure', { field: 'thresholdMeasure' });
	}
	const changed = (Object.keys(said) as (keyof Said)[]).filter((key) => said[key] !== before[key]);
	if (changed.length === 0) return;
	await tx`
		update indicators set ${tx({
			why: said.why,
			direction: said.direction,
			population: said.population,
			denominator: said.denominator,
			denominator_reason: said.denominatorReason,
			meaning: said.meaning,
			green_at: said.greenAt,
			red_at: said.redAt,
			threshold_measure: said.thresholdMeasure,
			counts: said.counts,
			demanded_by: said.demandedBy,
			steered_instead: said.steeredInstead,
			described_by: person.id
		})}, described_at = clock_timestamp()
		where dataset_id = ${datasetId} and measure = ${measure}`;
	await record(tx, {
		person: person.id,
		verb: 'dataset.indicator_described',
		kind: 'dataset',
		object: datasetId,
		forum: facts.forumId,
		detail: { measure, fields: changed }
	});
}

export type IndicatorRow = Said & {
	measure: string;
	label: string;
	unit: string;
	lastNumber: number;
	describedByName: string | null;
	describedAt: Date | null;
};

async function row(db: Db, datasetId: string, measure: string): Promise<IndicatorRow> {
	return (await rows(db, datasetId, measure))[0] ?? notFound();
}

/** What is said of a dataset's measures, or one of them. The caller has judged that the reader may see it. */
export async function rows(db: Db, datasetId: string, measure?: string): Promise<IndicatorRow[]> {
	return await db<IndicatorRow[]>`
		select i.measure, i.label, i.unit, i.last_number "lastNumber", i.why, i.direction, i.population,
			i.denominator, i.denominator_reason "denominatorReason", i.meaning, i.green_at "greenAt",
			i.red_at "redAt", i.threshold_measure "thresholdMeasure", i.counts, i.demanded_by "demandedBy",
			i.steered_instead "steeredInstead", p.name "describedByName", i.described_at "describedAt"
		from indicators i left join persons p on p.id = i.described_by
		where i.dataset_id = ${datasetId} ${measure === undefined ? db`` : db`and i.measure = ${measure}`}
		order by i.label collate "da-x-icu"`;
}

export type Standing = {
	code: string;
	label: string;
	cell: Cell;
	threshold: Cell | null;
	colour: Colour | null;
};

export type IndicatorPage = {
	said: IndicatorRow;
	measure: Measure;
	citation: Citation;
	/** Across which dimension it is shown; the others are held at one category each. */
	down: Dimension;
	held: { dimension: Dimension; code: string }[];
	/** The count shown beside it, when one is chosen and still there. */
	threshold: Measure | null;
	standings: Standing[];
	/** Whether a version has since come without it. */
	gone: boolean;
	others: { key: string; label: string }[];
	can: { describe: boolean; suppose: boolean };
};

/** At most so many are shown; the dataset's own page has all. */
const MOST = 120;

/** How the indicator stands, in the newest version that has it. `wanted`: category codes by dimension key. */
export async function page(
	db: Db,
	person: Person,
	datasetId: string,
	key: string,
	wanted: Record<string, string> = {}
): Promise<IndicatorPage> {
	const { standing, facts } = await judge(db, person, 'read', datasetId);
	const said = await row(db, datasetId, key);
	const [version] = await db<{ id: string }[]>`
		select id from versions where dataset_id = ${datasetId} and number = ${said.lastNumber}`;
	const of = await shape(db, version!.id);
	const measure = of.measures.find((one) => one.key === key) ?? notFound();
	const threshold = of.measures.find((one) => one.key === said.thresholdMeasure) ?? null;
	const down = acrossOf(of.dimensions);
	const held = of.dimensions
		.filter((dimension) => dimension !== down)
		.map((dimension) => ({ dimension, code: heldAt(dimension, wanted[dimension.key]) }));
	const where = Object.fromEntries(held.map(({ dimension, code }) => [dimension.key, [code]]));
	const [cells, counts] = await Promise.all([
		slice(db, version!.id, key, where),
		threshold ? slice(db, version!.id, threshold.key, where) : []
	]);
	const last = await newest(db, datasetId);
	return {
		said,
		measure,
		citation: (await citations(db, [version!.id])).get(version!.id)!,
		down,
		held,
		threshold,
		standings: standingsOf(down, cells, threshold ? counts : null, said),
		gone: last!.number > said.lastNumber,
		others: of.measures.filter((one) => one.key !== key).map(({ key, label }) => ({ key, label })),
		can: {
			describe: may(standing, 'describe', facts),
			suppose: may(standing, 'suppose', facts)
		}
	};
}

/** Areas down the side, else whatever else it is divided by; time only when there is nothing else. */
function acrossOf(dimensions: Dimension[]): Dimension {
	return (
		dimensions.find(({ role }) => role === 'area') ??
		dimensions.find(({ role }) => role === 'category') ??
		dimensions[0]!
	);
}

/** What was asked for, else the newest period, else the total, else the first. */
function heldAt({ role, categories }: Dimension, wanted: string | undefined): string {
	if (categories.some(({ code }) => code === wanted)) return wanted!;
	if (role === 'time') return categories.at(-1)!.code;
	return (categories.find(({ label }) => looksLikeTotal(label)) ?? categories[0]!).code;
}

function standingsOf(
	down: Dimension,
	cells: PlacedCell[],
	counts: PlacedCell[] | null,
	said: Said
): Standing[] {
	const at = (all: PlacedCell[], code: string): Cell => {
		const found = all.find(({ coordinates }) => coordinates[down.key] === code);
		return { value: found?.value ?? null, status: found?.status ?? 'm' };
	};
	const shown = down.categories.slice(0, MOST);
	// A total is not one of those it is the total of.
	const peers = down.categories
		.filter(({ label }) => !looksLikeTotal(label))
		.flatMap(({ code }) => at(cells, code).value ?? []);
	return shown.map(({ code, label }) => {
		const cell = at(cells, code);
		const total = looksLikeTotal(label) && said.meaning === 'relative';
		return {
			code,
			label,
			cell,
			threshold: counts && at(counts, code),
			colour: total ? null : colourOf(cell.value, said, peers)
		};
	});
}
