import type { Db } from '../base/sql.server.ts';
import { reach } from '../forum/objects.server.ts';
import type { Person } from '../people/person.ts';

const AHEAD = 60; // days

/** Reviews of one's own running goals that have a date. */
export async function reviewsOf(
	db: Db,
	person: Person
): Promise<{ id: string; title: string; due: string }[]> {
	return await db<{ id: string; title: string; due: string }[]>`
		select g.id, g.title, g.next_review::text due
		from goals g join objects o on o.id = g.id
		where g.owner_id = ${person.id} and g.next_review is not null and o.phase = 'running'
			and ${reach(db, person, 'read')}`;
}

/** Milestones of one's own running goals that are not reached and due within two months, or late. */
export async function milestonesOf(
	db: Db,
	person: Person
): Promise<{ id: string; title: string; due: string; goalId: string; goalTitle: string }[]> {
	return await db<{ id: string; title: string; due: string; goalId: string; goalTitle: string }[]>`
		select m.id, m.title, m.due::text, g.id "goalId", g.title "goalTitle"
		from milestones m join goals g on g.id = m.goal_id join objects o on o.id = g.id
		where g.owner_id = ${person.id} and m.reached_at is null and o.phase = 'running'
			and m.due <= (now() at time zone 'Europe/Copenhagen')::date + ${AHEAD}::int
			and ${reach(db, person, 'read')}`;
}
