import type { Db } from '../base/sql.server.ts';
import type { Person } from '../people/person.ts';
import { may } from './access.ts';
import { members } from './forums.server.ts';
import { judge } from './objects.server.ts';
import type { Openness } from './openness.ts';

/** Who writes an object, who reads it, and who is shut out of it, as one of its readers may see. */
export async function openness(
	db: Db,
	person: Person,
	id: string,
	ownerId: string | null = null
): Promise<Openness> {
	const { standing, facts } = await judge(db, person, 'read', id);
	const excludes = may(standing, 'exclude', facts);
	const [authors, everyone, excluded] = await Promise.all([
		db<Openness['authors']>`
			select p.id, p.name, d.name "departmentName"
			from authors a join persons p on p.id = a.person_id join departments d on d.id = p.department_id
			where a.object_id = ${id} order by a.added_at, p.name`,
		members(db, facts.forumId),
		excludes
			? db<NonNullable<Openness['excluded']>>`
				select p.id, p.name, e.reason, e.since, b.name "byName"
				from exclusions e join persons p on p.id = e.person_id join persons b on b.id = e.by
				where e.object_id = ${id} and e.until is null order by e.since`
			: null
	]);
	return {
		ownerId,
		confidential: facts.confidential,
		unpublished: facts.kind === 'brief' && facts.phase !== 'published',
		authors: [...authors],
		excluded: excluded && [...excluded],
		members: everyone.map(({ personId, name, departmentName, role }) => ({
			id: personId,
			name,
			departmentName,
			writes: role !== 'observer'
		})),
		may: {
			write: may(standing, 'write', facts),
			conceal: may(standing, 'conceal', facts),
			exclude: excludes
		}
	};
}
