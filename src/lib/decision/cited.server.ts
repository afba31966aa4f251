import * as events from '../base/events.server.ts';
import type { Db, Tx } from '../base/sql.server.ts';
import * as cells from '../data/cells.server.ts';
import type { Cell, Coordinates, CubeShape } from '../data/cube.ts';
import { readable } from '../data/formulas.server.ts';
import { openTo } from '../data/lending.server.ts';
import { cellTarget } from '../chart/figure.ts';
import { thawed } from './figure.ts';
import type { FrozenFigure } from './record.ts';
import { type Cited, place, revisions } from './revision.ts';

/** The values a decision rests on, and what newer versions say of them (F9). */

/** Keeps every value its figures show. A suppressed or missing cell has no value to revise. */
export async function keep(tx: Tx, decisionId: string, figures: FrozenFigure[]): Promise<void> {
	for (const figure of figures) {
		const shown = thawed(figure);
		const rows = shown.cells.flatMap((cell) => {
			if (cell.value === null) return [];
			const { measure, coordinates, versionId } = cellTarget(shown, cell);
			return [
				{ measure, coordinates, version: versionId ?? figure.citation.versionId, value: cell.value }
			];
		});
		if (rows.length === 0) continue;
		await tx`
			insert into cited_values (decision_id, version_id, figure_id, measure, coordinates, value)
			select ${decisionId}, r.version, ${figure.id}, r.measure, r.coordinates, r.value
			from jsonb_to_recordset(${tx.json(rows as never)})
				r (version uuid, measure text, coordinates jsonb, value double precision)
			on conflict do nothing`;
	}
}

/**
 * Holds the values cited from this version's dataset against it, and writes a flag for each that it
 * says otherwise of, with one event for each decision. Running it again writes nothing.
 */
export async function flagRevisions(tx: Tx, versionId: string): Promise<void> {
	const figures = await tx<Citing[]>`
		select v.decision_id "decisionId", v.figure_id "figureId", v.measure, o.forum_id "forumId",
			jsonb_agg(jsonb_build_object('measure', v.measure, 'coordinates', v.coordinates, 'value', v.value)) cited
		from versions n
		join versions c on c.dataset_id = n.dataset_id and c.number < n.number
		join cited_values v on v.version_id = c.id
		join objects o on o.id = v.decision_id
		where n.id = ${versionId} and ${openTo(tx, tx`n`, tx`o.forum_id`)}
		group by v.decision_id, v.figure_id, v.measure, o.forum_id
		order by v.decision_id, v.figure_id`;
	if (figures.length === 0) return;
	const shape = await readable(tx, versionId);
	const told = new Map<string, { forumId: string; values: number }>();
	for (const figure of figures) {
		const written = await flag(tx, versionId, figure, shape);
		if (!written) continue;
		const values = (told.get(figure.decisionId)?.values ?? 0) + written;
		told.set(figure.decisionId, { forumId: figure.forumId, values });
	}
	for (const [decisionId, { forumId, values }] of told)
		await events.record(tx, {
			person: null,
			verb: 'decision.evidence_revised',
			kind: 'decision',
			object: decisionId,
			forum: forumId,
			detail: { version: versionId, values }
		});
}

/** How many of a decision's values the newest version to speak of each says otherwise of. `decision` is its id as SQL. */
export function revisedCount(db: Db, decision: PendingQuery) {
	return db`(select count(*)::int from (
		select distinct on (f.figure_id, f.measure, f.coordinates) f.old_value, f.new_value
		from revision_flags f join versions v on v.id = f.version_id
		where f.decision_id = ${decision}
		order by f.figure_id, f.measure, f.coordinates, v.number desc
	) newest where newest.new_value is distinct from newest.old_value)`;
}

type PendingQuery = ReturnType<Db>;

type Citing = {
	decisionId: string;
	figureId: string;
	measure: string;
	forumId: string;
	cited: Cited[];
};

async function flag(
	tx: Tx,
	versionId: string,
	{ decisionId, figureId, measure, cited }: Citing,
	shape: CubeShape
): Promise<number> {
	const newer = await read(tx, versionId, measure, cited, shape);
	const revised = revisions(cited, await lastTold(tx, decisionId, figureId, versionId), newer);
	if (revised.length === 0) return 0;
	const rows = revised.map(({ coordinates, value, now }) => ({ coordinates, value, now }));
	const written = await tx`
		insert into revision_flags (decision_id, figure_id, version_id, measure, coordinates, old_value, new_value)
		select ${decisionId}, ${figureId}, ${versionId}, ${measure}, r.coordinates, r.value, r.now
		from jsonb_to_recordset(${tx.json(rows as never)}) r (coordinates jsonb, value double precision, now double precision)
		on conflict do nothing returning id`;
	return written.length;
}

/** What the newest version before this one was flagged as saying, by place. */
async function lastTold(tx: Tx, decisionId: string, figureId: string, versionId: string) {
	const rows = await tx<{ measure: string; coordinates: Coordinates; now: number | null }[]>`
		select distinct on (f.measure, f.coordinates) f.measure, f.coordinates, f.new_value now
		from revision_flags f join versions v on v.id = f.version_id
		where f.decision_id = ${decisionId} and f.figure_id = ${figureId}
			and v.number < (select number from versions where id = ${versionId})
		order by f.measure, f.coordinates, v.number desc`;
	return new Map(rows.map((row) => [place(row.measure, row.coordinates), row.now]));
}

/** The same places in the newer version. What it has no place for is simply not in the answer. */
async function read(
	db: Db,
	versionId: string,
	measure: string,
	cited: Cited[],
	shape: CubeShape
): Promise<Map<string, Cell>> {
	const known = new Map(
		shape.dimensions.map(({ key, categories }) => [key, new Set(categories.map((c) => c.code))])
	);
	const there = cited.filter(
		({ coordinates }) =>
			shape.measures.some(({ key }) => key === measure) &&
			Object.entries(coordinates).every(([key, code]) => known.get(key)?.has(code))
	);
	if (there.length === 0) return new Map();
	const where: Record<string, string[]> = {};
	for (const { coordinates } of there)
		for (const [key, code] of Object.entries(coordinates))
			if (!where[key]?.includes(code)) (where[key] ??= []).push(code);
	const found = await cells.slice(db, versionId, measure, where);
	const keys = Object.keys(where);
	const named = (all: Coordinates) => Object.fromEntries(keys.map((key) => [key, all[key]!]));
	return new Map(found.map((cell) => [place(measure, named(cell.coordinates)), cell]));
}
