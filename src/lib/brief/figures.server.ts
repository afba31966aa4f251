import { notFound, refuse } from '../base/errors.ts';
import { record } from '../base/events.server.ts';
import type { Db, Tx } from '../base/sql.server.ts';
import type { FigureSpec } from '../chart/figure.ts';
import * as outlines from '../data/outlines.server.ts';
import * as versions from '../data/versions.server.ts';
import { judge, reach } from '../forum/objects.server.ts';
import type { Person } from '../people/person.ts';
import type { StoredFigure } from './drawn.server.ts';
import { specOnNewer, specProblem } from './figure.ts';
import { hold } from './hold.server.ts';

export { compared, data, drawnFrom, preview } from './drawn.server.ts';

/** Figures of a brief, each pinned to one version for good (product rule 3). */

export type NewFigure = {
	versionId: string;
	title: string;
	/** Why it is relevant to the question (B2); empty shows as missing. */
	why?: string;
	spec: FigureSpec;
	/** On the brief's one page, or behind it. */
	firstPage?: boolean;
};

export async function add(
	tx: Tx,
	person: Person,
	briefId: string,
	input: NewFigure
): Promise<string> {
	const { facts } = await hold(tx, person, 'write', briefId);
	const title = input.title.trim();
	if (!title) refuse('brief.figure_title_missing', { field: 'title' });
	await mustDraw(tx, person, facts.forumId, input.versionId, input.spec);
	const [row] = await tx<{ id: string }[]>`
		insert into figures (brief_id, version_id, position, title, why, spec, first_page, created_by)
		select ${briefId}, ${input.versionId}, coalesce(max(position), 0) + 1, ${title},
			${input.why?.trim() ?? ''}, ${tx.json(input.spec as never)}, ${input.firstPage ?? true}, ${person.id}
		from figures where brief_id = ${briefId}
		returning id`;
	await tell(tx, person, briefId, facts.forumId, 'brief.figure_added', {
		figure: row!.id,
		version: input.versionId
	});
	return row!.id;
}

/** Changes what a figure is called, why it is there and how it is drawn; never which version it shows. */
export async function edit(
	tx: Tx,
	person: Person,
	briefId: string,
	figureId: string,
	input: Omit<NewFigure, 'versionId'>
): Promise<void> {
	const { facts } = await hold(tx, person, 'write', briefId);
	const [figure] = await tx<{ versionId: string }[]>`
		select version_id "versionId" from figures
		where id = ${figureId} and brief_id = ${briefId} and removed_at is null for update`;
	if (!figure) return notFound();
	const title = input.title.trim();
	if (!title) refuse('brief.figure_title_missing', { field: 'title' });
	await mustDraw(tx, person, facts.forumId, figure.versionId, input.spec);
	await tx`
		update figures set title = ${title}, why = ${input.why?.trim() ?? ''},
			spec = ${tx.json(input.spec as never)}, first_page = ${input.firstPage ?? true}
		where id = ${figureId}`;
	await tell(tx, person, briefId, facts.forumId, 'brief.figure_edited', { figure: figureId });
}

/** Takes a figure out of the brief; notes made on it stay with it. */
export async function remove(
	tx: Tx,
	person: Person,
	briefId: string,
	figureId: string
): Promise<void> {
	const { facts } = await hold(tx, person, 'write', briefId);
	const [row] = await tx`
		update figures set removed_at = clock_timestamp()
		where id = ${figureId} and brief_id = ${briefId} and removed_at is null returning id`;
	if (!row) return notFound();
	await tell(tx, person, briefId, facts.forumId, 'brief.figure_removed', { figure: figureId });
}

/** Moves a figure one step up (-1) or down (+1). */
export async function move(
	tx: Tx,
	person: Person,
	briefId: string,
	figureId: string,
	step: -1 | 1
): Promise<void> {
	const { facts } = await hold(tx, person, 'write', briefId);
	const ids = await idsOf(tx, briefId);
	const from = ids.indexOf(figureId);
	const to = from + step;
	if (from < 0 || to < 0 || to >= ids.length) return;
	[ids[from], ids[to]] = [ids[to]!, ids[from]!];
	for (const [i, id] of ids.entries())
		await tx`update figures set position = ${i + 1} where id = ${id}`;
	await tell(tx, person, briefId, facts.forumId, 'brief.figure_moved', { figure: figureId });
}

/** The same figure of the newest version, right after the old one: a figure never moves to other numbers. */
export async function bringNewer(
	tx: Tx,
	person: Person,
	briefId: string,
	figureId: string
): Promise<string> {
	await hold(tx, person, 'write', briefId);
	const [figure] = await tx<(Row & { position: number; newestId: string })[]>`
		select f.id, f.title, f.why, f.spec, f.first_page "firstPage", f.version_id "versionId", f.position,
			(select n.id from versions n where n.dataset_id = v.dataset_id order by n.number desc limit 1) "newestId"
		from figures f join versions v on v.id = f.version_id
		where f.id = ${figureId} and f.brief_id = ${briefId} and f.removed_at is null`;
	if (!figure) return notFound();
	const { title, why, firstPage, position, versionId, newestId } = figure;
	if (newestId === versionId) refuse('brief.figure_is_newest', { status: 409 });
	const spec = specOnNewer(
		figure.spec,
		await versions.shape(tx, versionId),
		await versions.shape(tx, newestId)
	);
	const id = await add(tx, person, briefId, { title, why, firstPage, spec, versionId: newestId });
	await tx`
		update figures set position = position + 1
		where brief_id = ${briefId} and position > ${position}`;
	await tx`update figures set position = ${position + 1} where id = ${id}`;
	return id;
}

/** The figures a brief shows and the versions they are pinned to: what an annotation may be on. */
export async function pinned(
	db: Db,
	briefId: string
): Promise<{ id: string; versionId: string }[]> {
	return await db<{ id: string; versionId: string }[]>`
		select id, version_id "versionId" from figures where brief_id = ${briefId}`;
}

/** One figure as its form needs it, for an author. */
export async function one(
	db: Db,
	person: Person,
	briefId: string,
	figureId: string
): Promise<{ id: string; datasetId: string } & Omit<Row, 'id'>> {
	await judge(db, person, 'write', briefId);
	const [row] = await db<({ datasetId: string } & Row)[]>`
		select f.id, f.title, f.why, f.spec, f.first_page "firstPage", f.version_id "versionId", v.dataset_id "datasetId"
		from figures f join versions v on v.id = f.version_id
		where f.id = ${figureId} and f.brief_id = ${briefId} and f.removed_at is null`;
	return row ?? notFound();
}

/** Ids of a brief's figures, in order. */
export async function idsOf(db: Db, briefId: string): Promise<string[]> {
	const rows = await db<{ id: string }[]>`
		select id from figures where brief_id = ${briefId} and removed_at is null order by position`;
	return rows.map((row) => row.id);
}

type Row = StoredFigure;

export type Use = { briefId: string; briefTitle: string; figureTitle: string; number: number };

/** Where a dataset is used, in briefs this person may read. */
export async function usesOf(db: Db, person: Person, datasetId: string): Promise<Use[]> {
	return await db<Use[]>`
		select o.id "briefId", o.title "briefTitle", f.title "figureTitle", v.number
		from figures f join versions v on v.id = f.version_id join objects o on o.id = f.brief_id
		where v.dataset_id = ${datasetId} and f.removed_at is null and ${reach(db, person, 'read')}
		order by o.created_at desc, f.position`;
}

async function mustDraw(
	tx: Tx,
	person: Person,
	forumId: string,
	versionId: string,
	spec: FigureSpec
): Promise<void> {
	const [version] = await tx<{ datasetId: string }[]>`
		select dataset_id "datasetId" from versions where id = ${versionId}`;
	if (!version) return notFound();
	const { facts } = await judge(tx, person, 'read', version.datasetId);
	if (facts.forumId !== forumId) return notFound();
	const problem = specProblem(spec, await versions.shape(tx, versionId));
	if (problem) refuse(problem, { field: 'spec' });
	if (spec.kind !== 'map') return;
	const fitting = await outlines.fitting(tx, forumId, versionId);
	if (!fitting.some(({ id, dimension }) => id === spec.outline && dimension === spec.x))
		refuse('brief.no_outline', { field: 'outline' });
}

async function tell(
	tx: Tx,
	person: Person,
	briefId: string,
	forumId: string,
	verb: string,
	detail: Record<string, string>
) {
	await record(tx, {
		person: person.id,
		verb,
		kind: 'brief',
		object: briefId,
		forum: forumId,
		detail
	});
}
