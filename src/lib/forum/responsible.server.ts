import type { Db, Tx } from '../base/sql.server.ts';
import { notFound, refuse } from '../base/errors.ts';
import { record } from '../base/events.server.ts';
import type { Person } from '../people/person.ts';
import { members, mustConduct } from './forums.server.ts';

/** Which director answers for which department, for cases that are to be approved (C7, G5). */

export type Answering = {
	departmentId: string;
	departmentName: string;
	/** Who is named; null where nobody is. */
	directorId: string | null;
};

/** Every department a member of the forum sits in, with the director named for it. The caller has judged. */
export async function answering(db: Db, forumId: string): Promise<Answering[]> {
	return await db<Answering[]>`
		select d.id "departmentId", d.name "departmentName", r.director_id "directorId"
		from departments d
		left join responsible_directors r on r.department_id = d.id and r.forum_id = ${forumId}
		where exists (select from members m join persons p on p.id = m.person_id and p.deactivated_at is null
			where m.forum_id = ${forumId} and p.department_id = d.id and m.role not in ('observer'))
		order by d.name collate "da-x-icu"`;
}

/** Names the director of a department, or nobody (null). The chair and the secretary do that. */
export async function name(
	tx: Tx,
	person: Person,
	slugOrId: string,
	departmentId: string,
	directorId: string | null
): Promise<void> {
	const { id } = await mustConduct(tx, person, slugOrId);
	if (directorId) {
		const all = await members(tx, id);
		if (!all.some((one) => one.personId === directorId && one.role === 'director'))
			refuse('forum.not_a_director', { field: `director:${departmentId}` });
	}
	const before = (await answering(tx, id)).find((one) => one.departmentId === departmentId);
	if (!before) return notFound();
	if (before.directorId === directorId) return;
	await tx`
		delete from responsible_directors where forum_id = ${id} and department_id = ${departmentId}`;
	if (directorId)
		await tx`
			insert into responsible_directors (forum_id, department_id, director_id)
			values (${id}, ${departmentId}, ${directorId})`;
	await record(tx, {
		person: person.id,
		verb: 'forum.director_named',
		kind: 'forum',
		object: id,
		forum: id,
		detail: { department: departmentId, before: before.directorId, now: directorId }
	});
}
