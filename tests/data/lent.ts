import type { Sql } from '#lib/base/sql.server.ts';
import { ROLES, type Role } from '#lib/forum/access.ts';
import * as lending from '#lib/data/lending.server.ts';
import type { Person } from '#lib/people/person.ts';
import type { Place } from './place.ts';

/** A second forum with a person of each role who is in no other, to lend a dataset to. */
export async function neighbours(sql: Sql, place: Place, limit = 5) {
	const [forum] = await sql<{ id: string }[]>`
		insert into forums (slug, name, small_number_limit) values ('direktion', 'Direktionen', ${limit})
		returning id`;
	const forumId = forum!.id;
	const guests = {} as Record<Role, Person>;
	for (const role of ROLES) {
		const email = `guest-${role}@example.test`;
		const [row] = await sql<{ id: string }[]>`
			insert into persons (name, email, password_hash, department_id)
			values (${role}, ${email}, 'x', ${place.else_.departmentId}) returning id`;
		await sql`
			insert into members (forum_id, person_id, role, chair)
			values (${forumId}, ${row!.id}, ${role}, ${role === 'director'})`;
		guests[role] = { ...place.else_, id: row!.id, name: role, email };
	}
	const lend = (by = place.else_) =>
		place.write((tx) => lending.lend(tx, by, place.datasetId, 'direktion'));
	const takeBack = (by = place.else_) =>
		place.write((tx) => lending.takeBack(tx, by, place.datasetId, forumId));
	return { forumId, guests, lend, takeBack };
}

export type Neighbours = Awaited<ReturnType<typeof neighbours>>;
