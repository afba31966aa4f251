import type { Db } from '#lib/base/sql.server.ts';
import { may } from '#lib/forum/access.ts';
import { reach, standings } from '#lib/forum/objects.server.ts';
import type { Person } from '#lib/people/person.ts';
import { askable } from './askable.server.ts';
import type { Into, Origin, Turned } from './turned.ts';

/**
 * What became of notes, and where things came from (A4). A note that is not shared has become nothing; of a note
 * on a brief only who may read the brief is told that it is there.
 */

/** What of the case came from notes. The caller has judged the reader. */
export async function turnedIn(db: Db, person: Person, caseId: string): Promise<Turned[]> {
	return await db<Turned[]>`
		select t.annotation_id "annotationId", t.case_id "caseId", t.became "into", t.id, t.title, t.away
		${fromShared(db)}
		where t.case_id = ${caseId} and ${reach(db, person, 'read')}
		order by t.at, t.id`;
}

/** Where things of the case came from, by thing. */
export async function origins(
	db: Db,
	person: Person,
	caseId: string
): Promise<Record<string, Origin>> {
	const rows = await db<(Origin & { id: string })[]>`
		select t.id, t.annotation_id "annotationId", p.name "authorName",
			case when a.object_id <> t.case_id then a.object_id end "briefId"
		${fromShared(db)} join persons p on p.id = a.author_id
		where t.case_id = ${caseId} and ${reach(db, person, 'read')}`;
	return Object.fromEntries(rows.map(({ id, ...origin }) => [id, origin]));
}

/**
 * For a brief's page: what its notes became in the cases made from it that this person may read, and those of
 * the cases they may write, newest first, for more. The caller has judged the reader of the brief.
 */
export async function ofBrief(
	db: Db,
	person: Person,
	briefId: string
): Promise<{ turned: Turned[]; cases: Into[] }> {
	const cases = await db<{ id: string; title: string; forumId: string }[]>`
		select c.id, o.title, c.forum_id "forumId" from cases c join objects o on o.id = c.id
		where c.brief_id = ${briefId} and ${reach(db, person, 'read')} order by c.number desc`;
	if (cases.length === 0) return { turned: [], cases: [] };
	const [turned, stands] = await Promise.all([
		db<Turned[]>`
			select t.annotation_id "annotationId", t.case_id "caseId", t.became "into", t.id, t.title, t.away
			${fromShared(db)}
			where t.case_id = any(${cases.map(({ id }) => id)}) and a.object_id = ${briefId}
			order by t.at, t.id`,
		standings(
			db,
			cases.map(({ id }) => ({ person: person.id, object: id }))
		)
	]);
	const written = cases.filter((_, i) => {
		const one = stands[i];
		return one && may(one.standing, 'write', one.facts);
	});
	return {
		turned: [...turned],
		cases: await Promise.all(
			written.map(async (one) => ({
				id: one.id,
				title: one.title,
				people: await askable(db, one)
			}))
		)
	};
}

/** Things `t` with their shared note `a`, and the object `o` it stands on. */
const fromShared = (db: Db) => db`
	from (
		select case_id, annotation_id, 'evidence' became, id, title, added_at at, parked_at is not null away
			from evidence
		union all select case_id, annotation_id, 'request', id, question, asked_at, withdrawn_at is not null
			from requests
		union all select case_id, annotation_id, 'differing', id, matter, raised_at, settled_at is not null
			from differings
		union all select case_id, annotation_id, 'option', id, title, created_at, withdrawn_at is not null
			from options
		union all select case_id, annotation_id, 'question', id, question, asked_at, settled_at is not null
			from case_questions
	) t
	join annotation_shares s on s.annotation_id = t.annotation_id
	join annotations a on a.id = t.annotation_id
	join objects o on o.id = a.object_id`;
