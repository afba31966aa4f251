import { isDay } from '../base/clock.ts';
import { notAllowed, notFound, refuse } from '../base/errors.ts';
import type { Db, Tx } from '../base/sql.server.ts';
import { may } from '../forum/access.ts';
import * as objects from '../forum/objects.server.ts';
import type { Person } from '../people/person.ts';
import { isSection } from './brief.ts';
import { hold, tell } from './hold.server.ts';
import type { Assignment } from './together.ts';

/** Who writes which section of a brief by when (B3). The text is one room, so whoever writes in it is an author. */

/** Gives a section to a member, also of another department, who writes along from then on. */
export async function assign(
	tx: Tx,
	person: Person,
	briefId: string,
	input: { section: string; personId: string; due: string }
): Promise<string> {
	const { facts } = await hold(tx, person, 'write', briefId);
	if (!isSection(input.section)) return notFound();
	if (!isDay(input.due)) refuse('brief.assignment_due_missing', { field: 'due' });
	const stands = await objects.standingOf(tx, input.personId, briefId);
	if (!stands || !may({ ...stands.standing, author: true }, 'write', stands.facts))
		refuse('brief.assignment_cannot_write', { field: 'person' });
	if (!stands.standing.author) await objects.addAuthor(tx, person, briefId, input.personId);
	const [row] = await tx<{ id: string }[]>`
		insert into brief_assignments (brief_id, section, person_id, due, assigned_by)
		values (${briefId}, ${input.section}, ${input.personId}, ${input.due}, ${person.id})
		on conflict (brief_id, section, person_id) where done_at is null and withdrawn_at is null
		do nothing returning id`;
	if (!row) return refuse('brief.assignment_twice', { status: 409, field: 'person' });
	await tell(tx, person, facts, 'brief.section_assigned', {
		assignment: row.id,
		to: input.personId
	});
	return row.id;
}

/** The one it was given to says that it is written. */
export async function handBack(tx: Tx, person: Person, briefId: string, id: string): Promise<void> {
	const { facts } = await hold(tx, person, 'write', briefId);
	const found = await waits(tx, briefId, id);
	if (found.personId !== person.id) notAllowed();
	await tx`
		update brief_assignments set done_at = clock_timestamp(), done_by = ${person.id} where id = ${id}`;
	await tell(tx, person, facts, 'brief.section_handed_back', { assignment: id });
}

/** Any author takes it back; who had it goes on as an author until somebody says otherwise. */
export async function withdraw(tx: Tx, person: Person, briefId: string, id: string): Promise<void> {
	const { facts } = await hold(tx, person, 'write', briefId);
	await waits(tx, briefId, id);
	await tx`
		update brief_assignments set withdrawn_at = clock_timestamp(), withdrawn_by = ${person.id}
		where id = ${id}`;
	await tell(tx, person, facts, 'brief.section_taken_back', { assignment: id });
}

/** Nobody waits for who no longer writes along. */
export async function dropOf(tx: Tx, person: Person, briefId: string, authorId: string) {
	await tx`
		update brief_assignments set withdrawn_at = clock_timestamp(), withdrawn_by = ${person.id}
		where brief_id = ${briefId} and person_id = ${authorId} and done_at is null and withdrawn_at is null`;
}

/** A brief's sections that are or were somebody's, in the order they were given. The caller has judged the reader. */
export async function list(db: Db, briefId: string): Promise<Assignment[]> {
	return await db<Assignment[]>`
		select a.id, a.section, a.person_id "personId", p.name, d.id "departmentId", d.name "departmentName",
			a.due::text, a.done_at "doneAt"
		from brief_assignments a join persons p on p.id = a.person_id join departments d on d.id = p.department_id
		where a.brief_id = ${briefId} and a.withdrawn_at is null order by a.at, a.id`;
}

type Waiting = { id: string; section: string; due: string; briefId: string; briefTitle: string };

/** Sections this person has yet to write, in briefs that are not published. */
export async function waitingFor(db: Db, person: Person): Promise<Waiting[]> {
	return await db<Waiting[]>`
		select a.id, a.section, a.due::text, o.id "briefId", o.title "briefTitle"
		from brief_assignments a join objects o on o.id = a.brief_id
		where a.person_id = ${person.id} and a.done_at is null and a.withdrawn_at is null
			and o.phase <> 'published' and ${objects.reach(db, person, 'read')}`;
}

/** One that still waits, held; whoever comes second is told. */
async function waits(tx: Tx, briefId: string, id: string): Promise<{ personId: string }> {
	const [row] = await tx<{ personId: string; settled: boolean }[]>`
		select person_id "personId", (done_at is not null or withdrawn_at is not null) settled
		from brief_assignments where id = ${id} and brief_id = ${briefId} for update`;
	if (!row) return notFound();
	if (row.settled) refuse('brief.assignment_settled', { status: 409 });
	return row;
}
