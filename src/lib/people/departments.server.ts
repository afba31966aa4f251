import type { Db, Tx } from '../base/sql.server.ts';
import { record } from '../base/events.server.ts';
import type { Person } from './person.ts';

export type Department = { id: string; name: string };

/** All departments, in Danish order. */
export async function list(db: Db): Promise<Department[]> {
	return await db<Department[]>`select id, name from departments order by name collate "da-x-icu"`;
}

/** The department of that name, made if it is not there. */
export async function named(tx: Tx, person: Person | null, name: string): Promise<string> {
	const [made] = await tx<{ id: string }[]>`
		insert into departments (name) values (${name.trim()}) on conflict (name) do nothing returning id`;
	if (made) {
		await record(tx, {
			person: person?.id ?? null,
			verb: 'department.created',
			kind: 'department',
			object: made.id
		});
		return made.id;
	}
	const [row] = await tx<{ id: string }[]>`select id from departments where name = ${name.trim()}`;
	return row!.id;
}
