import { notFound, refuse } from '../base/errors.ts';
import type { Db, Tx } from '../base/sql.server.ts';
import { keptOrLent } from '../forum/lendings.server.ts';
import { judge, reach } from '../forum/objects.server.ts';
import type { Person } from '../people/person.ts';
import type { StoredFigure } from './drawn.server.ts';

/** What a brief's figures are pinned to, and where editions are used. */

/** The figures a brief shows and the versions they are pinned to: what an annotation may be on. */
export async function pinned(
	db: Db,
	briefId: string
): Promise<{ id: string; versionId: string }[]> {
	return await db<{ id: string; versionId: string }[]>`
		select f.id, v.version_id "versionId" from figures f join figure_versions v on v.figure_id = f.id
		where f.brief_id = ${briefId}`;
}

/** One figure as its form needs it, for an author. */
export async function one(
	db: Db,
	person: Person,
	briefId: string,
	figureId: string
): Promise<{ id: string; datasetId: string } & Omit<StoredFigure, 'id'>> {
	await judge(db, person, 'write', briefId);
	const [row] = await db<({ datasetId: string } & StoredFigure)[]>`
		select f.id, f.title, f.why, f.spec, f.first_page "firstPage", f.section, f.algorithm,
			f.version_id "versionId", f.coupling_id "couplingId", v.dataset_id "datasetId"
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

/** No figure of what was lent and has been taken back since: what stands in published briefs stays, more is not made of it. */
export async function mustBeOpen(tx: Tx, briefId: string, forumId: string): Promise<void> {
	const [taken] = await tx<{ title: string }[]>`
		select o.title from figures f join figure_versions w on w.figure_id = f.id
		join versions v on v.id = w.version_id join objects o on o.id = v.dataset_id
		where f.brief_id = ${briefId} and f.removed_at is null and not ${keptOrLent(tx, forumId)}
		limit 1`;
	if (taken) refuse('brief.figure_taken_back', { status: 409, title: taken.title });
}

export type Use = { briefId: string; briefTitle: string; figureTitle: string; number: number };

/** Where a dataset is used, in briefs this person may read. */
export async function usesOf(db: Db, person: Person, datasetId: string): Promise<Use[]> {
	return await db<Use[]>`
		select o.id "briefId", o.title "briefTitle", f.title "figureTitle", v.number
		from figures f join figure_versions w on w.figure_id = f.id join versions v on v.id = w.version_id
		join objects o on o.id = f.brief_id
		where v.dataset_id = ${datasetId} and f.removed_at is null and ${reach(db, person, 'read')}
		order by o.created_at desc, f.position`;
}
