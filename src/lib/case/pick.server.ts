import { refuse } from '#lib/base/errors.ts';
import type { Db, Tx } from '#lib/base/sql.server.ts';
import { reach } from '#lib/forum/objects.server.ts';
import type { Person } from '#lib/people/person.ts';

/** Figures a case may take in, from its own brief or any other. */

export type Pickable = { id: string; title: string; why: string; briefTitle: string; own: boolean };

/** Those of published briefs of the forum that this person may read and the case does not have yet; its own brief's first. */
export async function pickable(db: Db, person: Person, caseId: string): Promise<Pickable[]> {
	return await db<Pickable[]>`
		select f.id, f.title, f.why, o.title "briefTitle", o.id is not distinct from k.brief_id own
		${open(db, person, caseId)}
			and not exists (select from evidence e where e.case_id = k.id and e.figure_id = f.id)
		order by own desc, b.published_at desc nulls last, o.id, f.position`;
}

/** The figure, if it may be taken in; a figure brings its pinned edition with it. */
export async function mustBePickable(tx: Tx, person: Person, caseId: string, figureId: string) {
	const [figure] = await tx<{ title: string; why: string; used: boolean }[]>`
		select f.title, f.why,
			exists (select from evidence e where e.case_id = k.id and e.figure_id = f.id) used
		${open(tx, person, caseId)} and f.id = ${figureId}`;
	if (!figure) return refuse('case.figure_not_found', { status: 404, field: 'figure' });
	if (figure.used) refuse('case.figure_already_there', { status: 409, field: 'figure' });
	return figure;
}

/**
 * What a confidential brief shows would be shown to all who read the case, so it goes only where its brief
 * already led: into the case made of it, or into one that is confidential too.
 */
function open(db: Db, person: Person, caseId: string) {
	return db`
		from figures f
		join briefs b on b.id = f.brief_id
		join objects o on o.id = f.brief_id
		join cases k on k.id = ${caseId}
		join objects c on c.id = k.id
		where f.removed_at is null and o.forum_id = k.forum_id and o.phase = 'published'
			and (not o.confidential or c.confidential or o.id = k.brief_id) and ${reach(db, person, 'read')}`;
}
