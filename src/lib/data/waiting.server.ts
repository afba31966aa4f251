import type { Db } from '#lib/base/sql.server.ts';
import { reach } from '#lib/forum/objects.server.ts';
import type { Person } from '#lib/people/person.ts';
import { TRIES } from './pull.ts';

const AHEAD = 14; // days

/** Datasets of one's own whose next figures are due within two weeks, or late. */
export async function updatesDue(
	db: Db,
	person: Person
): Promise<{ id: string; title: string; due: string }[]> {
	return await db<{ id: string; title: string; due: string }[]>`
		select d.id, d.title, d.next_update::text due
		from datasets d join objects o on o.id = d.id
		where (d.owner_id = ${person.id} or d.second_id = ${person.id})
			and d.next_update <= (now() at time zone 'Europe/Copenhagen')::date + ${AHEAD}::int
			and ${reach(db, person, 'read')}`;
}

/** Addresses that give nothing that can be stored, or have stopped answering: what is fetched of one's own datasets. */
export async function pullsStuck(db: Db, person: Person): Promise<{ id: string; title: string }[]> {
	return await db<{ id: string; title: string }[]>`
		select d.id, d.title
		from pulls u join datasets d on d.id = u.dataset_id join objects o on o.id = d.id
		where ${person.id} in (d.owner_id, d.second_id, u.set_by)
			and (u.last_outcome = 'refused' or (u.last_outcome = 'failed' and u.failures >= ${TRIES}))
			and ${reach(db, person, 'read')}`;
}

/** Couplings that ask this person, as the owner or second knower of a dataset, and have no answer yet. */
export async function awaitingOwner(
	db: Db,
	person: Person
): Promise<{ id: string; title: string }[]> {
	return await db<{ id: string; title: string }[]>`
		select distinct c.id, c.title
		from couplings c
		join coupling_parts p on p.coupling_id = c.id
		join datasets d on d.id = p.dataset_id
		join objects o on o.id = d.id
		where (d.owner_id = ${person.id} or d.second_id = ${person.id})
			and not exists (select from coupling_answers a
				where a.coupling_id = c.id and a.dataset_id = d.id)
			and ${reach(db, person, 'read')}`;
}
