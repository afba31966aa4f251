import { transact, type Sql, type Tx } from '#lib/base/sql.server.ts';
import type { Role } from '#lib/forum/access.ts';
import * as forums from '#lib/forum/forums.server.ts';
import * as departments from '#lib/people/departments.server.ts';
import type { Person } from '#lib/people/person.ts';

/** The named cast: one person of each role, two chiefs of different departments, and an outsider. */
const CAST = {
	maja: ['Maja Krog', 'Direktionen', 'director'],
	jonas: ['Jonas Bruun', 'Center for Social og Handicap', 'chief'],
	tove: ['Tove Holm', 'Center for Dagtilbud og Skole', 'chief'],
	else_: ['Else Winther', 'Center for Økonomi og Styring', 'analyst'],
	sigrid: ['Sigrid Bang', 'Center for HR og Politik', 'secretary'],
	ove: ['Ove Munk', 'Center for HR og Politik', 'observer'],
	/** Member of no forum. */
	nina: ['Nina Skov', 'Center for Social og Handicap', null]
} as const satisfies Record<string, readonly [string, string, Role | null]>;

export type Name = keyof typeof CAST;
export const NAMES = Object.keys(CAST) as Name[];

export type Cast = Record<Name, Person> & {
	forumId: string;
	act: <T>(work: (tx: Tx) => Promise<T>) => Promise<T>;
};

/** A forum with the cast in it. Passwords are not needed here, so nobody can sign in. */
export async function cast(sql: Sql): Promise<Cast> {
	const act = <T>(work: (tx: Tx) => Promise<T>) => transact(work, sql);
	return await act(async (tx) => {
		const people = {} as Record<Name, Person>;
		for (const [key, [name, department]] of Object.entries(CAST)) {
			const departmentId = await departments.named(tx, null, department);
			const email = `${key}@example.test`;
			const [row] = await tx<{ id: string }[]>`
				insert into persons (name, email, password_hash, department_id)
				values (${name}, ${email}, 'none', ${departmentId}) returning id`;
			people[key as Name] = {
				id: row!.id,
				name,
				email,
				departmentId,
				departmentName: department,
				title: '',
				locale: null
			};
		}
		const { maja } = people;
		const forumId = await forums.create(tx, maja, { slug: 'chefer', name: 'Centerchefforum' });
		for (const [key, [, , role]] of Object.entries(CAST))
			if (role && key !== 'maja')
				await forums.addMember(tx, maja, forumId, people[key as Name].id, role);
		return { ...people, forumId, act };
	});
}
